"""What is asked of people in the register."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.register.models import Attachment, Case, Document, DocumentTemplate, Fact, Recipient
from committee.models import Meeting, Municipality, Period, Person
from committee.permissions import staff_of
from core import clock, formats
from core.collisions import RemembersSeen
from core.forms import CrispyMixin, DateInput, NoPersonalNumbers

SECRET_HELP = _("Neither its title nor its content is in anything that members get.")


class CaseForm(RemembersSeen, NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    rows = (
        "title",
        Row(Column("owner"), Column("opened_on")),
        Row(Column("origin"), Column("classification")),
        Row(Column("sender"), Column("sender_number")),
        Row(Column("answer_due_on"), Column("extended_to")),
        "is_collective",
        Row(Column("is_secret"), Column("secrecy_ground")),
    )

    class Meta:
        model = Case
        fields = [
            "title",
            "owner",
            "opened_on",
            "origin",
            "classification",
            "sender",
            "sender_number",
            "answer_due_on",
            "extended_to",
            "is_collective",
            "is_secret",
            "secrecy_ground",
        ]
        widgets = {"opened_on": DateInput, "answer_due_on": DateInput, "extended_to": DateInput}

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["owner"].queryset = staff_of(body)

    def clean(self):
        cleaned = super().clean()
        due, extended = cleaned.get("answer_due_on"), cleaned.get("extended_to")
        if extended and (not due or extended < due):
            self.add_error("extended_to", _("An extension ends after the day the answer was first due."))
        if cleaned.get("is_secret") and not cleaned.get("secrecy_ground"):
            self.add_error("secrecy_ground", _("Say on what ground the case is secret, such as OSL 26:1."))
        return cleaned


class OpenCaseForm(CaseForm):
    """A new case: with its number, where the municipality types it from its own diary."""

    save_label = _("Open the case")
    number = forms.CharField(label=_("Registry number"), max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.body.municipality.numbers == Municipality.Numbers.TYPED:
            example = self.body.example_of_number(clock.today().year)
            self.fields["number"].help_text = _("As it stands in the diary, such as %s.") % example
            self.fields["number"].required = True
            self.rows = ("number", *self.rows)
        else:
            del self.fields["number"]


class DocumentForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """Begin a document: which kind, for which meeting, about what."""

    save_label = _("Begin to write")
    rows = ("template", "title", Row(Column("dated_on"), Column("meeting")), "period", "is_secret")

    template = forms.ModelChoiceField(
        label=_("Kind"), queryset=DocumentTemplate.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    dated_on = forms.DateField(label=_("Date"), widget=DateInput)
    meeting = forms.ModelChoiceField(
        label=_("Written for"), queryset=Meeting.objects.none(), required=False, empty_label=_("No meeting")
    )
    period = forms.ModelChoiceField(
        label=_("Period that it is about"),
        queryset=Period.objects.none(),
        required=False,
        empty_label=_("No period"),
        help_text=_("Values in the text that speak of “this period” follow it."),
    )
    is_secret = forms.BooleanField(label=_("Secrecy"), required=False, help_text=SECRET_HELP)

    def __init__(self, *args, case, **kwargs):
        kwargs.setdefault("initial", {"title": case.title, "dated_on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields[
            "template"
        ].queryset = case.body.municipality.document_templates.in_use().most_useful_first()
        self.fields["meeting"].queryset = (
            Meeting.objects.filter(body=case.body).coming(clock.today()).for_list()
        )
        self.fields["period"].queryset = Period.objects.filter(body=case.body)

    def clean(self):
        cleaned = super().clean()
        template, period = cleaned.get("template"), cleaned.get("period")
        wanted = template.period_kind if template else ""
        if wanted and (period is None or period.kind != wanted):
            message = _("%(template)s is about a period: choose a %(kind)s.")
            kind = template.get_period_kind_display()
            self.add_error("period", message % {"template": template, "kind": kind})
        return cleaned


class AttachmentForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """Attach a file."""

    save_label = _("Attach the file")
    rows = ("file", "title", "dated_on", "is_secret")

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel or PowerPoint, at most 100 MB. The text is read for personal numbers."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.pptx"}),
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    dated_on = forms.DateField(label=_("Date"), widget=DateInput)
    is_secret = forms.BooleanField(label=_("Secrecy"), required=False, help_text=SECRET_HELP)


class AttachmentChangeForm(RemembersSeen, NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """Change what is said of a file."""

    rows = ("title", "dated_on", "is_secret")

    class Meta:
        model = Attachment
        fields = ["title", "dated_on", "is_secret"]
        widgets = {"dated_on": DateInput}
        help_texts = {"is_secret": SECRET_HELP}


class BasisField(forms.ModelMultipleChoiceField):
    """Documents as they are printed among the basis: a case may have several with one title."""

    def label_from_instance(self, document):
        return f"{document.with_kind}, {formats.iso(document.dated_on)}"


class AroundForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """What a document is called, what of ours it rests on, and who answers for it."""

    title = forms.CharField(label=_("Title"), max_length=300)
    dated_on = forms.DateField(label=_("Date"), widget=DateInput)
    meeting = forms.ModelChoiceField(
        label=_("Written for"), queryset=Meeting.objects.none(), required=False, empty_label=_("No meeting")
    )
    basis = BasisField(
        label=_("Decision basis: documents"),
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their titles and dates are taken as they are."),
    )
    files = forms.ModelMultipleChoiceField(
        label=_("Decision basis: files"),
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    signers = forms.ModelMultipleChoiceField(
        label=_("Approved by"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their names and titles are printed last."),
    )
    is_secret = forms.BooleanField(label=_("Secrecy"), required=False, help_text=SECRET_HELP)

    def __init__(self, *args, document, user, **kwargs):
        super().__init__(*args, **kwargs)
        case = document.case
        self.fields["basis"].queryset = Document.objects.visible_to(user).filter(cases=case).for_list()
        self.fields["files"].queryset = Attachment.objects.visible_to(user).filter(case=case)
        self.fields["signers"].queryset = staff_of(case.body)
        self.fields["meeting"].queryset = Meeting.objects.filter(body=case.body).for_list()
        self.document = document
        self.initial = {
            "title": document.title,
            "dated_on": document.dated_on,
            "meeting": document.meeting_id,
            "is_secret": document.is_secret,
            "basis": [row.basis_document_id for row in document.basis.all()],
            "files": [row.attachment_id for row in document.basis.all()],
            "signers": [row.person_id for row in document.signers.all()],
        }

    def rests_on(self):
        """Return the basis: what was chosen, and what stands there already and this writer may not see."""
        shown = {*self.fields["basis"].queryset, *self.fields["files"].queryset}
        unseen = [row.thing for row in self.document.basis.all() if row.thing and row.thing not in shown]
        return [*self.cleaned_data["basis"], *self.cleaned_data["files"], *unseen]


class OutsideBasisForm(NoPersonalNumbers, forms.Form):
    """Something from outside that the decision rests on."""

    outside_title = forms.CharField(label=_("Title"), max_length=300)
    outside_date = forms.DateField(label=_("Date"), widget=DateInput, required=False)


class RecipientForm(NoPersonalNumbers, forms.ModelForm):
    """Who gets the decision."""

    class Meta:
        model = Recipient
        fields = ["name", "kind", "purpose"]


class SectionShareForm(forms.Form):
    """Who writes a section, and by when. The people are listed once for the whole page."""

    section = forms.IntegerField(widget=forms.HiddenInput)
    responsible = forms.TypedChoiceField(
        label=_("Responsible"),
        required=False,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    due_on = forms.DateField(
        label=_("Due"), widget=DateInput(attrs={"class": "form-control"}), required=False
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = people

    def clean_responsible(self):
        chosen = self.cleaned_data["responsible"]
        return Person.objects.get(pk=chosen) if chosen else None


SectionShareFormSet = forms.formset_factory(SectionShareForm, extra=0)
OutsideBasisFormSet = forms.formset_factory(OutsideBasisForm, extra=1, can_delete=True)
RecipientFormSet = forms.formset_factory(RecipientForm, extra=1, can_delete=True)


class FactForm(NoPersonalNumbers, CrispyMixin, forms.ModelForm):
    """A number that lives in prose: entered once, placed wherever it is said."""

    save_label = _("Save the value")
    rows = ("label", Row(Column("value"), Column("unit")), Row(Column("as_of"), Column("source")))

    class Meta:
        model = Fact
        fields = ["label", "value", "unit", "as_of", "source"]
        widgets = {"as_of": DateInput}
        localized_fields = ["value"]  # `7,5` and `1 234,5`, as Swedes write
        help_texts = {
            "label": _("As the reader would ask for it, such as “Decisions carried out”."),
            "source": _("Where the number comes from, such as a report or a system."),
        }

    def clean(self):
        cleaned = super().clean()
        value = cleaned.get("value")
        if (
            cleaned.get("unit") == Fact.Unit.COUNT
            and value is not None
            and value != value.to_integral_value()
        ):
            self.add_error("value", _("A number of things is whole. Choose another unit, or round it."))
        return cleaned
