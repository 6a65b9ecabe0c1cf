"""The administrator's pages for document templates: list, look, copy, change, put in order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from cases.register import services
from cases.register.forms import RequirementFormSet, SectionPlanForm, TemplateForm
from cases.register.models import DocumentTemplate, TemplateSection
from cases.register.outline import outline, wanted_by_law
from cases.register.requirements import Requirement
from core import blocks
from core.collisions import Collided, choose
from core.views import PostOnly


class Administers:
    """Lets in who administers a body; the municipality is the first one's."""

    def dispatch(self, request, *args, **kwargs):
        mine = (
            body.municipality
            for body in request.user.rights.places
            if request.user.has_perm("register.manage_templates", body.municipality)
        )
        self.municipality = next(mine, None)
        if self.municipality is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def templates(self):
        return self.municipality.document_templates.all()


class OfTemplate(Administers):
    """A page or a door of one template, with how many documents are written by it."""

    @cached_property
    def template(self):
        found = self.templates().select_related("municipality")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def written(self):
        return self.template.documents.count()

    @cached_property
    def sections(self):
        return list(self.template.sections.all())

    def outlined(self, sections=None, current=None):
        """What the outline shows, of the sections as they stand or as they would."""
        listed = self.sections if sections is None else sections
        return {
            "template": self.template,
            "outline": outline(self.template, listed, current),
            "wanted": wanted_by_law(self.template, listed),
        }


class OfSection(OfTemplate):
    """A page or a door of one section of a template."""

    @cached_property
    def section(self):
        found = TemplateSection.objects.filter(template__in=self.templates())
        return get_object_or_404(found.select_related("template"), pk=self.kwargs["pk"])

    @cached_property
    def template(self):
        return self.section.template


class TemplateList(Administers, ListView):
    """The municipality's templates, and how many documents are written by each."""

    template_name = "register/template_list.html"

    def get_queryset(self):
        return self.templates().for_list()


class TemplateDetail(OfTemplate, TemplateView):
    """A template: its sections in order, its outline, and what the law wants of it."""

    template_name = "register/template_detail.html"

    def get_context_data(self, **kwargs):
        labels = {name: block.label for name, block in blocks.blocks.items()}
        rows = [(section, labels.get(section.block, section.block)) for section in self.sections]
        return super().get_context_data(rows=rows, written=self.written, **self.outlined(), **kwargs)


class TemplateOutline(OfTemplate, View):
    """The outline alone: after sections have changed places, and as it would be with what is being typed."""

    def get(self, request, pk):
        return self.shown(**self.outlined())

    def post(self, request, pk):
        key = request.POST.get("section", "")
        sections = self.sections
        current = next((one for one in sections if str(one.pk) == key), None)
        if current is None:
            current = TemplateSection(template=self.template)
            sections = [*sections, current]
        current.heading = request.POST.get("heading", "")[:120] or _("New section")
        current.level = next((n for n in range(1, 5) if str(n) == request.POST.get("level")), 1)
        current.is_numbered = "is_numbered" in request.POST
        current.law = request.POST.get("law", "")[:300]
        return self.shown(**self.outlined(sections, current))

    def shown(self, **context):
        return render(self.request, "register/_outline.html", context)


class TemplateForms(FormView):
    """What adding and changing a template have in common."""

    form_class = TemplateForm
    template_name = "register/template_form.html"

    def form_valid(self, form):
        try:
            saved = self.save({name: form.cleaned_data[name] for name in form.Meta.fields}, seen=form.seen)
        except Collided as collided:
            back = (self.template.name, self.template.get_absolute_url())
            return choose(self.request, form, collided, back=back)
        except services.NameTaken as taken:
            form.add_error(taken.field, str(taken))
            return self.form_invalid(form)
        except services.TemplateInUse as used:
            form.add_error(None, str(used))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(saved)


class TemplateCreate(Administers, TemplateForms):
    """Begin a template of one's own."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": DocumentTemplate(municipality=self.municipality)}

    def save(self, fields, seen):
        return services.add_template(self.municipality, by=self.request.user, **fields)


class TemplateUpdate(OfTemplate, TemplateForms):
    """Change what a template is, beside its sections."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.template, "written": self.written}

    def save(self, fields, seen):
        return services.change_template(self.template, by=self.request.user, seen=seen, **fields)

    def get_context_data(self, **kwargs):
        return super().get_context_data(template=self.template, written=self.written, **kwargs)


class TemplateCopy(OfTemplate, PostOnly):
    """Copy a template, to change the copy."""

    shown_at = "register:template-detail"

    def post(self, request, pk):
        copied = services.copy_template(self.template, by=request.user)
        messages.success(request, _("The copy is yours to change. Give it a name."))
        return redirect("register:template-edit", copied.pk)


class TemplateRemove(OfTemplate, PostOnly):
    """Throw away a template that no document is written by."""

    shown_at = "register:template-detail"

    def post(self, request, pk):
        try:
            services.remove_template(self.template, by=request.user)
        except services.TemplateInUse as used:
            messages.warning(request, str(used))
            return redirect(self.template)
        messages.success(request, _("The template is removed."))
        return redirect("register:template-list")


class TemplateLaw(OfTemplate, View):
    """What the law wants to see in documents of the template."""

    def get(self, request, pk):
        return self.show(self.forms())

    def post(self, request, pk):
        forms = self.forms(request.POST)
        if not forms.is_valid():
            return self.show(forms, status=422)
        kept = [form.requirement for form in forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
        services.set_requirements(self.template, kept, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(self.template)

    def forms(self, data=None):
        rows = [Requirement.of(row).row for row in self.template.requirements]
        return RequirementFormSet(data, initial=rows)

    def show(self, forms, status=200):
        context = {"template": self.template, "requirements": forms, "formsets": [forms]}
        return render(self.request, "register/template_law.html", context, status=status)


class SectionForms(FormView):
    """What adding and changing a section have in common."""

    form_class = SectionPlanForm
    template_name = "register/section_plan_form.html"
    section = None

    def form_valid(self, form):
        told = form.fields_told
        try:
            services.save_section_plan(
                self.template, self.section, by=self.request.user, seen=form.seen, **told
            )
        except Collided as collided:
            back = (self.template.name, self.template.get_absolute_url())
            return choose(self.request, form, collided, back=back)
        except services.NameTaken as taken:
            form.add_error(taken.field, str(taken))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.template)

    def get_context_data(self, **kwargs):
        current = next((one for one in self.sections if self.section and one.pk == self.section.pk), None)
        return super().get_context_data(
            section=self.section, written=self.written, **self.outlined(current=current), **kwargs
        )


class SectionCreate(OfTemplate, SectionForms):
    """Add a section; it stands last until it is moved."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": TemplateSection(template=self.template)}


class SectionUpdate(OfSection, SectionForms):
    """Change a section."""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.section}


class SectionRemove(OfSection, PostOnly):
    """Take a section out of the template."""

    def shown(self, request, pk):
        return self.template.get_absolute_url()

    def post(self, request, pk):
        services.remove_section_plan(self.section, by=request.user)
        messages.success(
            request, _("“%s” is taken out. Documents that were begun keep it.") % self.section.heading
        )
        return redirect(self.template)


class SectionOrder(OfTemplate, View):
    """Put the sections in the order in which they were dropped; the outline follows."""

    http_method_names = ["post"]

    def post(self, request, pk):
        keys = [int(key) for key in request.POST.getlist("section") if key.isdecimal()]
        services.order_section_plans(self.template, keys, by=request.user)
        return HttpResponse(status=204, headers={"HX-Trigger": "sections-moved"})
