from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import FormView, ListView, View

from committee import services
from committee.forms import AppointForm, EndForm
from committee.models import Membership, Municipality
from core import clock


@method_decorator([login_not_required, cache_control(max_age=3600)], name="dispatch")
class Accent(View):
    """The municipality's colour as a stylesheet of its own, since the policy allows none in the page."""

    def get(self, request, slug):
        municipality = get_object_or_404(Municipality, slug=slug)
        return HttpResponse(f":root{{--brand:{municipality.accent}}}\n", content_type="text/css")


class ManagesPeople:
    """Lets in who administers a body; the first one where there are several."""

    def dispatch(self, request, *args, **kwargs):
        mine = (
            body
            for body in request.user.rights.places
            if request.user.has_perm("committee.manage_people", body)
        )
        self.body = next(mine, None)
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleList(ManagesPeople, ListView):
    """Who has which part in the body; those whose part has ended below."""

    template_name = "committee/people_list.html"

    def get_queryset(self):
        return Membership.objects.filter(body=self.body).for_list()

    def get_context_data(self, **kwargs):
        today = clock.today()
        held = list(self.object_list)
        return super().get_context_data(
            body=self.body,
            current=[one for one in held if one.to_on is None or one.to_on >= today],
            ended=[one for one in held if one.to_on and one.to_on < today],
            **kwargs,
        )


class Appoint(ManagesPeople, FormView):
    """Give somebody a role."""

    form_class = AppointForm
    template_name = "committee/person_form.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "body": self.body}

    def form_valid(self, form):
        try:
            held = services.appoint(self.body, by=self.request.user, **form.cleaned_data)
        except services.OwnRole:
            form.add_error(
                "email", _("Nobody gives a role to themselves. Ask another who administers the body.")
            )
            return self.form_invalid(form)
        except services.AlreadyHeld:
            form.add_error("role", _("The person already has this role from that day."))
            return self.form_invalid(form)
        messages.success(
            self.request, _("%s is added. The first log-in begins with “Forgotten password”.") % held.person
        )
        return redirect("committee:people")


class EndMembership(ManagesPeople, FormView):
    """Let somebody's part end."""

    form_class = EndForm
    template_name = "committee/end_form.html"

    def dispatch(self, request, *args, **kwargs):
        mine = Membership.objects.filter(body__in=request.user.rights.bodies).select_related("person", "role")
        self.membership = get_object_or_404(mine, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        if self.membership.body_id != self.body.pk:
            raise PermissionDenied
        services.end_membership(self.membership, to_on=form.cleaned_data["to_on"], by=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect("committee:people")

    def get_context_data(self, **kwargs):
        return super().get_context_data(membership=self.membership, **kwargs)
