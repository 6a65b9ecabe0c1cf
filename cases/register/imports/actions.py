"""The actions of a plan from a file: rows are known by their activity, and a new activity is promised last."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.register import services
from cases.register.models import Action, Document
from cases.register.services.actions import FIELDS
from committee.models import Person
from committee.permissions import staff_of
from core import personal_numbers
from core.importing.rows import Shape, Told, plan_rows
from core.importing.targets import (
    CellError,
    CodeList,
    Context,
    ImportColumn,
    Plan,
    Row,
    Target,
    import_target,
)
from core.naming import key_of

TITLE = ImportColumn(
    "title",
    pgettext_lazy("of an action", "Activity"),
    "text",
    identifies=True,
    aliases=("Aktivitet", "Åtgärd"),
    longest=400,
)
PROMISED = [
    ImportColumn(
        "theme",
        pgettext_lazy("of an action", "Theme"),
        "text",
        is_required=False,
        aliases=("Tema",),
        longest=120,
    ),
    ImportColumn(
        "responsible",
        gettext_lazy("Responsible"),
        "code",
        is_required=False,
        code_of="responsible",
        aliases=("Ansvarig",),
    ),
    ImportColumn("due_on", gettext_lazy("Due"), "date", is_required=False, aliases=("Klart senast",)),
]


def plan(rows: Sequence[Row], context: Context) -> Plan:
    ours = {one.title: one for one in _actions(context.subject)}
    shape = Shape(
        PROMISED,
        find=lambda row: ours.get(row.values["title"]),
        name=lambda row, _of: row.values["title"],
        reads={"responsible": lambda one: str(one.responsible_id)},
        options={"responsible": dict(_people(context.subject))},
        refuse=_refuse,
    )
    found = plan_rows(rows, shape)
    alone = [row for row in rows if row.values["title"] not in ours and not _says_more(row)]
    found.errors += [CellError(row.cells["title"], _nobody()) for row in alone]
    return found


def _says_more(row: Row) -> bool:
    return any(row.values.get(column.key) for column in PROMISED)


def _nobody() -> str:
    return _("Say who is responsible: nobody else finds a new action on their desk.")


def _refuse(told: Told) -> str:
    """Say why an action cannot be promised."""
    if told.of is None and "responsible" not in told.fields:
        return _nobody()
    texts = (told.row.values["title"], told.fields.get("theme", ""))
    if any(next(personal_numbers.find(text), None) for text in texts):
        return _("A personal number stands in the text. Take it out.")
    return ""


def apply(plan: Plan, context: Context) -> None:
    """Save the whole plan again: what stands, as the file says it, and what is new below."""
    people = {str(one.pk): one for one in Person.objects.filter(pk__in=dict(_people(context.subject)))}
    said = {told.row.values["title"]: _fields(told, people) for told in plan.payload}
    rows = [
        {"pk": one.pk, "version": one.version, **{name: getattr(one, name) for name in FIELDS}}
        | said.pop(one.title, {})
        for one in _actions(context.subject)
    ]
    rows += [{"theme": "", "title": title, "due_on": None} | fields for title, fields in said.items()]
    services.plan_actions(context.subject, rows, by=context.by)


def _fields(told: Told, people: dict[str, Person]) -> dict[str, object]:
    if "responsible" not in told.fields:
        return told.fields
    return told.fields | {"responsible": people[told.fields["responsible"]]}


def _actions(document: Document):
    return Action.objects.of(document).select_related("responsible")


def _people(document: Document) -> list[tuple[str, str]]:
    """Return who may be responsible: the staff of today, and whoever is already."""
    people = {one.pk: one for one in staff_of(document.case.body)}
    people |= {one.responsible_id: one.responsible for one in _actions(document)}
    return [(str(pk), str(person)) for pk, person in people.items()]


def _closed(document: Document) -> str:
    if document.status == Document.Status.DRAFT:
        return ""
    return _("“%s” is no longer being written. Begin a new edition to change what it promises.") % document


import_target(
    Target(
        name="register.actions",
        label=gettext_lazy("Actions"),
        help=gettext_lazy(
            "Rows are known by their activity; a new one is put last. An empty cell changes nothing."
        ),
        subject="register.Document",
        permission="register.change_document",
        asked=lambda documents: documents.for_asking(),
        columns=[TITLE, *PROMISED],
        plan=plan,
        apply=apply,
        place=lambda document: key_of(document.case.body),
        year=lambda document: document.dated_on.year,
        code_lists={"responsible": CodeList(gettext_lazy("Responsible"), _people)},
        closed=_closed,
        seen_at=lambda document: document.get_absolute_url(),
        begins_at="register:case-list",
    )
)
