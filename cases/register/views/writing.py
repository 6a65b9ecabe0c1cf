"""Writing a document: save, keep a draft, choose between two texts, say that it is ready."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cases.register import services
from cases.register.editor import as_version, unsaved_texts, written_clauses, written_texts
from cases.register.models import Document, Section
from cases.register.report_editor import next_to_write, section_url
from cases.register.views.documents import (
    OfSection,
    edit_template,
    fields_to_write,
    findings_of,
    visible_document,
)
from core import formats, preflight
from core.services import take_step
from core.views import PostOnly, TakeStep
from core.workflow import StepNotAllowed


class DocumentSave(PostOnly):
    """Save what was written; with `finish`, also say that it is ready.

    What somebody else saved meanwhile is shown beside one's own text, for the writer to choose.
    """

    shown_at = "register:document-detail"

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
            own = all(conflict.is_ones_own for conflict in conflicts)
            context = {"document": document, "conflicts": conflicts, "own": own}
            return render(request, "register/conflict.html", context, status=409)
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
        if "finish" in request.POST:
            return self.finish(request, document)
        section = document.sections.filter(key=request.POST.get("section", "")).first()
        if section and "done" in request.POST:
            return self.section_done(request, document, section)
        if section and "reopen" in request.POST:
            services.reopen_section(section, by=request.user)
            return redirect(section_url(document, section))
        messages.success(request, _("Saved."))
        return redirect(section_url(document, section))

    def section_done(self, request, document, section):
        """Mark a report's section as done and go on to the next one that waits for this writer."""
        try:
            services.finish_section(section, by=request.user)
        except services.NothingWritten as empty:
            messages.error(request, str(empty))
            return redirect(section_url(document, section))
        messages.success(request, _("“%s” is done.") % section.heading)
        following = next_to_write(list(document.sections.all()), request.user, after=section)
        return redirect(section_url(document, following or section))

    def finish(self, request, document):
        """Say that it is ready; when the rules find something, that is shown before one goes on."""
        if preflight.glance(visible_document(request, document.pk)):
            return redirect("register:document-step", pk=document.pk, step="finish")
        try:
            take_step(document, "finish", by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("Someone else got there first. This is how it stands now."))
        else:
            messages.success(request, _("Ready. The head of department is asked to approve."))
        return redirect(document)

    def refuse(self, request, document, refused):
        """Show the editor again with everything as it was typed, and what is wrong."""
        errors = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        shown = fields_to_write(
            document, request, typed=written_texts(request.POST), clauses=request.POST.getlist("clause")
        )
        context = {"document": document, "case": document.case, "errors": errors, "may_edit": True, **shown}
        context["section_at_fault"] = getattr(refused, "section", None)
        context["steps"] = Document.WORKFLOW.open_to(request.user, document)
        context |= findings_of(request.user, document, to_write=True)
        return render(request, edit_template(document), context, status=422)


class DocumentStep(TakeStep):
    """Ready, send back, approve. Before it goes on its way: what the rules find; only personal numbers keep it back."""

    model = Document

    def get_queryset(self):
        return super().get_queryset().with_content()

    def post(self, request, pk, step):
        # Before the step's lock is taken: the rules read every text.
        if self.goes_on and any(finding.stops for finding in preflight.glance(self.object)):
            messages.error(
                request, _("A personal number stands in the document. Take it out before you go on.")
            )
            return self.ask(self.step.bind(request.POST), status=422)
        return super().post(request, pk, step)

    @property
    def goes_on(self):
        return self.step.name in {"finish", "approve"}

    def consequences(self):
        return {"findings": preflight.glance(self.object) if self.goes_on else []}


class DraftSave(PostOnly):
    """Keep what is being written, a second or two after the last key."""

    shown_at = "register:document-detail"

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            kept_at = services.keep_drafts(
                document,
                texts=written_texts(request.POST),
                clauses=written_clauses(request.POST),
                by=request.user,
            )
        except StepNotAllowed:
            return JsonResponse({"error": _("The document is no longer being written.")}, status=422)
        except ValidationError as refused:
            return JsonResponse({"error": refused.messages[0]}, status=422)
        answer = {"saved_at": formats.clock_time(kept_at)}
        if refused := services.refused_in_drafts(document, by=request.user):
            # Kept, so that nothing is lost; but the writer hears now what saving would say.
            answer["warning"] = _(
                "“%(heading)s” contains a personal number (%(number)s) and cannot be saved until it is taken out."
            ) % {"heading": refused.section.heading, "number": ", ".join(refused.numbers)}
        return JsonResponse(answer)


class SectionSettle(OfSection):
    """Keep the text that the writer chose after seeing both."""

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


class DraftDiscard(PostOnly):
    """Throw away one's own unsaved text."""

    shown_at = "register:document-detail"

    def post(self, request, pk):
        document = visible_document(request, pk)
        services.discard_drafts(document, by=request.user)
        messages.success(request, _("Your unsaved text is gone. This is what is saved."))
        return redirect(document)


class DocumentThrowAway(PostOnly):
    """Throw away a draft that was begun by mistake."""

    shown_at = "register:document-detail"

    def post(self, request, pk):
        document = visible_document(request, pk)
        if not request.user.has_perm("register.change_document", document):
            raise PermissionDenied
        try:
            services.discard_document(document, by=request.user)
        except StepNotAllowed:
            messages.warning(request, _("The document is no longer being written: nothing was changed."))
        except services.NotToDiscard:
            messages.warning(
                request,
                _("The document has been marked as ready before, or something rests on it. It stays."),
            )
        else:
            messages.success(request, _("The draft “%s” is thrown away.") % document.title)
            return redirect(document.case)
        return redirect(document)
