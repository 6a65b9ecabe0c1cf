"""Every page of the demo by name, and who sees which: once, unless it looks otherwise to another."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.measures.models import Assignment, MeasureEdition, RatingStep
from cases.measures.services import begin_rating
from cases.register.models import Action, Attachment, Case, Document, DocumentTemplate, Fact
from cases.register.services import add_fact, attach, begin_document
from committee.models import Meeting, OperatingArea, Period, Person
from config.demo.loader import MEETING, TODAY
from core.services import take_step
from tests.factories import pdf_bytes

FILE = "a file, a stylesheet or data"
PIECE = "a piece of a page that is looked at"
LEADS_ON = "leads on to a page that is looked at"
OF_A_RUN = "of an import that a worker has begun: see test_importing"

SEEN_BY = {
    "secretary": (
        "desk meetings agenda preview empty-agenda held new-meeting call cancel new-item item proposal"
        " cases case case-edit new-case new-document new-file document around edition difference"
        " search hits people appoint password reminders withdraw-item change-file close-case"
    ),
    "officer": "desk own-case draft waiting my-measures my-measures-ready my-measure plan-actions follow-up"
    " actions action finish-action facts fact",
    "controller": (
        "goal-tree goal-tree-deviating outcomes outcome late measure new-measure edition-of-measure"
        " rating rating-ready assignments assignment new-assignment report report-made report-shares"
        " columns periods take-over plan-year close-period remove-period close-interim target ready-rating"
        " change-assignment finish-assignment no-goals goals-to-set-up goals-of-year scale-row remove-goal"
        " economy-to-set-up areas area remove-area imports import"
    ),
    "head": "desk waiting approve send-back",
    "chair": "desk agenda proposal report",
    "member": "forbidden meetings agenda reading cases shared-case",
    "administrator": (
        "end committee municipality templates new-template template template-edit law section-plan"
        " new-section"
    ),
    "neighbour": "desk neighbours-case neighbours-document",
    None: "log-in forgotten missing reminders-off",
}
EVERYWHERE = [(who, name) for who, names in SEEN_BY.items() for name in names.split()]

# What answers a GET and is no page of its own, by the name of its address, and why.
NOT_LOOKED_AT = {
    "agenda:item-detail": LEADS_ON,
    "agenda:meeting-next": LEADS_ON,
    "agenda:meeting-read": LEADS_ON,
    "committee:accent": FILE,
    "core:health": FILE,
    "core:job-tray": PIECE,
    "core:search-suggest": PIECE,
    "core:table": FILE,
    "core:table-file": FILE,
    "core:way": LEADS_ON,
    "finance:setup-move": LEADS_ON,
    "importing:codes": OF_A_RUN,
    "importing:columns": OF_A_RUN,
    "importing:run": OF_A_RUN,
    "measures:current": LEADS_ON,
    "measures:mine": LEADS_ON,
    "measures:setup-move": LEADS_ON,
    "register:action-edit": "only of an action that was entered by hand, in the form of a new one",
    "register:attachment-file": FILE,
    "register:document-figures": FILE,
    "register:document-findings": PIECE,
    "register:template-outline": PIECE,
    "reports:rendition-file": FILE,
}

FIXED = {
    "desk": "/",
    "meetings": "/meetings/",
    "new-meeting": "/meetings/new/",
    "cases": "/cases/",
    "new-case": "/cases/new/",
    "search": "/search/",
    "hits": "/search/?q=2023",
    "people": "/people/",
    "appoint": "/people/new/",
    "password": "/accounts/password/change/",
    "log-in": "/accounts/login/",
    "forgotten": "/accounts/password/reset/",
    "missing": "/inte-har/",
    "forbidden": "/meetings/new/",
    "reminders": "/reminders/",
    "reminders-off": "/reminders/off/nobody/",
    "committee": "/committee/",
    "municipality": "/municipality/",
    "templates": "/templates/",
    "new-template": "/templates/new/",
    "actions": "/actions/",
    "plan-year": "/periods/new/",
    "no-goals": "/measures/none/",
    "goals-to-set-up": "/measures/setup/",
    "goals-of-year": "/measures/setup/goals-2023/",
    "economy-to-set-up": "/finance/setup/",
    "areas": "/finance/setup/areas/",
    "imports": "/imports/",
    "assignments": "/measures/assignments/?year=2023",
    "new-assignment": "/measures/assignments/new/",
    "columns": "/finance/setup/columns-operating/",
    "periods": "/periods/?year=2023",
}
FOUND = {
    "agenda": lambda: june().get_absolute_url(),
    "preview": lambda: f"/meetings/{june().pk}/read/{item('SN/2023:00092').pk}/",
    "empty-agenda": lambda: Meeting.objects.get(items=None).get_absolute_url(),
    "held": lambda: may().get_absolute_url(),
    "reading": lambda: f"/meetings/{may().pk}/read/{may().items.last().pk}/",
    "call": lambda: f"/meetings/{june().pk}/step/call/",
    "cancel": lambda: f"/meetings/{june().pk}/step/cancel/",
    "new-item": lambda: f"/meetings/{june().pk}/items/new/",
    "item": lambda: f"/items/{item('SN/2023:00183').pk}/edit/",
    "proposal": lambda: f"/items/{item('SN/2023:00183').pk}/proposal/",
    "case": lambda: case("SN/2023:00183").get_absolute_url(),
    "own-case": lambda: case("SN/2023:00220").get_absolute_url(),
    "shared-case": lambda: case("SN/2023:00217").get_absolute_url(),
    "case-edit": lambda: f"/cases/{case('SN/2023:00183').pk}/edit/",
    "new-document": lambda: f"/cases/{case('SN/2023:00183').pk}/documents/new/",
    "new-file": lambda: f"/cases/{case('SN/2023:00183').pk}/files/new/",
    "document": lambda: f"{item('SN/2023:00183').document.get_absolute_url()}",
    "draft": lambda: draft().get_absolute_url(),
    "around": lambda: f"/documents/{draft().pk}/around/",
    "edition": lambda: Document.objects.get(edition=2).get_absolute_url(),
    "difference": lambda: f"/documents/{Document.objects.get(edition=2).pk}/compare/",
    "report": lambda: report().get_absolute_url(),
    "report-made": lambda: f"{report().get_absolute_url()}?section=goals",
    "report-shares": lambda: f"/documents/{report().pk}/sections/",
    "waiting": lambda: waiting().get_absolute_url(),
    "approve": lambda: f"/documents/{waiting().pk}/step/approve/",
    "send-back": lambda: f"/documents/{waiting().pk}/step/send_back/",
    "end": lambda: f"/people/{june().body.memberships.first().pk}/end/",
    "goal-tree": lambda: reported().get_absolute_url(),
    "goal-tree-deviating": lambda: f"{reported().get_absolute_url()}?show=deviating",
    "outcomes": lambda: f"{coming().get_absolute_url()}outcomes/",
    "outcome": lambda: f"{coming().get_absolute_url()}outcomes/{measure(30).pk}/",
    "take-over": lambda: f"/measures/years/{june().body_id}/2023/continue/",
    "late": lambda: f"{coming().get_absolute_url()}late/",
    "measure": lambda: measure(14).get_absolute_url(),
    "new-measure": lambda: f"/measures/new/{measure(14).goal_id}/",
    "edition-of-measure": lambda: f"/measures/editions/{measure(14).pk}/",
    "rating": lambda: rating_of_the_year().get_absolute_url(),
    "rating-ready": lambda: measure(14).ratings.get(period=reported()).get_absolute_url(),
    "assignment": lambda: Assignment.objects.first().get_absolute_url(),
    "my-measures": lambda: f"/measures/mine/{coming().pk}/",
    "my-measures-ready": lambda: f"/measures/mine/{reported().pk}/",
    "plan-actions": lambda: f"/documents/{plan().pk}/actions/",
    "withdraw-item": lambda: f"/items/{item('SN/2023:00183').pk}/withdraw/",
    "change-file": lambda: f"/files/{attached_file().pk}/edit/",
    "close-case": lambda: f"/cases/{case('SN/2023:00183').pk}/step/close/",
    "my-measure": lambda: f"/measures/mine/{coming().pk}/{measure(29).pk}/",
    "follow-up": lambda: f"/documents/{plan().pk}/follow-up/",
    "action": lambda: Action.objects.first().get_absolute_url(),
    "finish-action": lambda: f"/actions/{Action.objects.first().pk}/step/finish/",
    "facts": lambda: f"/documents/{plan().pk}/facts/",
    "fact": lambda: f"/documents/{plan().pk}/facts/{fact_of(plan()).pk}/",
    "close-period": lambda: f"/periods/{coming().pk}/step/close/",
    "remove-period": lambda: f"/periods/{coming().pk}/remove/",
    "close-interim": lambda: f"/measures/periods/{reported().pk}/step/close/",
    "target": lambda: f"/measures/editions/{measure(14).pk}/target/",
    "ready-rating": lambda: f"{rating_of_the_year().get_absolute_url()}step/finish/",
    "change-assignment": lambda: f"{Assignment.objects.first().get_absolute_url()}edit/",
    "finish-assignment": lambda: f"{Assignment.objects.first().get_absolute_url()}step/finish/",
    "scale-row": lambda: f"/measures/setup/scale/{RatingStep.objects.first().pk}/",
    "remove-goal": lambda: f"/measures/setup/goals-2023/{measure(14).goal_id}/remove/",
    "area": lambda: f"/finance/setup/areas/{area().pk}/",
    "remove-area": lambda: f"/finance/setup/areas/{area().pk}/remove/",
    "import": lambda: f"/imports/finance.amounts/{reported().pk}/",
    "template-edit": lambda: f"{quality_report().get_absolute_url()}edit/",
    "law": lambda: f"{quality_report().get_absolute_url()}law/",
    "new-section": lambda: f"{quality_report().get_absolute_url()}sections/new/",
    "template": lambda: quality_report().get_absolute_url(),
    "section-plan": lambda: f"/templates/sections/{quality_report().sections.first().pk}/",
    "neighbours-case": lambda: theirs().get_absolute_url(),
    "neighbours-document": lambda: theirs().documents.get().get_absolute_url(),
}


def path_of(name):
    """Return the address of a place in the demo as it was loaded."""
    return FIXED.get(name) or FOUND[name]()


def report():
    return Document.objects.get(template__kind="delarsrapport")


def june():
    return Meeting.objects.get(starts_at__date=MEETING)


def may():
    return Meeting.objects.get(status=Meeting.Status.HELD)


def reported():
    """Return the second interim period, of which everything is reported."""
    return Period.objects.get(kind=Period.Kind.INTERIM, year=2023, number=2)


def coming():
    """Return the full year, of which nothing is reported."""
    return Period.objects.get(kind=Period.Kind.YEAR, year=2023)


def measure(number):
    """Return what a measure is in 2023."""
    return MeasureEdition.objects.get(measure__number=number, year=2023)


def rating_of_the_year():
    """Return a rating that is being written."""
    controller = Person.objects.get(email__startswith="hillevi.")
    return begin_rating(coming(), measure(14).goal, owner=controller, by=controller)


def item(number):
    """Return the item of 13 June that deals with a case."""
    return june().items.get(case__number=number)


def case(number):
    return Case.objects.get(number=number)


def plan():
    """Return the year's plan for the working environment, which follows up the one before."""
    return Document.objects.get(template__kind="sam-uppfoljning", status=Document.Status.DRAFT)


