"""What an administrator is asked about document templates."""

import re

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.register.models import DocumentTemplate, TemplateSection
from cases.register.requirements import Requirement
from cases.register.services.designing import FIXED
from committee.models import Role
from core import blocks
from core.collisions import RemembersSeen
from core.forms import CrispyMixin, DateInput

LEVELS = [(number, str(number)) for number in range(1, 5)]
WRITERS = (Role.Key.HEAD, Role.Key.CONTROLLER, Role.Key.SECRETARY, Role.Key.CASE_OFFICER, Role.Key.REGISTRAR)
OPTION = re.compile(r"\s*(?P<name>[a-z_]{1,40})\s*=\s*(?P<value>.{0,200}?)\s*")


class TemplateForm(RemembersSeen, CrispyMixin, forms.ModelForm):
    """What a template is, beside its sections."""

    rows = (
        "name",
        Row(Column("kind"), Column("label")),
        "period_kind",
        Row(Column("is_report"), Column("has_cover"), Column("is_retired")),
    )

    class Meta:
        model = DocumentTemplate
        fields = ["name", "kind", "label", "period_kind", "is_report", "has_cover", "is_retired"]
        help_texts = {
            "kind": _(
                "Small letters and hyphens, such as kvalitetsberattelse. Nobody but the program reads it."
            ),
            "label": _("In the letterhead, such as PLAN."),
            "period_kind": _("Who begins a document is asked for a period of this kind."),
            "is_report": _("Numbered sections, each with its writer and its day."),
            "is_retired": _("No longer offered to who begins a document. Those that were begun stay."),
        }

    def __init__(self, *args, written=0, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FIXED if written else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = _("Stays, since documents are written by the template.")


class SectionPlanForm(RemembersSeen, CrispyMixin, forms.ModelForm):
    """A section of a template."""

    form_id = "section-form"
    block = forms.ChoiceField(label=_("Block"), required=False)
    told = forms.CharField(
        label=_("What the block is told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A line each, such as unit = mkr."),
    )
    level = forms.TypedChoiceField(label=_("Level of the heading"), choices=LEVELS, coerce=int)
    rows = (
        "heading",
        Row(Column("level"), Column("key")),
        "guidance",
        Row(Column("block"), Column("told")),
        Row(Column("takes_text"), Column("is_numbered")),
        Row(Column("begins_part"), Column("is_required")),
        "responsible_role",
        "law",
    )

    class Meta:
        model = TemplateSection
        fields = (
            "heading level key guidance block takes_text is_numbered begins_part is_required "
            "responsible_role law"
        ).split()
        widgets = {"guidance": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "key": _("Other papers take the text by it. Left empty, it is made from the heading."),
            "guidance": _("Shown to who writes the section; never printed."),
            "responsible_role": _("Gets the section when a document is begun, if one person holds the role."),
            "law": _("Printed below the heading. Several are written with semicolons between them."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = sorted((str(block.label), name) for name, block in blocks.blocks.items())
        self.fields["block"].choices = [
            ("", _("No block: text only")),
            *((name, f"{label} ({name})") for label, name in found),
        ]
        self.fields["responsible_role"].choices = [
            ("", _("nobody yet")),
            *((role.value, role.label) for role in WRITERS),
        ]
        self.fields["key"].required = False
        self.initial["told"] = "\n".join(f"{name} = {value}" for name, value in self.instance.options.items())

    def clean_told(self):
        """Return the options as the block takes them."""
        lines = [line for line in self.cleaned_data["told"].splitlines() if line.strip()]
        found = [OPTION.fullmatch(line) for line in lines]
        if None in found:
            wrong = lines[found.index(None)].strip()
            raise forms.ValidationError(_("“%s” is not of the form name = value.") % wrong)
        return {one["name"]: one["value"] for one in found}

    @property
    def fields_told(self):
        """What was written, as the service takes it."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return told | {"options": self.cleaned_data["told"]}


class RequirementForm(forms.Form):
    """Something that the law wants to see."""

    paragraph = forms.CharField(label=_("Paragraph"), max_length=120)
    text = forms.CharField(label=_("What has to be told"), max_length=300)
    is_advice = forms.BooleanField(label=_("General advice"), required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=DateInput)
    to_on = forms.DateField(label=_("Until and including"), required=False, widget=DateInput)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("The last day comes before the first."))
        return cleaned

    @property
    def requirement(self):
        told = self.cleaned_data
        days = {name: told[name].isoformat() if told[name] else "" for name in ("from_on", "to_on")}
        return Requirement(
            paragraph=told["paragraph"], text=told["text"], is_advice=told["is_advice"], **days
        )


RequirementFormSet = forms.formset_factory(RequirementForm, extra=1, can_delete=True, max_num=60)
