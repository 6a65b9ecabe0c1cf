from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from cases.register import services
from cases.register.forms import FactForm
from cases.register.models import Document, Fact
from committee.models import Period
from core import clock


class FactForDocument(FormView):
    """The numbers of the period that a document is about: enter one, or correct one."""

    form_class = FactForm
    template_name = "register/fact_form.html"

    def dispatch(self, request, *args, **kwargs):
        documents = Document.objects.visible_to(request.user).for_reading()
        self.document = get_object_or_404(documents, pk=kwargs["pk"])
        if not request.user.has_perm("register.change_document", self.document):
            raise PermissionDenied
        if not isinstance(self.document.subject, Period):
            raise Http404
        self.facts = Fact.objects.visible_to(request.user).filter(period=self.document.subject)
        self.fact = get_object_or_404(self.facts, pk=kwargs["fact"]) if "fact" in kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.fact}

    def get_initial(self):
        return {} if self.fact else {"as_of": clock.today()}

    def form_valid(self, form):
        if self.fact:
            services.change_fact(self.fact, by=self.request.user, **form.cleaned_data)
        else:
            services.add_fact(self.document.subject, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            _("“%s” is saved. Place it in the text with “Insert value”.") % form.cleaned_data["label"],
        )
        return redirect("register:document-facts", pk=self.document.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            document=self.document, case=self.document.case, facts=self.facts, fact=self.fact, **kwargs
        )
