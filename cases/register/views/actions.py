"""Actions: all that one sees, one of them, what a plan promises, and what became of last year's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, ListView, UpdateView, View

from cases.register import plans, services
from cases.register.forms import ActionForm, AnswerFormSet, PlannedActionFormSet
from cases.register.models import Action, Document
from cases.register.views.documents import visible_document
from committee.permissions import staff_of
from core import clock
from core.views import PostOnly, TakeStep
from core.workflow import StepNotAllowed


class ActionList(ListView):
    """What was promised, soonest first: mine, late, all or answered."""

    template_name = "register/action_list.html"
    paginate_by = 50

    def get_queryset(self):
        user, today = self.request.user, clock.today()
        seen = Action.objects.visible_to(user).for_list()
        self.show, plan = self.request.GET.get("show", ""), self.request.GET.get("plan", "")
        self.plan = Document.objects.visible_to(user).filter(pk=plan).first() if plan.isdecimal() else None
        if self.plan:
            return seen.filter(document=self.plan).order_by("position", "pk")
        match self.show:
            case "mine":
                return seen.open().filter(responsible=user)
            case "late":
                return seen.overdue(today)
            case "answered":
                return seen.exclude(status__in=Action.OPEN)
        return seen.open()

    def get_context_data(self, **kwargs):
        query = f"plan={self.plan.pk}" if self.plan else f"show={self.show}"
        context = super().get_context_data(show=self.show, plan=self.plan, query=query, **kwargs)
        return context | {"rows": with_standing(context["object_list"])}


def with_standing(actions):
    """Return (action, shape, words): where it is with each of them today."""
    today = clock.today()
    return [(action, *action.standing(today)) for action in actions]


class ActionDetail(DetailView):
    """An action: what was promised, and how it goes."""

    template_name = "register/action_detail.html"

    def get_queryset(self):
        return Action.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        user, action = self.request.user, self.object
        shape, label = action.standing(clock.today())
        sees_plan = action.document and user.has_perm("register.view_document", action.document)
        return super().get_context_data(
            shape=shape,
            label=label,
            plan=action.document if sees_plan else None,
            steps=Action.WORKFLOW.open_to(user, action),
            may_change=action.is_open and user.has_perm("register.change_action", action),
            **kwargs,
        )


class ActionUpdate(UpdateView):
    """Say how it goes, or hand an action over."""

    template_name = "register/action_form.html"
    form_class = ActionForm

    def get_queryset(self):
        return Action.objects.visible_to(self.request.user).open().for_list()

    def get_object(self, queryset=None):
        action = super().get_object(queryset)
        if not self.request.user.has_perm("register.change_action", action):
            raise PermissionDenied
        return action

    def form_valid(self, form):
        services.change_action(self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return redirect(self.object)


class ActionStep(TakeStep):
    """Begin an action, answer it, open it again."""

    model = Action


class OfPlan(View):
    """A page of a plan's actions, for who writes the plan while it is a draft."""

    def dispatch(self, request, pk):
        self.document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", self.document):
            raise PermissionDenied
        return super().dispatch(request, pk)

    def show(self, template, status=200, **context):
        context |= {"document": self.document, "case": self.document.case}
        return render(self.request, template, context, status=status)


class PlanActions(OfPlan):
    """What a plan promises, as a table."""

    def get(self, request, pk):
        return self.show_forms(self.forms())

    def post(self, request, pk):
        forms = self.forms(request.POST)
        if not forms.is_valid():
            return self.show_forms(forms, status=422)
        rows = [form.cleaned_data for form in forms if form.cleaned_data.get("title")]
        try:
            taken = services.plan_actions(self.document, rows, by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
            return redirect(self.document)
        except services.ActionRefused as refused:
            return self.show_forms(forms, status=422, refused=str(refused))
        for row in taken:
            messages.warning(request, _("“%s” was changed by somebody else meanwhile.") % row.action.title)
        if not taken:
            messages.success(request, _("Saved."))
        return redirect("register:plan-actions", self.document.pk)

    def forms(self, data=None):
        initial = [
            {
                "pk": one.pk,
                "version": one.version,
                "theme": one.theme,
                "title": one.title,
                "responsible": one.responsible_id,
                "due_on": one.due_on,
            }
            for one in self.standing
        ]
        people = {one.pk: one for one in staff_of(self.document.case.body)}
        people |= {one.responsible_id: one.responsible for one in self.standing}
        return PlannedActionFormSet(data, initial=initial, form_kwargs={"people": people})

    @cached_property
    def standing(self):
        return list(Action.objects.of(self.document).select_related("responsible"))

    def show_forms(self, forms, status=200, refused=""):
        return self.show(
            "register/plan_actions.html",
            status=status,
            forms=forms,
            formsets=[forms],
            refused=refused,
            themes=sorted({one.theme for one in self.standing} - {""}),
            left=len([one for one in plans.actions_before(self.document) if one.status != "done"]),
        )


class PlanCarryOver(PostOnly):
    """Take up again what last year's plan did not get done."""

    shown_at = "register:plan-actions"

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            number = services.carry_over(document, by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
            return redirect(document)
        messages.success(
            request,
            ngettext("%d action was taken up again.", "%d actions were taken up again.", number) % number
            if number
            else _("There was nothing more to take up."),
        )
        return redirect("register:plan-actions", pk)


class PlanFollowUp(OfPlan):
    """Whether last year's actions were done, yes or no, on one page."""

    def get(self, request, pk):
        return self.show_forms(self.forms())

    def post(self, request, pk):
        forms = self.forms(request.POST)
        if not forms.is_valid():
            return self.show_forms(forms, status=422)
        theirs = {one.pk for one in self.actions}
        answers = {
            row["pk"]: (row["answer"], row["reason"])
            for row in forms.cleaned_data
            if row["answer"] and row["pk"] in theirs
        }
        number = services.answer_actions(answers, by=request.user)
        messages.success(
            request, ngettext("%d action is answered.", "%d actions are answered.", number) % number
        )
        return redirect("register:plan-follow-up", self.document.pk)

    @cached_property
    def actions(self):
        return plans.actions_before(self.document)

    def forms(self, data=None):
        return AnswerFormSet(data, initial=[{"pk": one.pk} for one in self.actions if one.is_open])

    def show_forms(self, forms, status=200):
        asked = {form["pk"].value(): form for form in forms}
        rows = [
            (*row, asked.get(row[0].pk) or asked.get(str(row[0].pk))) for row in with_standing(self.actions)
        ]
        return self.show(
            "register/plan_follow_up.html",
            status=status,
            forms=forms,
            formsets=[forms],
            rows=rows,
            of=plans.plan_before(self.document),
        )
