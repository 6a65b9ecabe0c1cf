"""What the register puts on somebody's desk."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from cases.register.models import Action, Case, Document, Section
from cases.register.report_editor import section_url
from committee.models import Role
from core import formats
from core.desk import DeskItem, desk, urgency
from core.missing import Missing, missing


@desk("register.drafts")
def my_drafts(user, today):
    """Documents that I write, due when the papers for their meeting have to be finished."""
    drafts = Document.objects.visible_to(user).filter(author=user, status=Document.Status.DRAFT)
    return [_writing(document, today) for document in drafts.for_desk().with_last_step()]


def _writing(document, today):
    due_on = _due_on(document)
    status, label = urgency(due_on, today) or ("wait", document.get_status_display())
    return DeskItem(
        due_on=due_on,
        title=_("Finish “%s”") % document.title,
        rule=_sent_back(document) or _papers_for(document),
        url=document.get_absolute_url(),
        status=status,
        label=label,
    )


def _sent_back(document):
    """Say by whom and why a document was sent back; empty when that is not what happened last."""
    if document.last_step != "send_back":
        return ""
    return _("%(number)s · sent back by %(name)s: %(reason)s") % {
        "number": document.case.number,
        "name": document.last_by or _("the system"),
        "reason": document.last_reason or "–",
    }


def _named(document):
    """Say which document it is: a case may have several with one title."""
    return f"{document.template.name} · {document.case.number}"


def _papers_for(document):
    name = _named(document)
    if not document.meeting:
        return name
    day = formats.short_date(document.meeting.starts_at)
    return _("%(number)s · papers for the meeting %(day)s") % {"number": name, "day": day}


def _due_on(document):
    """Return when the document has to be finished: at the stop for papers, or by the meeting itself."""
    return document.papers_due_on or (document.meeting.held_on if document.meeting else None)


@desk("register.sections", reminds=True)
def my_sections(user, today):
    """Sections of reports that I am to write."""
    mine = Section.objects.to_finish().filter(
        responsible=user, document__in=Document.objects.visible_to(user)
    )
    return [_section(section, today) for section in mine.select_related("document").order_by("due_on", "pk")]


def _section(section, today):
    status, label = urgency(section.due_on, today) or ("wait", _("to write"))
    return DeskItem(
        due_on=section.due_on,
        title=_("Write “%s”") % section.heading,
        rule=section.document.title,
        url=section_url(section.document, section),
        status=status,
        label=label,
    )


@missing("register.sections")
def unwritten(period, user):
    """The sections of the period's reports that nobody has marked as done."""
    of_period = {
        "document__subject_type": ContentType.objects.get_for_model(period),
        "document__subject_id": period.pk,
    }
    sections = Section.objects.to_finish().filter(document__in=Document.objects.visible_to(user), **of_period)
    return [
        Missing(
            who=str(section.responsible or section.document.author),
            title=_("Write “%s”") % section.heading,
            url=section_url(section.document, section),
            due_on=section.due_on,
        )
        for section in sections.select_related("document__author", "responsible").order_by("pk")
    ]


ACTIONS_AHEAD = timedelta(days=60)  # when an action begins to be on the desk


@desk("register.actions")
def my_actions(user, today):
    """Actions that I am responsible for, when their day comes near."""
    mine = Action.objects.visible_to(user).filter(responsible=user, due_on__lte=today + ACTIONS_AHEAD)
    return [_action(action, today) for action in mine.open().for_list()]


def _action(action, today):
    shape, label = action.standing(today)
    return DeskItem(
        due_on=action.due_on,
        title=action.title,
        rule=_("promised in “%s”") % action.document if action.document else str(action.body),
        url=action.get_absolute_url(),
        status=shape,
        label=label,
    )


@desk("register.approvals")
def to_approve(user, today):
    """Documents that wait for the head of department."""
    bodies = user.rights.bodies_as(Role.Key.HEAD)
    waiting = Document.objects.visible_to(user).filter(case__body__in=bodies, status=Document.Status.READY)
    return [_approving(document, today) for document in waiting.for_desk()]


def _approving(document, today):
    due_on = _due_on(document)
    status, label = urgency(due_on, today) or ("risk", document.get_status_display())
    return DeskItem(
        due_on=due_on,
        title=_("Approve “%s”") % document.title,
        rule=_("%(number)s · written by %(author)s")
        % {"number": _named(document), "author": document.author},
        url=document.get_absolute_url(),
        status=status,
        label=label,
    )


@desk("register.answers")
def answers_due(user, today):
    """My open cases that somebody outside waits for an answer in."""
    cases = Case.objects.visible_to(user).filter(
        owner=user, status=Case.Status.OPEN, answer_due_on__isnull=False
    )
    return [_answering(case, today) for case in cases.for_list()]


def _answering(case, today):
    status, label = urgency(case.due_on, today) or ("wait", _("open"))
    return DeskItem(
        due_on=case.due_on,
        title=_("Answer %s") % case.sender if case.sender else _("Answer in “%s”") % case.title,
        rule=_("%s · after extension") % case.number if case.extended_to else case.number,
        url=case.get_absolute_url(),
        status=status,
        label=label,
    )
