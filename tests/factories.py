"""Rows for tests. What a service makes is made by the service, so that tests stand on what people get."""

import datetime as dt
import re
from io import BytesIO

import factory
import pikepdf
from factory.django import DjangoModelFactory

from cases.agenda import services as agenda
from cases.agenda.models import AgendaItem
from cases.register import services as register
from cases.register.models import (
    Case,
    Document,
    DocumentTemplate,
    Fact,
    NumberCounter,
    Proposal,
    TemplateSection,
)
from committee.models import Body, Meeting, Membership, Municipality, Period, Person, Role
from committee.services import plan_meeting
from core.services import review, take_step

TODAY = dt.date(2023, 6, 6)  # conftest stops the clock here
TERM = dt.date(2023, 1, 1)
PASSWORD = "ett långt lösenord"

# What comes with a role, as the first municipality sets it. Written by hand: nothing reads the demo.
ROLE_FLAGS = {
    "chair": "is_called may_attend may_speak may_decide may_read_drafts may_read_secret",
    "vice_chair": "is_called may_attend may_speak may_decide may_read_drafts may_read_secret",
    "member": "is_called may_attend may_speak may_decide",
    "substitute": "is_called may_attend",
    "secretary": "may_attend may_speak may_read_drafts may_read_secret",
    "head": "may_attend may_speak may_read_drafts may_read_secret",
    "case_officer": "may_read_drafts",
    "controller": "may_read_drafts",
    "registrar": "may_read_drafts may_read_secret",
    "administrator": "",
}

# Key, heading, block, required.
SECTIONS = [
    ("proposal", "Förslag till beslut", "register.proposal", False),
    ("summary", "Sammanfattning", "", True),
    ("matter", "Beskrivning av ärendet", "", True),
    ("economy", "Ekonomiska konsekvenser", "", False),
    ("basis", "Beslutsunderlag", "register.basis", False),
    ("signers", "Fastställd av", "register.signers", False),
    ("recipients", "Beslutet skickas till", "register.recipients", False),
]


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence("Granby kommun {}".format)
    slug = factory.Sequence("granby-{}".format)
    house_style = Municipality.HouseStyle.RULED
    department = "Socialförvaltningen"
    address = "123 00 Granby"
    visiting_address = "Hamngatan 4"
    phone = "0123-45 60 00"
    web = "granby.example"
    organisation_number = "212000-0000"

    class Params:
        typed = factory.Trait(
            number_format="{prefix}{year}/{number}",
            numbers=Municipality.Numbers.TYPED,
            house_style=Municipality.HouseStyle.COLUMN,
        )


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Socialnämnden"
    prefix = "SN"
    usual_place = "Kommunhuset, plan 2"
    deadline_offsets = factory.LazyFunction(
        lambda: {"notice": 35, "manuscript": 20, "presidium": 14, "summons": 7, "group": 1, "adjustment": -14}
    )


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role
        django_get_or_create = ("municipality", "key")

    municipality = factory.SubFactory(MunicipalityFactory)
    key = "member"

    @classmethod
    def _adjust_kwargs(cls, **fields):
        return dict.fromkeys(ROLE_FLAGS[fields["key"]].split(), True) | fields


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence("person{}@granby.example".format)
    first_name = factory.Iterator(["Alva", "Birk", "Cilla", "Dag", "Ebba", "Folke", "Greta", "Hugo"])
    last_name = factory.Sequence("Provsson{}".format)
    title = "handläggare"

    @classmethod
    def _create(cls, model_class, *args, email, password=PASSWORD, **fields):
        return model_class.objects.create_user(email, password, **fields)


class MembershipFactory(DjangoModelFactory):
    """MembershipFactory(person=…, body=…, key="secretary")"""

    class Meta:
        model = Membership
        exclude = ("key",)

    key = "member"
    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    role = factory.SubFactory(
        RoleFactory,
        municipality=factory.SelfAttribute("..body.municipality"),
        key=factory.SelfAttribute("..key"),
    )
    from_on = TERM


def person_as(key, body, **fields):
    """Return a new person who holds one role in a body."""
    return MembershipFactory(person=PersonFactory(**fields), body=body, key=key).person


