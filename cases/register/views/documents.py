from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, View

from cases.register import services
from cases.register.composers import document_part, reads_as
from cases.register.content import subjects_of
from cases.register.editor import as_version, editor_fields, unsaved_texts, written_texts
from cases.register.forms import DocumentForm
from cases.register.models import Case, Document, Section, load_content
from core import clock, figures, formats
from core.differing import words_between
from core.richtext.plain import plain_text
from core.services import take_step
from core.workflow import StepNotAllowed
from reports.models import Rendition


def visible_document(request, pk):
    return get_object_or_404(Document.objects.visible_to(request.user).with_content(), pk=pk)


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
        load_content([self.object])
        self.writes = self.object.is_draft and request.user.has_perm("register.change_document", self.object)
        return self.render_to_response(self.get_context_data())

    def get_template_names(self):
        return ["register/document_edit.html" if self.writes else "register/document_detail.html"]

    def get_context_data(self, **kwargs):
        document, user = self.object, self.request.user
        shown = self.editing() if self.writes else self.reading()
        return super().get_context_data(
            case=document.case,
            steps=Document.WORKFLOW.open_to(user, document),
            may_edit=user.has_perm("register.change_document", document),
            **shown,
            **kwargs,
        )

    def editing(self):
        return editor_fields(self.object, self.request.user)

    def reading(self):
        audience = reads_as(self.request.user, self.object)
        return {
            "part": document_part(self.object, audience, key="document"),
            "differences": services.edition_differences(self.object),
            "rendition": Rendition.objects.of(self.object, "document", audience).newest(),
            "audience": audience,
            "may_renew": self.object.is_approved
            and not Document.objects.filter(continues=self.object).exists(),
        }


class DocumentSave(View):
    """Save what was written; with `finish`, also say that it is ready.

    What somebody else saved meanwhile is shown beside one's own text, for the writer to choose.
    """

    http_method_names = ["post"]

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            conflicts = self.save(request, document)
        except (services.PersonalNumberFound, services.ClausesChanged, ValidationError) as refused:
            return self.refuse(request, document, refused)
        except StepNotAllowed:
            return self.too_late(request, document)
        if conflicts:
            return render(
                request, "register/conflict.html", {"document": document, "conflicts": conflicts}, status=409
            )
        return self.saved(request, document)

    def save(self, request, document):
        """Save proposal and texts, both or neither; return what collided with somebody else's."""
        proposal = next(iter(document.proposals.all()), None)
        with transaction.atomic():
            if proposal and document.is_draft and "has_clauses" in request.POST:
                seen = request.POST.getlist("clause_seen")
                services.word_clauses(
                    proposal, texts=request.POST.getlist("clause"), seen=seen, by=request.user
                )
            return services.save_sections(document, texts=written_texts(request.POST), by=request.user)

    def too_late(self, request, document):
        """Show what was typed and has nowhere to go any more, for the writer to take along."""
        unsaved = unsaved_texts(document, request.POST)
        if not unsaved:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
            return redirect(document)
        context = {"document": document, "case": document.case, "unsaved": unsaved}
        return render(request, "register/too_late.html", context, status=409)

    def saved(self, request, document):
        if "finish" not in request.POST:
            messages.success(request, _("Saved."))
        elif request.user.has_perm("register.change_document", document):
            self.finish(request, document)
        return redirect(document)

    def finish(self, request, document):
        try:
            take_step(document, "finish", by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("Someone else got there first. This is how it stands now."))
        else:
            messages.success(request, _("Ready. The head of department is asked to approve."))

    def refuse(self, request, document, refused):
        """Show the editor again with everything as it was typed, and what is wrong."""
        errors = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        shown = editor_fields(
            document, request.user, typed=written_texts(request.POST), clauses=request.POST.getlist("clause")
        )
        context = {"document": document, "case": document.case, "errors": errors, "may_edit": True, **shown}
        context["section_at_fault"] = getattr(refused, "section", None)
        context["steps"] = Document.WORKFLOW.open_to(request.user, document)
        return render(request, "register/document_edit.html", context, status=422)


class DraftSave(View):
    """Keep what is being written, a second or two after the last key."""

    http_method_names = ["post"]

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            kept_at = services.keep_drafts(document, texts=written_texts(request.POST), by=request.user)
        except StepNotAllowed:
            return JsonResponse({"error": _("The document is no longer being written.")}, status=422)
        except ValidationError as refused:
            return JsonResponse({"error": refused.messages[0]}, status=422)
        return JsonResponse({"saved_at": formats.clock_time(kept_at)})


class SectionSettle(View):
    """Keep the text that the writer chose after seeing both."""

    http_method_names = ["post"]

    def post(self, request, pk):
        section = get_object_or_404(Section, pk=pk)
        document = visible_document(request, section.document_id)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            settled = services.settle(
                section,
                text=request.POST.get("text", ""),
                seen_version=as_version(request.POST.get("version", "")),
                by=request.user,
            )
        except (services.PersonalNumberFound, ValidationError) as refused:
            messages.error(request, "; ".join(getattr(refused, "messages", [str(refused)])))
            return redirect(document)
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
            return redirect(document)
        if settled is None:
            messages.warning(request, _("The text has been changed once more. Look at it before you choose."))
        else:
            messages.success(request, _("Saved."))
        return redirect(document)


class DraftDiscard(View):
    """Throw away one's own unsaved text."""

    http_method_names = ["post"]

    def post(self, request, pk):
        document = visible_document(request, pk)
        services.discard_drafts(document, by=request.user)
        messages.success(request, _("Your unsaved text is gone. This is what is saved."))
        return redirect(document)


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
    return plain_text(section.text, included=True) if section else ""


class FigureChoices(View):
    """The values that a writer may place in this document's texts, as JSON for the picker."""

    def get(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied  # readers see the values that were placed, not those that were not
        return JsonResponse({"figures": figures.choices(subjects_of(document))})


class DocumentNewEdition(View):
    """Begin a new edition of an approved document."""

    http_method_names = ["post"]

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
