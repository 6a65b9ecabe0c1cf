from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView

from cases.measures import services
from cases.measures.forms import AssignmentForm
from cases.measures.models import Assignment
from committee.models import Body, Role
from core import clock
from core.views import TakeStep


class AssignmentList(ListView):
    """The year's assignments: from the council, and the committee's own."""

    template_name = "measures/assignment_list.html"

    def get_queryset(self):
        found = Assignment.objects.visible_to(self.request.user).filter(year=self.year)
        return found.for_list()

    @property
    def year(self):
        asked = self.request.GET.get("year", "")
        return int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year

    def get_context_data(self, **kwargs):
        may_give = self.request.user.rights.bodies_as(Role.Key.CONTROLLER)
        return super().get_context_data(year=self.year, may_give=may_give, today=clock.today(), **kwargs)


class AssignmentDetail(DetailView):
    """An assignment, and how far it has come."""

    template_name = "measures/assignment_detail.html"

    def get_queryset(self):
        return Assignment.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        user, assignment = self.request.user, self.object
        return super().get_context_data(
            steps=Assignment.WORKFLOW.open_to(user, assignment),
            may_change=user.has_perm("measures.change_assignment", assignment),
            **kwargs,
        )


class AssignmentForms(FormView):
    """What giving and changing have in common."""

    form_class = AssignmentForm
    template_name = "measures/assignment_form.html"
    assignment = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.assignment, "body": self.body}

    def form_valid(self, form):
        try:
            saved = self.save(form.cleaned_data)
        except services.Refused as refused:
            form.add_error(refused.field or None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(saved)

    def get_context_data(self, **kwargs):
        return super().get_context_data(assignment=self.assignment, **kwargs)


class AssignmentGive(AssignmentForms):
    """Write down a new assignment."""

    def dispatch(self, request, *args, **kwargs):
        bodies = Body.objects.filter(pk__in=request.user.rights.bodies_as(Role.Key.CONTROLLER))
        self.body = bodies.select_related("municipality").first()
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save(self, fields):
        return services.give_assignment(self.body, year=clock.today().year, by=self.request.user, **fields)


class AssignmentUpdate(AssignmentForms):
    """Say how far an assignment has come."""

    def dispatch(self, request, *args, **kwargs):
        mine = Assignment.objects.visible_to(request.user).for_list()
        self.assignment = get_object_or_404(mine, pk=kwargs["pk"])
        if not request.user.has_perm("measures.change_assignment", self.assignment):
            raise PermissionDenied
        self.body = self.assignment.body
        return super().dispatch(request, *args, **kwargs)

    def save(self, fields):
        return services.change_assignment(self.assignment, by=self.request.user, **fields)


class AssignmentStep(TakeStep):
    """Begin an assignment, carry it out, drop it."""

    model = Assignment
