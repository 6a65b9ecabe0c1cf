"""Pages that only take registries: desk, search, jobs, and the one door for steps."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from django.views.generic.detail import SingleObjectMixin

from core import clock, desk, downloads, jobs, search, sheets
from core.models import Finding, Job, TableFile, Waiver
from core.services import CannotWaive, take_step, unwaive, waive
from core.tables import tables
from core.workflow import PreflightNeeded, StepNotAllowed, StepNotYet


class PostOnly(View):
    """A door for what is sent. Whoever comes with its bare address, by a reload or a bookmark, is shown the thing itself."""

    http_method_names = ["get", "post"]
    shown_at = ""  # the name of the thing's page, with the same key

    def get(self, request, *args, **kwargs):
        return redirect(self.shown(request, *args, **kwargs))

    def shown(self, request, *args, **kwargs):
        """Return the thing, or its address; its own page asks who may see it."""
        return reverse(self.shown_at, args=[kwargs["pk"]])


def bad_request(request, exception):
    """Say what was wrong with what was sent: too much of it, or an address that cannot be read."""
    too_large = isinstance(exception, RequestDataTooBig)
    context = {"too_large": too_large, "most": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}
    return render(request, "400.html", context, status=413 if too_large else 400)


class TakeStep(SingleObjectMixin, View):
    """The one door through which anything changes status.

    A step with questions, or with consequences worth reading first, is asked about on a page of its own.
    """

    http_method_names = ["get", "post"]
    template_name = "core/step.html"

    def get_queryset(self):
        return self.model._default_manager.visible_to(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        self.object = self.get_object()
        if kwargs["step"] not in self.object.WORKFLOW:
            raise Http404
        self.step = self.object.WORKFLOW[kwargs["step"]]
        if not request.user.has_perm(self.step.permission, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk, step):
        return self.ask(self.step.bind())

    def post(self, request, pk, step):
        form = self.step.bind(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            take_step(self.object, self.step.name, by=request.user, data=form.cleaned_data)
        except (StepNotYet, PreflightNeeded) as needed:
            messages.error(request, str(needed))
        except StepNotAllowed:
            messages.warning(request, _("Someone else got there first. This is how it stands now."))
        else:
            messages.success(request, self.said())
        return redirect(self.shown_after())

    def shown_after(self):
        """Return where one comes when the step is taken: to the thing itself."""
        return self.object

    def said(self):
        """Return what to say when the step was taken."""
        if self.step.said:
            return str(self.step.said).format(subject=self.object)
        names = dict(self.object._meta.get_field("status").flatchoices)
        return _("Done. The status is now “%s”.") % names[self.step.target]

    def ask(self, form, status=200):
        context = {
            "subject": self.object,
            "step": self.step,
            "form": form,
            "hindrance": self.step.hindrance_of(self.object),
            **self.consequences(),
        }
        return render(self.request, self.template_name, context, status=status)

    def consequences(self):
        """Return what the page shows of what will follow."""
        return {}


class Desk(TemplateView):
    """My desk: what I have to do, by when, and which rule says so. Some begin elsewhere."""

    template_name = "core/desk.html"

    def get(self, request, *args, **kwargs):
        elsewhere = desk.first_page_of(request.user, clock.today())
        return redirect(elsewhere) if elsewhere else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        return super().get_context_data(
            items=desk.items_for(user, today), cards=desk.cards_for(user, today), today=today, **kwargs
        )


class Search(TemplateView):
    """Search by number and title, on a page of its own."""

    template_name = "core/search.html"
    limit = 30

    def get_context_data(self, **kwargs):
        text = self.request.GET.get("q", "")
        hits = search.find(self.request.user, text, self.limit)
        return super().get_context_data(text=text, hits=hits, **kwargs)


class SearchSuggest(Search):
    """The same search under the field, while one types."""

    template_name = "core/_suggestions.html"
    limit = 5


class JobTray(TemplateView):
    """What is being made for me, with live progress."""

    template_name = "core/_job_tray.html"

    def get_context_data(self, **kwargs):
        shown = list(Job.objects.visible_to(self.request.user).for_tray())
        running = [job for job in shown if job.is_active]
        return super().get_context_data(
            jobs=shown, running=running, first=next(iter(running), None), **kwargs
        )

    def render_to_response(self, context, **response_kwargs):
        """Say that a button of the tray was pressed, so that what shows the same job looks again."""
        headers = {"HX-Trigger": "job-acted"} if "acted" in self.request.GET else {}
        return super().render_to_response(context, headers=headers, **response_kwargs)


class JobAct(PostOnly):
    """Cancel a job, or try one again that failed."""

    def shown(self, request, pk, act):
        return get_object_or_404(Job.objects.visible_to(request.user), pk=pk).address or "/"

    def post(self, request, pk, act):
        job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
        {"cancel": jobs.cancel, "retry": jobs.retry}[act](job)
        if request.htmx:
            return redirect(reverse("core:job-tray", query={"acted": act}))
        told = {"cancel": _("“%s” is cancelled."), "retry": _("“%s” is done once more.")}
        messages.info(request, told[act] % job.title)
        return redirect(job.address or "/")


class TableDownload(View):
    """A table as a file, for who sees what it is about. A large one is made in the background."""

    def get(self, request, name, pk, format):
        if name not in tables:
            raise Http404
        maker = tables[name]
        subject = get_object_or_404(maker.visible_to(request.user), pk=pk)
        if not maker.may(request.user, subject):
            raise PermissionDenied
        options = request.GET.dict()
        table = maker.make(subject, options)
        if downloads.is_large(table):
            downloads.request(maker, subject, format, options, by=request.user)
            messages.info(request, _("The file is being made. It shows at the top when it is ready."))
            return redirect(back_of(request))
        if format == "csv":
            return _attached(StreamingHttpResponse(sheets.csv_lines(table)), maker, subject, format)
        return _attached(HttpResponse(sheets.written(maker, table, format)), maker, subject, format)


def back_of(request):
    """Return the page that a link stood on, if it is one of ours; else the desk."""
    came_from = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours else "/"


def _attached(response, maker, subject, format):
    response["Content-Type"] = sheets.MIME[format]
    response["Content-Disposition"] = f'attachment; filename="{sheets.filename(maker, subject, format)}"'
    response["Cache-Control"] = "private, no-cache"
    return response


class TableFileDownload(View):
    """A table that was made in the background: for who asked for it."""

    def get(self, request, pk):
        kept = get_object_or_404(TableFile, pk=pk, by=request.user)
        return FileResponse(
            kept.file.open("rb"),
            filename=kept.filename,
            as_attachment=True,
            content_type=sheets.MIME[kept.format],
        )


class Waive(PostOnly):
    """Let a finding stand, or one's whole kind, or take that back."""

    def shown(self, request, pk):
        return f"{self.finding(request, pk).run.subject.get_absolute_url()}#findings"

    def finding(self, request, pk):
        """Return the finding; raises PermissionDenied for who does not prepare what it was found in."""
        finding = get_object_or_404(Finding.objects.select_related("run"), pk=pk)
        subject = finding.run.subject
        if not request.user.has_perm(
            f"{subject._meta.app_label}.prepare_{subject._meta.model_name}", subject
        ):
            raise PermissionDenied
        return finding

    def post(self, request, pk):
        finding = self.finding(request, pk)
        if "undo" in request.POST:
            unwaive(finding, by=request.user)
            return self.get(request, pk)
        reason = request.POST.get("reason", "")
        if reason not in Waiver.Reason.values:
            raise Http404
        try:
            waive(finding, reason=reason, by=request.user, whole_kind="all" in request.POST)
        except CannotWaive as refused:
            messages.error(request, str(refused))
        return self.get(request, pk)


@method_decorator(login_not_required, name="dispatch")
class Health(View):
    """Says that the program and its database answer."""

    def get(self, request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("ok", content_type="text/plain")
