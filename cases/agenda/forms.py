"""What is asked of people about the agenda."""

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from cases.agenda.models import AgendaItem
from cases.register.models import Attachment, Case, Document
from committee.models import Meeting, Person
from committee.permissions import staff_of
from core import personal_numbers
from core.choosing import SeekingMixin, SoughtField, SoughtManyField, sought
from core.collisions import RemembersSeen
from core.forms import CrispyMixin, NoPersonalNumbers
from core.richtext.plain import plain_text


class MeetingForm(CrispyMixin, forms.ModelForm):
    """Plan a meeting. Its stop dates follow from the body's rules."""

    save_label = _("Plan the meeting")
    rows = (Row(Column("starts_at"), Column("place")), Row(Column("chair"), Column("secretary")))

    class Meta:
        model = Meeting
        fields = ["starts_at", "place", "chair", "secretary"]
        widgets = {
            "starts_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.body = body
        people = Person.objects.filter(memberships__body=body).distinct()
        self.fields["chair"].queryset = people.filter(memberships__role__key__in=["chair", "vice_chair"])
        self.fields["secretary"].queryset = people.filter(memberships__role__key="secretary")

    def clean_starts_at(self):
        starts_at = self.cleaned_data["starts_at"]
        if Meeting.objects.filter(body=self.instance.body, starts_at=starts_at).exists():
            raise forms.ValidationError(_("The committee already has a meeting at this very time."))
        return starts_at


def described(document):
    """Name a document so that it can be told from others of the same title."""
    return f"{document.case.number} · {document.template.name} · {document.title}"


def of_case(keys):
    """Return the condition that a document is of a case, or serves it besides its own."""
    return Q(case__in=keys) | Q(pk__in=Document.objects.filter(cases__in=keys).values("pk"))


def titled_as(case, document):
    """Return what an item is called that nobody has called anything."""
    return case.title if case else document.title if document else ""


def newest_number_first(key="number_key"):
    """Return how to order by registry number: 2023:92 before 2022:596, and 2023:183 before 2023:22."""
    year, serial = [Func(F(key), Value("-"), Value(part), function="split_part") for part in (1, 2)]
    return year.desc(), Length(serial).desc(), serial.desc()


class CaseField(SoughtField):
    find_label = _("Search open cases by number or title")
    none_found = _("No open case has this number or these words in its title.")
    only_secret = _(
        "A secret case is not chosen here. Tick “Individual case, secret” below, and write its reference there."
    )
    narrows = ("id_document", "id_annexes", "id_attachments")


class FindsDocuments:
    find_label = _("Search documents by number or title")
    none_found = _("No document in an open case has this number or these words in its title.")
    narrowed = _("These are the case's own. Search for others by number or title.")
    none_likely = _("The case has no document yet. Search for others by number or title.")

    def label_from_instance(self, document):
        return described(document)


class DocumentField(FindsDocuments, SoughtField):
    pass


class DocumentsField(FindsDocuments, SoughtManyField):
    pass


class FilesField(SoughtManyField):
    find_label = _("Search files by number or title")
    none_found = _("No file in an open case has this number or these words in its title.")
    narrowed = _("These are the case's own. Search for others by number or title.")
    none_likely = _("The case has no file yet. Search for others by number or title.")

    def label_from_instance(self, file):
        return f"{file.case.number} · {file.get_kind_display()} · {file.title}"


class ItemForm(RemembersSeen, NoPersonalNumbers, SeekingMixin, CrispyMixin, forms.ModelForm):
    """An item on the agenda. An individual's case is there by a neutral title and a reference only."""

    rows = (
        "kind",
        sought("case"),
        "title",
        sought("document"),
        sought("annexes"),
        sought("attachments"),
        "presenters",
        "minutes",
        "text",
        "papers_later",
        "is_secret",
        "outside_reference",
    )

    annexes = DocumentsField(
        label=_("Annexes"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Documents that go with the report, such as a plan."),
    )
    attachments = FilesField(
        label=_("Files"),
        queryset=Attachment.objects.none(),
        required=False,
        help_text=_(
            "Files of the case that follow in the papers, as pages or, where that cannot be, attached."
        ),
    )

    class Meta:
        model = AgendaItem
        fields = [
            "kind",
            "case",
            "title",
            "document",
            "presenters",
            "minutes",
            "text",
            "papers_later",
            "is_secret",
            "outside_reference",
        ]
        field_classes = {"case": CaseField, "document": DocumentField}
        widgets = {"kind": forms.RadioSelect, "presenters": forms.CheckboxSelectMultiple}

    def __init__(self, *args, meeting, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting
        self.held = (
            list(self.instance.papers.select_related("document", "attachment")) if self.instance.pk else []
        )
        self.initial["annexes"] = [paper.document_id for paper in self.held if paper.document_id]
        self.initial["attachments"] = [paper.attachment_id for paper in self.held if paper.attachment_id]
        self.offer(Case.objects.visible_to(user).filter(body=meeting.body, is_secret=False), user)
        self.fields["presenters"].queryset = staff_of(meeting.body)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty, the title of the case or the document is used.")
        self.fields["is_secret"].help_text = _(
            "Neutral title and the reference in the social-services system. No text, no case, no file."
        )

    def offer(self, cases, user):
        """Let open cases, their documents and files be chosen, and what was chosen before.

        Among all that were ever closed, nobody would find the one that is looked for. With a case its own
        documents and files are offered; others are found by their number or title.
        """
        open_or_chosen = cases.filter(Q(status=Case.Status.OPEN) | Q(pk=self.instance.case_id))

        def open_to_all(rows, chosen):
            held = Q(case__in=open_or_chosen) | Q(pk__in=chosen)
            shown = rows.visible_to(user).filter(held, case__in=cases, is_secret=False)
            return shown.for_list().order_by(*newest_number_first("case__number_key"), "-dated_on", "pk")

        documents = open_to_all(Document.objects, [self.instance.document_id, *self.initial["annexes"]])
        files = open_to_all(Attachment.objects, self.initial["attachments"])
        self.fields["case"].queryset = open_or_chosen.order_by(*newest_number_first())
        self.fields["case"].help_text = _("Open cases. A closed one has to be opened again first.")
        chosen_case = self.chosen("case")
        self.fields["case"].offer(chosen_case, self.words("case"))
        self.tell_of_secret_cases(user)
        its_documents, its_files = (
            (of_case(chosen_case), Q(case__in=chosen_case)) if chosen_case else (None, None)
        )
        for name, rows, likely in (
            ("document", documents, its_documents),
            ("annexes", documents, its_documents),
            ("attachments", files, its_files),
        ):
            self.fields[name].queryset = rows
            self.fields[name].offer(self.chosen(name), self.words(name), likely)

    def tell_of_secret_cases(self, user):
        """Say to whoever may see the secret case that was searched for how it comes on the agenda."""
        field, words = self.fields["case"], self.words("case")
        if words and field.told == field.none_found:
            secret = Case.objects.visible_to(user).filter(body=self.instance.meeting.body, is_secret=True)
            if secret.filter(status=Case.Status.OPEN).matching(words).exists():
                field.told = str(field.only_secret)

    def clean_text(self):
        """Look for personal numbers in the words; those that are cut by mark-up too."""
        text = self.cleaned_data["text"]
        if found := next(personal_numbers.find(plain_text(text, included=True)), None):
            raise forms.ValidationError(self.number_stands % personal_numbers.hide(found))
        return text

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_secret"):
            self.clean_secret(cleaned)
            return cleaned
        document, case = cleaned.get("document"), cleaned.get("case")
        if document and not case:
            cleaned["case"] = document.case
        if not cleaned.get("title"):
            cleaned["title"] = titled_as(case, document)
            if not cleaned["title"]:
                self.add_error("title", _("Write a title, or choose the case or a document."))
        return cleaned

    def clean_secret(self, cleaned):
        """An individual's case carries nothing but a neutral title and a reference."""
        if not cleaned.get("outside_reference"):
            self.add_error("outside_reference", _("Write the reference in the social-services system."))
        cleaned["title"] = str(_("Individual case – secret"))
        cleaned.update(case=None, document=None, text="", annexes=[], attachments=[], papers_later=False)

    def papers(self):
        """Return what goes with the item: as it lay before, what is new last, and what the form could not show.

        Nobody took away what they were not shown, such as a file that has become secret since.
        """
        if self.cleaned_data["is_secret"]:
            return []
        chosen = [*self.cleaned_data["annexes"], *self.cleaned_data["attachments"]]
        before = [paper.document or paper.attachment for paper in self.held]
        shown = [
            self.fields[name].queryset.filter(pk__in=self.initial[name])
            for name in ("annexes", "attachments")
        ]
        kept = [one for one in before if one in chosen or not any(one in rows for rows in shown)]
        return [*kept, *(one for one in chosen if one not in kept)]
