from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.generic import DetailView, FormView, RedirectView, View

from cases.agenda import services
from cases.agenda.forms import ItemForm
from cases.agenda.models import AgendaItem
from cases.register.services import ClausesChanged, PersonalNumberFound
from committee.models import Meeting
from core.collisions import Collided, choose
from core.forms import ReasonForm
from core.workflow import StepNotAllowed

NO_LONGER = gettext_noop("The meeting has been called: the agenda can no longer be changed.")


class ItemAddress(RedirectView):
    """An item's own address, below which it is changed: it leads to where the item is read."""

    def get_redirect_url(self, pk):
        item = get_object_or_404(AgendaItem.objects.visible_to(self.request.user), pk=pk)
        return reverse("agenda:item-read", args=[item.meeting_id, pk])


class ItemFormView(FormView):
    """What adding and changing an item have in common."""

    form_class = ItemForm

    def get_template_names(self):
        """While somebody searches, the form is enough."""
        return ["core/_form.html" if self.request.htmx else "agenda/item_form.html"]

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "meeting": self.meeting,
            "user": self.request.user,
            "sought": self.request.GET if self.request.htmx else None,
            "instance": self.get_instance(),
        }

    def get(self, request, *args, **kwargs):
        if not self.meeting.is_planned:
            if request.htmx:
                return HttpResponse(status=409)  # what stands on the page stays there
            messages.warning(request, _(NO_LONGER))
            return redirect(self.meeting)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            self.save(papers=form.papers(), seen=form.seen, **fields)
        except StepNotAllowed:
            return self.too_late(form)
        except Collided as collided:
            return choose(
                self.request, form, collided, back=(str(self.meeting), self.meeting.get_absolute_url())
            )
        messages.success(self.request, _("Saved."))
        return redirect(self.meeting)

    def too_late(self, form):
        """Show what was typed and has nowhere to go any more, for the writer to take along."""
        messages.warning(
            self.request,
            _(
                "The agenda can no longer be changed. Nothing was saved: your words are still here to be copied."
            ),
        )
        return self.render_to_response(self.get_context_data(form=form), status=409)

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.meeting, item=self.get_instance(), **kwargs)


class ItemCreate(ItemFormView):
    """Put an item on the agenda."""

    def dispatch(self, request, *args, **kwargs):
        self.meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=kwargs["pk"])
        if not request.user.has_perm("committee.prepare_meeting", self.meeting):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_instance(self):
        return AgendaItem(meeting=self.meeting)

    def save(self, *, seen, **fields):
        services.add_item(self.meeting, by=self.request.user, **fields)


def changeable_item(request, pk):
    """Return an item that the user may change, else refuse."""
    visible = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__body__municipality", "document"
    )
    item = get_object_or_404(visible, pk=pk)
    if not request.user.has_perm("agenda.change_item", item):
        raise PermissionDenied
    return item


class ItemUpdate(ItemFormView):
    """Change an item."""

    def dispatch(self, request, *args, **kwargs):
        self.item = changeable_item(request, kwargs["pk"])
        self.meeting = self.item.meeting
        return super().dispatch(request, *args, **kwargs)

    def get_instance(self):
        return self.item

    def save(self, **fields):
        services.change_item(self.item, by=self.request.user, **fields)


class ItemRemove(View):
    """Take an item off a planned agenda."""

    http_method_names = ["post"]

    def post(self, request, pk):
        item = changeable_item(request, pk)
        try:
            services.remove_item(item, by=request.user)
            messages.success(request, _("“%s” is off the agenda.") % item.title)
        except StepNotAllowed:
            messages.warning(request, _(NO_LONGER))
        return redirect(item.meeting)


class ItemWithdraw(FormView):
    """Say that an item of a called meeting is withdrawn (utgår), and why."""

    form_class = ReasonForm
    template_name = "agenda/item_withdraw.html"

    def dispatch(self, request, *args, **kwargs):
        self.item = changeable_item(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            services.withdraw_item(self.item, by=self.request.user, reason=form.cleaned_data["reason"])
            messages.success(self.request, _("“%s” is withdrawn. It keeps its number.") % self.item)
        except StepNotAllowed:
            messages.warning(self.request, _("Someone else got there first. This is how it stands now."))
        return redirect(self.item.meeting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=self.item, meeting=self.item.meeting, **kwargs)


class ItemOrder(View):
    """Put the items in the order in which they were dropped."""

    http_method_names = ["post"]

    def post(self, request, pk):
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
        if not request.user.has_perm("committee.prepare_meeting", meeting):
            raise PermissionDenied
        keys = [int(key) for key in request.POST.getlist("item") if key.isdecimal()]
        try:
            services.order_items(meeting, keys=keys, by=request.user)
        except StepNotAllowed:
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class ChairsProposal(DetailView):
    """Word the chair's proposal, beside the department's."""

    template_name = "agenda/chairs_proposal.html"
    context_object_name = "item"

    def get_queryset(self):
        visible = AgendaItem.objects.visible_to(self.request.user)
        return visible.select_related("meeting__body", "case", "document", "proposal__follows")

    def get_object(self, queryset=None):
        item = super().get_object(queryset)
        if item.case is None or not self.request.user.has_perm("agenda.word_chairs_proposal", item):
            raise PermissionDenied
        return item

    def get_context_data(self, typed=None, **kwargs):
        departments = self.object.document.proposals.first() if self.object.document else None
        chairs = self.object.proposal
        shown = chairs or departments
        standing = [clause.text for clause in shown.effective_clauses] if shown else []
        return super().get_context_data(
            departments=departments,
            clauses=standing if typed is None else typed,
            seen=standing,
            shares=chairs is None or chairs.shares_clauses,
            **kwargs,
        )

    def post(self, request, pk):
        self.object = item = self.get_object()
        typed = request.POST.getlist("clause")
        try:
            services.word_chairs_proposal(
                item,
                texts=typed,
                seen=request.POST.getlist("clause_seen"),
                by=request.user,
            )
        except StepNotAllowed:
            return self.too_late(typed)
        except (PersonalNumberFound, ClausesChanged, ValidationError) as found:
            messages.error(request, "; ".join(getattr(found, "messages", [str(found)])))
            return self.render_to_response(self.get_context_data(typed=typed), status=422)
        messages.success(request, _("The chair's proposal is saved."))
        return redirect(item.meeting)

    def too_late(self, typed):
        """Show what was typed and has nowhere to go any more, for the writer to take along."""
        messages.warning(
            self.request,
            _(
                "The meeting has been called: members have this proposal. Your words are still here to be copied."
            ),
        )
        return self.render_to_response(self.get_context_data(typed=typed), status=409)
