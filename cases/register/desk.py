"""What the register puts on somebody's desk."""

from django.utils.translation import gettext as _

from cases.register.models import Case, Document
from committee.models import Role
from core import formats
from core.desk import DeskItem, desk


@desk("register.drafts")
def my_drafts(user, today):
    """Documents that I write, due when the papers for their meeting have to be finished."""
    drafts = Document.objects.visible_to(user).filter(author=user, status=Document.Status.DRAFT)
    return [_writing(document) for document in drafts.for_desk()]


def _writing(document):
    due_on = _due_on(document)
    return DeskItem(
        due_on=due_on,
        title=_("Finish “%s”") % document.title,
        rule=_("%(number)s · papers for the meeting %(day)s")
        % {"number": document.case.number, "day": formats.short_date(document.meeting.starts_at)}
        if document.meeting
        else document.case.number,
        url=document.get_absolute_url(),
        label=document.get_status_display(),
    )


def _due_on(document):
    """Return when the document has to be finished: at the stop for papers, or by the meeting itself."""
    return document.papers_due_on or (document.meeting.held_on if document.meeting else None)


@desk("register.approvals")
def to_approve(user, today):
    """Documents that wait for the head of department."""
    bodies = user.rights.bodies_as(Role.Key.HEAD)
    waiting = Document.objects.visible_to(user).filter(case__body__in=bodies, status=Document.Status.READY)
    return [
        DeskItem(
            due_on=_due_on(document),
            title=_("Approve “%s”") % document.title,
            rule=_("%(number)s · written by %(author)s")
            % {"number": document.case.number, "author": document.author},
            url=document.get_absolute_url(),
            status="risk",
            label=document.get_status_display(),
        )
        for document in waiting.for_desk()
    ]


@desk("register.answers")
def answers_due(user, today):
    """My open cases that somebody outside waits for an answer in."""
    cases = Case.objects.visible_to(user).filter(
        owner=user, status=Case.Status.OPEN, answer_due_on__isnull=False
    )
    return [
        DeskItem(
            due_on=case.due_on,
            title=_("Answer %s") % case.sender if case.sender else _("Answer in “%s”") % case.title,
            rule=_("%s · after extension") % case.number if case.extended_to else case.number,
            url=case.get_absolute_url(),
            status="bad" if case.due_on < today else "wait",
            label=_("late") if case.due_on < today else _("open"),
        )
        for case in cases.for_list()
    ]
