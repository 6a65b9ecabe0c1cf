"""Pages that a mail leads to, and the setting of who gets one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.forms import ModelForm
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import UpdateView, View

from core import reminding
from core.forms import CrispyMixin
from core.models import Reminding


def page(request, title, text, status=200, **more):
    return render(request, "core/plain_page.html", {"title": title, "text": text, **more}, status=status)


@method_decorator([login_not_required, never_cache], name="dispatch")
class Way(View):
    """The way from a mail to what it tells of: by the log-in, and only for the one whom the mail was to."""

    def get(self, request, token):
        found = reminding.read_way(token)
        if found is None or not url_has_allowed_host_and_scheme(found[1], allowed_hosts=None):
            text = _("The link is old or not whole. What waits for you stands on your desk.")
            return page(request, _("The link leads nowhere"), text, 404, **to_desk())
        key, url = found
        if not request.user.is_authenticated:
            return redirect_to_login(url)
        if request.user.pk != key:
            text = _("You are logged in as %s. Log out first if the mail was to another of your accounts.")
            return page(request, _("The link is for somebody else"), text % request.user, 403, **to_desk())
        return redirect(url)


def to_desk():
    return {"link": reverse("core:desk"), "link_label": _("To my desk")}


# The link itself says who it is for, and a mail program that sends it has no token of a form (RFC 8058).
@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class RemindersOff(View):
    """Turn reminders off by the link in the mail; only when it is sent, since mail scanners follow every link."""

    def get(self, request, token):
        text = _("You will get no more mails about what waits for you. It still stands on your desk.")
        return page(request, _("Turn off reminders?"), text, button=_("Turn off"))

    def post(self, request, token):
        if not reminding.turn_off(token):
            text = _("The link is not whole. You can turn reminders off on your own page.")
            return page(request, _("The link leads nowhere"), text, 404, **to_settings())
        text = _("You can turn them on again on your own page.")
        return page(request, _("Reminders are off"), text, **to_settings())


def to_settings():
    return {"link": reverse("core:reminders"), "link_label": _("To the setting")}


class RemindingForm(CrispyMixin, ModelForm):
    class Meta:
        model = Reminding
        fields = ["is_wanted"]


class Reminders(UpdateView):
    """Somebody's own choice: to be reminded by mail or not."""

    form_class = RemindingForm
    template_name = "core/reminders.html"
    success_url = reverse_lazy("core:reminders")

    def get_object(self, queryset=None):
        return Reminding.objects.get_or_create(person=self.request.user)[0]

    def form_valid(self, form):
        # Only what was chosen: when the last mail was sent is not the form's to write.
        Reminding.objects.filter(pk=self.object.pk).update(is_wanted=form.cleaned_data["is_wanted"])
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())
