from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView, UpdateView, View

from cases.register import services
from cases.register.beside import lines_beside
from cases.register.forms import AttachmentChangeForm, AttachmentForm, CaseForm, OpenCaseForm
from cases.register.models import Attachment, Case, Document
from cases.register.permissions import REGISTRARS, WRITERS
from cases.register.timeline import ALL, LATEST, events_of
from committee.models import Body
from core import clock
from core.collisions import Collided, choose
from core.few import few_of
from reports.annexes.verdict import Reason


class CaseList(ListView):
    """The register: by number or words, open or closed, mine or all."""

    paginate_by = 30

    def get_queryset(self):
        cases = Case.objects.visible_to(self.request.user)
        text = self.request.GET.get("q", "").replace("\x00", "").strip()
        if text:
            cases = cases.matching(text)
        if self.request.GET.get("show") == "mine":
            cases = cases.filter(owner=self.request.user)
        if self.request.GET.get("show") == "closed":
            cases = cases.filter(status=Case.Status.CLOSED)
        return cases.for_list()

    def get_context_data(self, **kwargs):
        may_open = self.request.user.rights.bodies_as(*WRITERS, *REGISTRARS)
        return super().get_context_data(
            text=self.request.GET.get("q", ""),
            show=self.request.GET.get("show", ""),
            may_open=may_open,
            **kwargs,
        )


class CaseDetail(DetailView):
    """A case: what it is, its documents and files, and all that has happened."""

    def get_queryset(self):
        return Case.objects.visible_to(self.request.user).select_related("body__municipality", "owner")

    def get_context_data(self, **kwargs):
        user, case = self.request.user, self.object
        documents = list(Document.objects.visible_to(user).filter(cases=case).for_list())
        attachments = list(Attachment.objects.visible_to(user).filter(case=case).for_list())
        files = few_of(self.request, "files", attachments)
        prepares = case.body_id in user.rights.drafts
        return super().get_context_data(
            documents=few_of(self.request, "documents", documents),
            files=files,
            is_examining=any(file.is_awaited for file in files.rows),
            beside=lines_beside(user, case),
            **(self.history(case, documents, attachments) if prepares else {}),
            may_change=user.has_perm("register.change_case", case),
            may_add_document=user.has_perm("register.add_document", case),
            may_attach=user.has_perm("register.add_attachment", case),
            steps=Case.WORKFLOW.open_to(user, case),
            today=clock.today(),
            **kwargs,
        )

    def history(self, case, documents, attachments):
        """What has happened, the latest first; all of it when the reader asks for it."""
        limit = ALL if self.request.GET.get("history") == "all" else LATEST
        events = events_of(case, documents, attachments, limit)
        return {"events": events, "more_events": len(events) == LATEST}


class CaseCreate(FormView):
    """Open a case."""

    form_class = OpenCaseForm
    template_name = "register/case_form.html"

    def dispatch(self, request, *args, **kwargs):
        mine = request.user.rights.bodies_as(*WRITERS, *REGISTRARS)
        self.body = Body.objects.filter(pk__in=mine).select_related("municipality").order_by("pk").first()
        if self.body is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "body": self.body, "instance": Case(body=self.body)}

    def get_initial(self):
        return {"opened_on": clock.today(), "owner": self.request.user}

    def form_valid(self, form):
        try:
            case = services.open_case(self.body, by=self.request.user, **form.cleaned_data)
        except services.BadNumber as bad:
            form.add_error("number", str(bad))
            return self.form_invalid(form)
        messages.success(self.request, _("The case %s is open.") % case.number)
        return redirect(case)


class CaseUpdate(UpdateView):
    """Change what is said of a case."""

    form_class = CaseForm

    def get_queryset(self):
        return Case.objects.visible_to(self.request.user).select_related("body__municipality")

    def get_object(self, queryset=None):
        case = super().get_object(queryset)
        if not self.request.user.has_perm("register.change_case", case):
            raise PermissionDenied
        return case

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "body": self.object.body}

    def form_valid(self, form):
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            services.change_case(self.object, by=self.request.user, seen=form.seen, **fields)
        except Collided as collided:
            return choose(
                self.request, form, collided, back=(self.object.number, self.object.get_absolute_url())
            )
        messages.success(self.request, _("Saved."))
        return redirect(self.object)


class AttachmentCreate(FormView):
    """Attach a file to a case."""

    form_class = AttachmentForm
    template_name = "register/attachment_form.html"

    def dispatch(self, request, *args, **kwargs):
        self.case = get_object_or_404(Case.objects.visible_to(request.user), pk=kwargs["pk"])
        if not request.user.has_perm("register.add_attachment", self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"dated_on": clock.today()}

    def form_valid(self, form):
        asked = form.cleaned_data
        try:
            attached = services.attach(
                self.case,
                asked["file"],
                title=asked["title"],
                dated_on=asked["dated_on"],
                is_secret=asked["is_secret"],
                by=self.request.user,
            )
        except services.NotAcceptable as refused:
            form.add_error("file", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("“%s” is attached.") % asked["title"])
        if attached.is_office:
            messages.info(self.request, Reason.OFFICE.advice)
        return redirect(self.case)

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.case, **kwargs)


class AttachmentUpdate(UpdateView):
    """Change what is said of a file: its title, date, whether it is secret."""

    form_class = AttachmentChangeForm
    template_name = "register/attachment_edit.html"

    def get_queryset(self):
        return Attachment.objects.visible_to(self.request.user).select_related("case")

    def get_object(self, queryset=None):
        attachment = super().get_object(queryset)
        if not self.request.user.has_perm("register.add_attachment", attachment.case):
            raise PermissionDenied
        return attachment

    def form_valid(self, form):
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        case = self.object.case
        try:
            services.change_attachment(self.object, by=self.request.user, seen=form.seen, **fields)
        except Collided as collided:
            return choose(self.request, form, collided, back=(case.number, case.get_absolute_url()))
        messages.success(self.request, _("Saved."))
        return redirect(case)


class AttachmentFile(View):
    """Stream a file to who may read it."""

    def get(self, request, pk):
        attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
        return FileResponse(
            attachment.file.open("rb"),
            as_attachment=attachment.is_office,
            filename=attachment.download_name,
            content_type=attachment.mime,
            headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
        )
