from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, TemplateView

from cases.measures import services
from cases.measures.forms import AdoptedEditionForm, EditionForm, TargetForm
from cases.measures.history import History
from cases.measures.models import Goal, Measure, MeasureEdition, TargetChange
from cases.measures.texts import shown_text
from committee.models import Body
from core import clock


class MeasureDetail(DetailView):
    """A measure through the years: what it is, its outcomes with their target, and what was said of it."""

    template_name = "measures/measure_detail.html"

    def get_queryset(self):
        return Measure.objects.visible_to(self.request.user).select_related("body__municipality")

    def get_context_data(self, **kwargs):
        user = self.request.user
        history = History.of(self.object, clock.today())
        edition, latest = history.edition, history.analysed
        return super().get_context_data(
            history=history,
            edition=edition,
            latest=latest,
            latest_text=shown_text(latest.rating) if latest else "",
            may_change=user.has_perm("measures.change_edition", edition),
            adoption=services.adoption_of(self.object.body_id, edition.year),
            target_changes=TargetChange.objects.filter(edition=edition).select_related("adoption__taken"),
            may_enter=user.has_perm("measures.enter_outcome", edition),
            **kwargs,
        )


class Continues(FormView):
    """What goal and measure pages have in common: a form of one edition, saved by a service."""

    form_class = EditionForm
    template_name = "measures/edition_form.html"
    edition = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.edition, "body": self.body, "year": self.year}

    def form_valid(self, form):
        told = form.told
        marks = told.pop("thresholds")
        try:
            saved = self.save(marks, told)
        except services.Refused as refused:
            form.add_error(
                refused.field if refused.field in form.fields else self.field_of(refused), str(refused)
            )
            return self.form_invalid(form)
        messages.success(self.request, _("“%s” is saved.") % saved)
        return redirect(saved)

    def field_of(self, refused):
        return {"thresholds": "met", "parts": "free_parts"}.get(refused.field)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(edition=self.edition, year=self.year, body=self.body, **kwargs)


class OfEdition:
    """A page of a measure in its year, for those who may change it."""

    def dispatch(self, request, *args, **kwargs):
        editions = MeasureEdition.objects.visible_to(request.user).select_related("measure__body")
        self.edition = get_object_or_404(editions, pk=kwargs["pk"])
        if not request.user.has_perm("measures.change_edition", self.edition):
            raise PermissionDenied
        self.body, self.year = self.edition.measure.body, self.edition.year
        self.adoption = services.adoption_of(self.body.pk, self.year)
        return super().dispatch(request, *args, **kwargs)


class EditionUpdate(OfEdition, Continues):
    """Change a measure in its year; in one that is adopted, what no decision says."""

    def get_form_class(self):
        return AdoptedEditionForm if self.adoption else EditionForm

    def get_context_data(self, **kwargs):
        note = services.told(self.adoption) if self.adoption else ""
        return super().get_context_data(adopted_note=note, **kwargs)

    def save(self, marks, told):
        return services.change_edition(self.edition, by=self.request.user, thresholds=marks, **told)


class TargetPropose(OfEdition, FormView):
    """Propose another target in an adopted year: it holds when a revised budget is adopted."""

    form_class = TargetForm
    template_name = "measures/target_form.html"

    def get_form_kwargs(self):
        proposed = TargetChange.objects.filter(edition=self.edition, adoption=None).first()
        return {**super().get_form_kwargs(), "edition": self.edition, "proposed": proposed}

    def form_valid(self, form):
        told = form.cleaned_data
        try:
            change = services.propose_target(
                self.edition,
                target=told["target"],
                thresholds=form.marks,
                reason=told["reason"],
                by=self.request.user,
            )
        except services.Refused as refused:
            form.add_error("met" if refused.field == "thresholds" else refused.field, str(refused))
            return self.form_invalid(form)
        said = _("The target is proposed. It holds when a revised budget is adopted.")
        messages.success(self.request, said if change else _("The target stays as it is decided."))
        return redirect(self.edition)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs):
        note = services.told(self.adoption) if self.adoption else ""
        return super().get_context_data(edition=self.edition, adopted_note=note, **kwargs)


class MeasureCreate(Continues):
    """A new measure under a goal."""

    def dispatch(self, request, *args, **kwargs):
        goals = Goal.objects.visible_to(request.user).select_related("body")
        self.goal = get_object_or_404(goals, pk=kwargs["goal"])
        if not request.user.has_perm("measures.change_goals", self.goal):
            raise PermissionDenied
        self.body, self.year = self.goal.body, self.goal.year
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"goal": self.goal.pk, "responsible": self.request.user.pk}

    def save(self, marks, told):
        goal = told.pop("goal")
        return services.add_measure(goal, by=self.request.user, thresholds=marks, **told)


class ContinueYear(TemplateView):
    """Take over a year's goals and measures to the next, but for those that are unticked."""

    template_name = "measures/continue_year.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.year = kwargs["year"]
        self.body = get_object_or_404(Body.objects.filter(pk__in=request.user.rights.drafts), pk=kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("measures.change_goals", self.body):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def going_on(self):
        return services.what_goes_on(self.body, from_year=self.year)

    def get_context_data(self, **kwargs):
        going_on = self.going_on
        known = {
            "body": self.body,
            "year": self.year,
            "next_year": self.year + 1,
            "goals_key": f"goals-{self.year + 1}",
            "going_on": going_on,
            "measures": sum(len(one.editions) for one in going_on),
            "has_goals": Goal.objects.filter(body=self.body, year=self.year + 1).exists(),
        }
        return super().get_context_data(**kwargs | known)

    def post(self, request, pk, year):
        goals, measures = (set(request.POST.getlist(name)) for name in ("goal", "measure"))
        left_out = {
            "without_goals": [one.goal.pk for one in self.going_on if str(one.goal.pk) not in goals],
            "without_measures": [
                edition.pk
                for one in self.going_on
                for edition in one.editions
                if str(edition.pk) not in measures
            ],
        }
        try:
            made = services.continue_year(self.body, from_year=year, by=request.user, **left_out)
        except services.Refused as refused:
            messages.warning(request, str(refused))
            return redirect(request.path)
        told = {"count": len(made), "year": year + 1}
        messages.success(request, _("%(count)s goals go on in %(year)s.") % told)
        return redirect("measures:setup-list", f"goals-{year + 1}")
