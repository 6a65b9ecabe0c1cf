"""Writing a report together: who has which section, and which are done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from cases.register import services
from cases.register.forms import SectionShareFormSet
from cases.register.views.documents import visible_document
from committee.permissions import staff_of
from core.workflow import StepNotAllowed


class ReportShares(View):
    """Who writes which section of a report, and by when."""

    def dispatch(self, request, pk):
        self.document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", self.document):
            raise PermissionDenied
        return super().dispatch(request, pk)

    def get(self, request, pk):
        return self.show(self.forms())

    def post(self, request, pk):
        forms = self.forms(request.POST)
        if not forms.is_valid():
            return self.show(forms, status=422)
        shares = {row["section"]: (row["responsible"], row["due_on"]) for row in forms.cleaned_data}
        try:
            services.share_sections(self.document, shares, by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
        else:
            messages.success(request, _("Saved."))
        return redirect(self.document)

    def forms(self, data=None):
        initial = [
            {"section": one.pk, "responsible": one.responsible_id, "due_on": one.due_on}
            for one in self.sections()
        ]
        people = [("", _("nobody yet")), *((one.pk, str(one)) for one in staff_of(self.document.case.body))]
        return SectionShareFormSet(data, initial=initial, form_kwargs={"people": people})

    def sections(self):
        return [one for one in self.document.sections.all() if one.is_written]

    def show(self, forms, status=200):
        rows = zip(self.sections(), forms, strict=True)
        context = {
            "document": self.document,
            "case": self.document.case,
            "forms": forms,
            "formsets": [forms],
            "rows": rows,
        }
        return render(self.request, "register/report_shares.html", context, status=status)
