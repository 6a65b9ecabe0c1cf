from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from cases.register import services
from cases.register.forms import AroundForm, OutsideBasisFormSet, RecipientFormSet
from cases.register.models import Document, basis_lookup
from core.workflow import StepNotAllowed


class DocumentAround(View):
    """Basis, signers and recipients of a draft, on one page."""

    def dispatch(self, request, pk):
        documents = Document.objects.visible_to(request.user).for_reading()
        documents = documents.prefetch_related(basis_lookup(), "signers", "recipients")
        self.document = get_object_or_404(documents, pk=pk)
        if not request.user.has_perm("register.change_document", self.document):
            raise PermissionDenied
        return super().dispatch(request, pk)

    def get(self, request, pk):
        return self.show(*self.forms())

    def post(self, request, pk):
        around, outside, recipients = forms = self.forms(request.POST)
        if not all(form.is_valid() for form in forms):
            return self.show(*forms, status=422)
        try:
            services.set_around(
                self.document,
                title=around.cleaned_data["title"],
                dated_on=around.cleaned_data["dated_on"],
                meeting=around.cleaned_data["meeting"],
                is_secret=around.cleaned_data["is_secret"],
                basis=around.rests_on(),
                outside=rows_of(outside),
                signers=around.cleaned_data["signers"],
                recipients=rows_of(recipients),
                by=request.user,
            )
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
        else:
            messages.success(request, _("Saved."))
        return redirect(self.document)

    def forms(self, data=None):
        outside = [row for row in self.document.basis.all() if row.outside_title]
        return (
            AroundForm(data, document=self.document, user=self.request.user),
            OutsideBasisFormSet(
                data,
                prefix="outside",
                initial=[
                    {"outside_title": row.outside_title, "outside_date": row.outside_date} for row in outside
                ],
            ),
            RecipientFormSet(
                data,
                prefix="recipients",
                initial=[
                    model_to_dict(row, ["name", "kind", "purpose"]) for row in self.document.recipients.all()
                ],
            ),
        )

    def show(self, around, outside, recipients, status=200):
        context = {
            "document": self.document,
            "case": self.document.case,
            "form": around,
            "outside": outside,
            "recipients": recipients,
        }
        return render(self.request, "register/document_around.html", context, status=status)


def rows_of(formset):
    """Return what was filled in and not taken away."""
    filled = [
        form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in filled]