class MeetingFactory(DjangoModelFactory):
    """A planned meeting with its stop dates. With `status`, one that simply is in that status."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    # Each a minute later than the last, and all on the same day, however many there have been.
    starts_at = factory.Sequence(
        lambda n: dt.datetime(2023, 6, 13, 16, 0, tzinfo=dt.UTC) + dt.timedelta(minutes=n % 300)
    )
    place = "Kommunhuset, plan 2"
    chair = factory.SubFactory(PersonFactory)
    secretary = factory.SubFactory(PersonFactory)

    @classmethod
    def _create(cls, model_class, *args, status=Meeting.Status.PLANNED, **fields):
        meeting = plan_meeting(by=fields["secretary"], **fields)
        return in_status(meeting, status)


class PeriodFactory(DjangoModelFactory):
    """A quarter: PeriodFactory(body=…, year=2023, number=2)"""

    class Meta:
        model = Period

    body = factory.SubFactory(BodyFactory)
    kind = Period.Kind.QUARTER
    year = 2023
    number = 2
    starts_on = factory.LazyAttribute(lambda o: dt.date(o.year, 3 * o.number - 2, 1))
    ends_on = factory.LazyAttribute(lambda o: dt.date(o.year, 3 * o.number, 28))


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    body = factory.SelfAttribute("period.body")
    period = factory.SubFactory(PeriodFactory)
    key = "unexecuted.executed"
    label = factory.LazyAttribute(lambda o: o.key)
    value = 7
    as_of = dt.date(2023, 5, 16)
    source = "Rapporteringen till IVO"
    by = factory.SubFactory(PersonFactory)


class TemplateFactory(DjangoModelFactory):
    """The tjänsteskrivelse, with SECTIONS; once for each municipality."""

    class Meta:
        model = DocumentTemplate
        django_get_or_create = ("municipality", "kind")
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = "tjansteskrivelse"
    name = "Tjänsteskrivelse"
    label = "TJÄNSTESKRIVELSE"

    @factory.post_generation
    def sections(self, create, extracted, **kwargs):
        if self.sections.exists():
            return
        TemplateSection.objects.bulk_create(
            TemplateSection(
                template=self, position=position, key=key, heading=heading, block=block, is_required=required
            )
            for position, (key, heading, block, required) in enumerate(extracted or SECTIONS, 1)
        )


class CaseFactory(DjangoModelFactory):
    """An open case, opened by the service. A given number sets the counter, or is typed.

    CaseFactory(body=…, number="SN/2023:00183", is_secret=True, secrecy_ground="OSL 26:1", released=True)
    """

    class Meta:
        model = Case

    body = factory.SubFactory(BodyFactory)
    title = factory.Sequence("Ärende {}".format)
    owner = factory.SubFactory(PersonFactory)
    number = ""
    opened_on = factory.LazyAttribute(lambda o: dt.date(year_of(o.number) or 2023, 4, 24))

    @classmethod
    def _create(cls, model_class, *args, number, status=Case.Status.OPEN, released=False, **fields):
        typed = fields["body"].municipality.numbers == Municipality.Numbers.TYPED
        if number and not typed:
            serial = int(re.findall(r"\d+", number)[-1])
            NumberCounter.objects.update_or_create(
                body=fields["body"], year=year_of(number), defaults={"last": serial - 1}
            )
        fields.setdefault("by", fields["owner"])
        case = register.open_case(number=number if typed else "", **fields)
        if released:
            release_to_members(case)
        return in_status(case, status)


def year_of(number):
    """Return the year in a registry number; 0 when there is none."""
    found = re.search(r"(?:19|20)\d\d", number)
    return int(found.group()) if found else 0


class DocumentFactory(DjangoModelFactory):
    """A document begun, written and taken to its status by the services.

    DocumentFactory(case=…, texts={"summary": "<p>…</p>"}, clauses=["…"], status="approved", released=True)
    """

    class Meta:
        model = Document

    case = factory.SubFactory(CaseFactory)
    template = factory.SubFactory(
        TemplateFactory, municipality=factory.SelfAttribute("..case.body.municipality")
    )
    title = factory.LazyAttribute(lambda o: o.case.title)
    author = factory.SelfAttribute("case.owner")
    dated_on = dt.date(2023, 5, 16)

    @classmethod
    def _create(
        cls,
        model_class,
        *args,
        texts=None,
        clauses=(),
        status="draft",
        released=False,
        **fields,
    ):
        author = fields["author"]
        document = register.begin_document(by=author, **fields)
        if texts:
            write(document, by=author, **texts)
        if clauses:
            register.word_clauses(document.proposals.get(), texts=clauses, by=author)
        document = advance(document, status)
        if released:
            release_to_members(document.case, document)
        return Document.objects.get(pk=document.pk)


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    case = factory.SubFactory(CaseFactory)
    made_by = Proposal.By.CHAIR


class ItemFactory(DjangoModelFactory):
    """An item on a planned meeting's agenda. ItemFactory(meeting=…, secret=True) is an individual's case."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence("Punkt {}".format)
    kind = AgendaItem.Kind.DECISION

    class Params:
        secret = factory.Trait(
            title="Individärende – sekretess", is_secret=True, outside_reference="Akt 4471"
        )

    @classmethod
    def _create(cls, model_class, *args, meeting, **fields):
        return agenda.add_item(meeting, by=meeting.secretary, **fields)


def write(document, *, by, **texts):
    """Save texts by section key, each written from the section's version of today; return conflicts."""
    sections = {section.key: section for section in document.sections.all()}
    return register.save_sections(
        document,
        texts={sections[key].pk: (text, sections[key].version) for key, text in texts.items()},
        by=by,
    )


def advance(document, status):
    """Take a draft to a status by its own steps."""
    for step in {"draft": [], "ready": ["finish"], "approved": ["finish", "approve"]}[status]:
        document = take_step(document, step, by=document.author)
    return document


def release_to_members(case, *documents, by=None):
    """Do to a case and its documents what the call of a meeting does."""
    keys = [document.pk for document in documents]
    register.release(cases=[case.pk], documents=keys, by=by or case.owner)
    case.refresh_from_db()


def call(meeting, *, by=None):
    """Review a meeting and send its summons; one without items gets one, for no empty agenda is called to."""
    by = by or meeting.secretary
    if not meeting.items.exists():
        ItemFactory(meeting=meeting)
    review(meeting, by=by)
    return take_step(meeting, "call", by=by)


def in_status(row, status):
    """Put a row where a test begins, past the only door: for the rows of a matrix."""
    if row.status != status:
        type(row).objects.filter(pk=row.pk).update(status=status)
        row.refresh_from_db()
    return row


def pdf_bytes(*lines, password=""):
    """Return a small PDF on whose only page the lines stand as text."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    text = "BT /F1 12 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(text.encode("latin-1"))
    stream = BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(stream, encryption=lock, deterministic_id=not password)
    return stream.getvalue()