def quality_report():
    """Return a template that the law asks things of."""
    return DocumentTemplate.objects.get(kind="kvalitetsberattelse", municipality__slug="lindvassa")


def theirs():
    """Return the case of the other municipality."""
    return Case.objects.get(number="SN2023/158")


def draft():
    """Return the document that is still being written, by the officer."""
    return Document.objects.get(
        case__number="SN/2023:00220", template__kind="tjansteskrivelse", status=Document.Status.DRAFT
    )


def waiting():
    """Return a document that waits for the head's approval; the demo as loaded has none."""
    found = Document.objects.filter(status=Document.Status.READY).first()
    return found or make_waiting(case("SN/2023:00220"), Person.objects.get(email__startswith="jesper."))


def make_waiting(of_case, author):
    template = of_case.body.municipality.document_templates.get(kind="tjansteskrivelse")
    words = {"title": "Uppföljning av skyddsronder", "author": author, "dated_on": TODAY}
    return take_step(begin_document(of_case, template, by=author, **words), "finish", by=author)


def attached_file():
    """Return a file on a case; the demo as loaded has none."""
    return Attachment.objects.first() or attach(
        case("SN/2023:00183"),
        SimpleUploadedFile("bilaga.pdf", pdf_bytes("Bilaga"), "application/pdf"),
        title="Bilaga",
        dated_on=TODAY,
        by=june().secretary,
    )


def fact_of(document):
    """Return a number of the period that a document is about."""
    held = Fact.objects.filter(period=document.subject).first()
    return held or add_fact(
        document.subject, by=june().secretary, label="Skyddsronder", value=4, unit="", as_of=TODAY
    )


def area():
    return OperatingArea.objects.filter(body=june().body).first()
