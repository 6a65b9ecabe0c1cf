from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, View

from cases.register import services
from cases.register.composers import document_part, reads_as
from cases.register.content import subjects_of
from cases.register.editor import editor_fields
from cases.register.forms import DocumentForm
from cases.register.models import Case, Document, Section, load_content, load_sections
from cases.register.plans import PLANS
from cases.register.report_editor import report_fields
from core import clock, figures, near, preflight
from core.differing import words_between
from core.richtext.plain import text_to_compare
from core.views import PostOnly
from core.workflow import StepNotAllowed
from reports.models import Rendition
from reports.services import how_it_is_made

MOST_SENTENCES = 300


def visible_document(request, pk):
    return get_object_or_404(Document.objects.visible_to(request.user).with_content(), pk=pk)


def document_to_write(request, pk):
    """Return a document without its content, for who may write in it: readers see only the values that were placed."""
    document = get_object_or_404(Document.objects.visible_to(request.user).for_reading(), pk=pk)
    if not request.user.has_perm("register.change_document", document):
        raise PermissionDenied
    return document


class OfSection(PostOnly):
    """A door for what is sent of one section: what is shown is its document."""

    def shown(self, request, pk):
        return visible_document(request, get_object_or_404(Section, pk=pk).document_id)


def is_prepared_by(user, document):
    """Whether the user works on the document and it can still be mended: then the page says what the rules find."""
    return not document.is_approved and document.case.body_id in user.rights.drafts


def findings_of(user, document, *, to_write):
    """Return what the rules find, for who prepares the document.

    On the page where one writes about a period they come after it: they have all its values to read.
    """
    prepared = is_prepared_by(user, document)
    later = prepared and to_write and document.subject_id is not None
    return {
        "findings": preflight.glance(document) if prepared and not later else [],
        "findings_later": later,
    }


def edit_template(document):
    return "register/report_edit.html" if document.template.is_report else "register/document_edit.html"


def fields_to_write(document, request, **typed):
    """What the page to write on shows: all of a document, one section of a report."""
    if not document.template.is_report:
        return editor_fields(document, request.user, **typed)
    key = request.POST.get("section") or request.GET.get("section", "")
    return report_fields(document, request.user, clock.today(), key, **typed)


class DocumentCreate(FormView):
    """Begin a document in a case."""

    form_class = DocumentForm
    template_name = "register/document_form.html"

    def dispatch(self, request, *args, **kwargs):
        self.case = get_object_or_404(
            Case.objects.visible_to(request.user).select_related("body__municipality"), pk=kwargs["pk"]
        )
        if not request.user.has_perm("register.add_document", self.case):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "case": self.case, "initial": self.proposed()}

    def proposed(self):
        return {"title": self.case.title, "dated_on": clock.today()}

    def form_valid(self, form):
        asked = form.cleaned_data
        document = services.begin_document(
            self.case,
            asked["template"],
            title=asked["title"],
            author=self.request.user,
            dated_on=asked["dated_on"],
            meeting=asked["meeting"],
            subject=asked["period"],
            is_secret=asked["is_secret"],
            by=self.request.user,
        )
        return redirect(document)

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.case, **kwargs)


class DocumentDetail(DetailView):
    """A document: to write while it is a draft and mine to write, else to read."""

    def get_queryset(self):
        return Document.objects.visible_to(self.request.user).for_reading().with_last_step()

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        self.writes = self.object.is_draft and request.user.has_perm("register.change_document", self.object)
        if self.writes and self.object.template.is_report:
            load_sections(self.object)
        else:
            load_content([self.object])
        return self.render_to_response(self.get_context_data())

    def get_template_names(self):
        return [edit_template(self.object) if self.writes else "register/document_detail.html"]

    def get_context_data(self, **kwargs):
        document, user = self.object, self.request.user
        shown = self.editing() if self.writes else self.reading()
        return super().get_context_data(
            case=document.case,
            steps=Document.WORKFLOW.open_to(user, document),
            may_edit=user.has_perm("register.change_document", document),
            **findings_of(user, document, to_write=self.writes),
            **shown,
            **kwargs,
        )

    def editing(self):
        return fields_to_write(self.object, self.request) | self.file()

    def file(self):
        """Return the document's file and how its making goes."""
        audience = reads_as(self.request.user, self.object)
        # Asked before the file: what ends in between is then still waited for by the page.
        making = how_it_is_made(self.object, "document", audience)
        rendition = Rendition.objects.of(self.object, "document", audience).newest()
        return {"making": making, "rendition": rendition, "audience": audience}

    def reading(self):
        audience = reads_as(self.request.user, self.object)
        part = document_part(self.object, audience, key="document")
        return self.file() | {
            "part": part,
            "differences": services.edition_differences(self.object),
            "promises": any(one["block"] == PLANS for one in part.data["sections"]),
            "may_renew": self.object.is_approved
            and not Document.objects.filter(continues=self.object).exists(),
        }


class DocumentCompare(DetailView):
    """What a new edition says that the one before did not, word by word."""

    template_name = "register/document_compare.html"

    def get_queryset(self):
        return Document.objects.visible_to(self.request.user).with_content()

    def get_context_data(self, **kwargs):
        before = self.object.continues_id
        if before and not Document.objects.visible_to(self.request.user).filter(pk=before).exists():
            raise Http404
        found = services.edition_differences(self.object)
        rows = [
            (one, words_between(text_of(one.before), text_of(one.after)))
            for one in found
            if one.kind != "same"
        ]
        return super().get_context_data(rows=rows, case=self.object.case, **kwargs)


def text_of(section):
    return text_to_compare(section.text) if section else ""


class DocumentFindings(View):
    """What the rules find in a document now, as a part of the page on which it is written."""

    def get(self, request, pk):
        document = visible_document(request, pk)
        if not is_prepared_by(request.user, document):
            raise PermissionDenied
        return render(request, "core/_glance.html", {"findings": preflight.glance(document)})


class FigureChoices(View):
    """The values that a writer may place in this document's texts, as JSON for the picker."""

    def get(self, request, pk):
        return JsonResponse({"figures": figures.choices(subjects_of(document_to_write(request, pk)))})


class TypedNumbers(View):
    """Which typed numbers in some sentences of a section the register knows, or nearly, as JSON for the editor.

    A sentence is asked for once, when it has been written: the page remembers what was answered.
    """

    http_method_names = ["post"]

    def post(self, request, pk):
        document = document_to_write(request, pk)
        asked = request.POST.getlist("sentence")[:MOST_SENTENCES]
        if not any(map(near.has_number, asked)):
            return JsonResponse({"found": [[] for _sentence in asked]})
        known = near.Register(figures.choices(subjects_of(document)))
        heading = request.POST.get("heading", "")[:200]
        return JsonResponse({"found": [list(map(as_hit, known.find(one, heading))) for one in asked]})


def as_hit(hit):
    forms = [(value, *near.form_for(hit.typed.text, value)) for value in hit.choices]
    return {
        "start": hit.typed.start,
        "end": hit.typed.end,
        "agrees": hit.agrees,
        "choices": [
            {"name": value.name, "args": {**value.args, "form": form}, "label": value.label, "text": text}
            for value, form, text in forms
        ],
    }


class DocumentNewEdition(PostOnly):
    """Begin a new edition of an approved document."""

    shown_at = "register:document-detail"

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            new = services.begin_edition(document, by=request.user, dated_on=clock.today())
        except StepNotAllowed:
            messages.warning(
                request, _("A new edition has already been begun, or the document is not approved.")
            )
            return redirect(document)
        return redirect(new)
