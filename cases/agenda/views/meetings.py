from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, ListView, RedirectView

from cases.agenda.forms import MeetingForm
from cases.agenda.models import AgendaItem
from cases.agenda.presenting import (
    agenda_rows,
    called_by_role,
    newest_file,
    number_findings,
    stop_dates,
    way_of,
    worst_by_item,
)
from cases.agenda.services import people_to_call
from committee.models import Body, Meeting, Role
from committee.services import plan_meeting
from core import clock, formats, jobs, preflight
from core.few import few_of
from core.models import Job, Waiver
from core.views import PostOnly, TakeStep
from reports.audiences import Audience
from reports.services import latest_making


class MeetingList(ListView):
    """Coming meetings first; past ones below, newest first."""

    template_name = "agenda/meeting_list.html"

    def get_queryset(self):
        return Meeting.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        today = clock.today()
        meetings = list(self.object_list)
        return super().get_context_data(
            coming=few_of(self.request, "coming", [one for one in meetings if one.held_on >= today]),
            past=few_of(self.request, "past", [one for one in reversed(meetings) if one.held_on < today]),
            may_plan=self.request.user.rights.bodies_as(Role.Key.SECRETARY),
            today=today,
            **kwargs,
        )


class MeetingCreate(CreateView):
    """Plan a meeting."""

    form_class = MeetingForm
    template_name = "agenda/meeting_form.html"

    def dispatch(self, request, *args, **kwargs):
        mine = request.user.rights.bodies_as(Role.Key.SECRETARY)
        self.body = Body.objects.filter(pk__in=mine).order_by("pk").first()
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "body": self.body, "instance": Meeting(body=self.body)}

    def get_initial(self):
        return {"place": self.body.usual_place, "secretary": self.request.user}

    def form_valid(self, form):
        meeting = plan_meeting(self.body, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The meeting is planned, with its stop dates."))
        self.warn_of_passed(meeting)
        return redirect(meeting)

    def warn_of_passed(self, meeting):
        """Name the stop dates that lie behind us already: the meeting is planned all the same."""
        passed = meeting.deadlines.filter(due_on__lt=clock.today())
        if passed:
            words = _("So near, these stop dates have passed already: %s.")
            messages.warning(self.request, words % formats.and_list(passed))


class MeetingDetail(DetailView):
    """The secretary's agenda with findings beside it; who only reads goes to the reading view."""

    template_name = "agenda/meeting_detail.html"

    def get_queryset(self):
        # Asked before the verdict and the file: what ends in between is then still waited for by the page.
        pk = self.kwargs["pk"]
        review = Job.objects.active().filter(key=review_key(pk))
        papers = latest_making(Meeting(pk=pk), "handlingar", Audience.MEMBERS)
        seen = Meeting.objects.visible_to(self.request.user).for_list()
        return seen.annotate(reviewing=Exists(review), papers_making=Subquery(papers))

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not request.user.has_perm("committee.read_draft_agenda", self.object):
            return self.for_reader(request)
        return self.render_to_response(self.get_context_data())

    def for_reader(self, request):
        """Show members the items once they are called; before that only when and where."""
        if self.object.is_open_to_members:
            return redirect("agenda:meeting-read", pk=self.object.pk)
        self.template_name = "agenda/meeting_waiting.html"
        return self.render_to_response(super().get_context_data())

    def get_context_data(self, **kwargs):
        meeting, user = self.object, self.request.user
        items = list(AgendaItem.objects.visible_to(user).filter(meeting=meeting).for_agenda())
        verdict = preflight.verdict(meeting) if meeting.is_planned else preflight.NOTHING
        deadlines = list(meeting.deadlines.all())
        rows = agenda_rows(items, worst_by_item(items, verdict))
        number_findings(rows, verdict)
        return super().get_context_data(
            rows=rows,
            verdict=verdict,
            reasons=Waiver.Reason.choices,
            reviewing=meeting.is_planned and meeting.reviewing,
            prepares=meeting.is_planned and user.has_perm("committee.prepare_meeting", meeting),
            withdraws=meeting.is_called and user.has_perm("committee.prepare_meeting", meeting),
            is_secretary=user.has_perm("committee.prepare_meeting", meeting),
            may_word=user.rights.has_role(meeting.body_id, Role.Key.CHAIR, Role.Key.VICE_CHAIR),
            **steps_of(user, meeting),
            way=way_of(meeting),
            deadlines=deadlines,
            stop_dates=stop_dates(meeting, deadlines, rows, clock.today()),
            summons=None if meeting.is_planned else meeting.summonses.order_by("-called_at").first(),
            papers=newest_file(meeting, "handlingar"),
            summons_file=None if meeting.is_planned else newest_file(meeting, "kallelse"),
            today=clock.today(),
            **kwargs,
        )


def steps_of(user, meeting):
    """Part what may be done now: at hand what comes next, in the menu what asks why or has to wait."""
    open_now = Meeting.WORKFLOW.open_to(user, meeting)
    aside = [step for step in open_now if step.form or step.hindrance_of(meeting)]
    return {"steps": [step for step in open_now if step not in aside], "steps_aside": aside}


def review_key(pk):
    return f"review:committee.meeting:{pk}"


class MeetingReview(PostOnly):
    """Start a review of all that goes out with the summons."""

    shown_at = "agenda:meeting-detail"

    def post(self, request, pk):
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("committee.prepare_meeting", meeting):
            raise PermissionDenied
        jobs.start(
            "core.review",
            by=request.user,
            title=_("Review of %s") % meeting,
            url=meeting.get_absolute_url(),
            key=review_key(pk),
            model="committee.Meeting",
            pk=meeting.pk,
        )
        return redirect(f"{meeting.get_absolute_url()}#findings")


class MeetingStep(TakeStep):
    """Call, hold, cancel. Before the summons goes out: to whom, with what, and what is left to mend."""

    model = Meeting
    template_name = "agenda/meeting_step.html"

    def get_queryset(self):
        return Meeting.objects.visible_to(self.request.user).for_list()

    def consequences(self):
        meeting = self.object
        called = called_by_role(people_to_call(meeting))
        verdict = preflight.verdict(meeting)
        items = list(AgendaItem.objects.visible_to(self.request.user).filter(meeting=meeting).for_agenda())
        rows = agenda_rows(items, worst_by_item(items, verdict))
        number_findings(rows, verdict)
        return {
            "meeting": meeting,
            "called": called,
            "number_called": sum(len(people) for _role, people in called),
            "items": items,
            "unapproved": [row for row in rows if row.unapproved],
            "verdict": verdict,
        }


class NextMeeting(RedirectView):
    """The next meeting; who only reads gets the one there is something to read of."""

    def get_redirect_url(self):
        user = self.request.user
        meetings = Meeting.objects.visible_to(user).for_list()
        coming = meetings.coming(clock.today())
        meeting = (meetings.to_read(clock.today()) if user.rights.only_reads else None) or coming.first()
        return meeting.get_absolute_url() if meeting else "/meetings/"
