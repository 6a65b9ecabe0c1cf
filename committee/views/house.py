"""What a committee and its municipality are called, and what stands on their papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import UpdateView

from committee.forms import BodyForm, MunicipalityForm
from committee.permissions import kept_by
from core.setup.services import save


class HouseForm(UpdateView):
    """Change what is said of the house. Papers that are approved or sent stay as they are."""

    template_name = "committee/house_form.html"
    title = tab = ""

    def dispatch(self, request, *args, **kwargs):
        self.body = kept_by(request.user, "committee.manage_body")
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                save(form, by=self.request.user)
        except IntegrityError:
            form.add_error(None, _("There is one of that name or number already."))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.request.path)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(body=self.body, title=self.title, tab=self.tab, **kwargs)


class BodyUpdate(HouseForm):
    form_class = BodyForm
    title, tab = gettext_lazy("The committee"), "body"

    def get_object(self):
        return self.body


class MunicipalityUpdate(HouseForm):
    form_class = MunicipalityForm
    title, tab = gettext_lazy("The municipality and its papers"), "municipality"

    def get_object(self):
        return self.body.municipality
