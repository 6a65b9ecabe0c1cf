"""Pages of the importer: upload, columns, codes, preview, done; and the history of imports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, View

from core.importing import services, watching
from core.importing.cells import Unacceptable
from core.importing.forms import ColumnsForm, SheetForm, UploadForm
from core.importing.heads import head_row
from core.importing.pages import CodeForms, steps_of, top_rows
from core.importing.services import Refused
from core.importing.targets import imports
from core.models import ImportRun, ImportSource
from core.views import PostOnly

CHANGES_ON_A_PAGE = 100


class ImportList(ListView):
    """What has been imported, to whatever this person may import to."""

    template_name = "core/importing/import_list.html"
    paginate_by = 50

    @cached_property
    def mine(self):
        """What this person may import to: each target with the keys of its subjects."""
        open_to_me = {}
        for target in imports:
            asked = (target.subject, target.permission)  # many targets ask the same of the same
            if asked not in open_to_me:
                open_to_me[asked] = target.open_to(self.request.user)
        return [(target, open_to_me[target.subject, target.permission]) for target in imports]

    def get_queryset(self):
        mine = Q(pk__in=[])
        for target, subjects in self.mine:
            runs = ImportRun.objects.about(target.model._default_manager.filter(pk__in=subjects))
            mine |= Q(source__target=target.name, pk__in=runs.values("pk"))
        return ImportRun.objects.filter(mine).for_list().prefetch_related("subject")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for run in context["object_list"]:
            run.target = imports[run.source.target]
        return context | {"ways": self.ways()}

    def ways(self):
        """Return what this person may import, with the address of the page where one begins."""
        return [
            (target.label, reverse(target.begins_at))
            for target, subjects in self.mine
            if subjects and target.begins_at
        ]


class Begin(View):
    """Where the file comes from, and the file; below it what has been imported to the same before."""

    def dispatch(self, request, target, pk):
        if target not in imports:
            raise Http404
        self.target = imports[target]
        self.subject = get_object_or_404(self.target.visible_to(request.user), pk=pk)
        if not self.target.may(request.user, self.subject):
            raise PermissionDenied
        return super().dispatch(request, target, pk)

    def get(self, request, target, pk):
        return self.show(self.form())

    def post(self, request, target, pk):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        data = form.cleaned_data
        try:
            run = services.begin(
                self.target,
                self.subject,
                source=data["source"],
                upload=data["file"],
                address=data.get("address", ""),
                by=request.user,
            )
        except (Unacceptable, Refused) as refused:
            form.add_error("file" if data["file"] else "address", str(refused))
            return self.show(form, status=422)
        return redirect(run)

    def form(self, *data):
        return UploadForm(*data, takes_kolada=self.target.takes_kolada, initial=self.latest())

    def latest(self):
        """Offer the source that was used last."""
        last = self.sources().filter(runs__isnull=False).order_by("-runs__created_at").first()
        return {"source": last.name} if last else {}

    def sources(self):
        place = self.target.place(self.subject)
        return ImportSource.objects.filter(place=place, target=self.target.name)

    def show(self, form, status=200):
        runs = ImportRun.objects.about(type(self.subject)._default_manager.filter(pk=self.subject.pk))
        context = {
            "target": self.target,
            "subject": self.subject,
            "form": form,
            "closed": self.target.closed(self.subject),
            "sources": self.sources().order_by("name"),
            "runs": runs.filter(source__target=self.target.name).for_list()[:10],
        }
        return render(self.request, "core/importing/begin.html", context, status=status)


class OfRun:
    """What the pages of one import have in common: the run, what it is imported to, and who may."""

    @cached_property
    def run(self):
        runs = ImportRun.objects.with_life().select_related("source", "by", "applied_by")
        run = get_object_or_404(runs, pk=self.kwargs["pk"])
        if run.source.target not in imports:
            raise Http404
        return run

    @cached_property
    def target(self):
        return imports[self.run.source.target]

    def dispatch(self, request, *args, **kwargs):
        seen = self.target.visible_to(request.user)
        subject = get_object_or_404(seen, pk=self.run.subject_id)
        if not self.target.may(request.user, subject):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, template, status=200, *, step=None, **context):
        """Render a page; `step` is which of the steps it is, where one has gone back to it."""
        known = {"run": self.run, "target": self.target, "subject": self.run.subject}
        known |= {"steps": steps_of(self.run, step), "seen_at": self.target.seen_at(self.run.subject)}
        return render(self.request, f"core/importing/{template}.html", known | context, status=status)


class ShowRun(OfRun, View):
    """An import as it stands: what it waits for, what it would change, or what it changed."""

    def get(self, request, pk):
        state = ImportRun.State(self.run.state)
        if state == ImportRun.State.COLUMNS:
            return redirect("importing:columns", pk)
        if state == ImportRun.State.CODES:
            return redirect("importing:codes", pk)
        if state in ImportRun.WORKING:
            return self.show("working")
        page = Paginator(self.run.changes, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
        texts = watching.shown(self.run.texts, request.user)
        return self.show("done" if self.run.is_done else "preview", page_obj=page, texts=texts)


class Columns(OfRun, View):
    """Which heading is which column of ours."""

    def get(self, request, pk):
        if self.run.is_done or self.run.is_working or not self.run.file:
            return redirect(self.run)
        asked = SheetForm(request.GET if "head_row" in request.GET else None, run=self.run)
        if asked.is_bound and asked.is_valid():
            self.look_at(**asked.cleaned_data)
        return self.ask()

    def look_at(self, sheet, head_row):
        """Show another sheet, whose headings are guessed, or other headings of the same."""
        if sheet != self.run.sheet:
            head_row = guessed(self.run, sheet)
        self.run.sheet, self.run.head_row = sheet, head_row

    def post(self, request, pk):
        asked = SheetForm(request.POST, run=self.run)
        if not self.run.file or not asked.is_valid():
            return redirect(self.run)
        self.run.sheet, self.run.head_row = asked.cleaned_data["sheet"], asked.cleaned_data["head_row"]
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            services.set_columns(
                self.run,
                **asked.cleaned_data,
                chosen=form.chosen,
                turns_signs=form.cleaned_data.get("turns_signs", False),
                control_key=form.cleaned_data.get("control_key", ""),
                control_total=form.cleaned_data.get("control_total"),
                by=request.user,
            )
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect(self.run)

    @cached_property
    def top(self):
        return services.top_of(self.run)

    def form(self, data=None):
        return ColumnsForm(data, target=self.target, run=self.run, sheet=self.top)

    def ask(self, form=None, status=200):
        where = SheetForm(initial={"sheet": self.run.sheet, "head_row": self.run.head_row}, run=self.run)
        return self.show(
            "columns",
            status,
            step=1,
            form=form or self.form(),
            where=where,
            top=top_rows(self.top),
        )


def guessed(run, sheet):
    return head_row(services.top_of(run, sheet))


class CodesPage(OfRun, View):
    """What the file's codes mean."""

    def get(self, request, pk):
        if self.run.state not in (ImportRun.State.CODES, ImportRun.State.READY):
            return redirect(self.run)
        return self.show("codes", step=2, codes=CodeForms(self.run, self.target))

    def post(self, request, pk):
        codes = CodeForms(self.run, self.target, request.POST)
        if not codes.is_valid():
            return self.show("codes", 422, step=2, codes=codes)
        try:
            services.set_codes(self.run, chosen=codes.chosen, by=request.user)
        except Refused as refused:
            messages.warning(request, str(refused))
        return redirect(self.run)


class Act(OfRun, PostOnly):
    """Save, go back, or throw away."""

    shown_at = "importing:run"

    def shown(self, request, pk, act):
        return self.run

    def post(self, request, pk, act):
        verb = {"apply": services.confirm, "back": services.go_back, "drop": services.drop}[act]
        try:
            verb(self.run, by=request.user)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect(self.run)
        if act == "drop":
            messages.success(request, _("The import was thrown away. Nothing of it was saved."))
            return redirect("importing:begin", self.target.name, self.run.subject_id)
        return redirect(self.run)
