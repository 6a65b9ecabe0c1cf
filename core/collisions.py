"""Two people in one form: what each of them changed is kept, and where both changed the same, they choose.

The history knows what was changed after a page was shown, so rows need no version of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Field, Max, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.models import Change
from core.richtext.fields import RichTextFormField
from core.richtext.plain import plain_text

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last change of a row that somebody's form has shown, and what they chose where it collided.

    A choice holds for what was there to choose from: until the change `settled`.
    """

    change: int
    settled: int = 0
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Collision:
    """A field that two people changed: both values, and the change that came first."""

    field: str
    mine: Any
    theirs: Any
    change: Change


class Collided(Exception):
    """Somebody else changed the same fields meanwhile; nothing is saved."""

    def __init__(self, collisions: list[Collision], latest: int):
        self.collisions, self.latest = collisions, latest
        super().__init__(", ".join(one.field for one in collisions))


def latest_change(row: Model) -> int:
    """Return the key of the last change of a recorded row, 0 where there is none."""
    return Change.objects.about((type(row), [row.pk])).aggregate(last=Max("pk"))["last"] or 0


def reconciled(row: Model, fields: Mapping[str, Any], seen: Seen | None) -> dict[str, Any]:
    """Return the values to save on a locked row: what somebody else changed and this writer did not, stays theirs.

    Raises Collided for what both changed. Without `seen` everything is the writer's.
    """
    if seen is None:
        return dict(fields)
    since = list(
        Change.objects.about((type(row), [row.pk]))
        .filter(pk__gt=seen.change, action=Change.Action.UPDATE)
        .select_related("by")
        .order_by("pk")
    )
    kept = {name: getattr(row, name) for name in fields if _is_theirs(row, name, fields[name], since)}
    found = [one for one in _collisions(row, fields, since) if one.field not in kept]
    if found and not (seen.keep and since[-1].pk <= seen.settled):
        raise Collided(found, since[-1].pk)
    if seen.keep == THEIRS:
        kept |= {one.field: one.theirs for one in found}
    return {**fields, **kept}


def _is_theirs(row: Model, name: str, mine: Any, since: list[Change]) -> bool:
    """Return whether a field was changed by somebody else, and left as it was by the writer."""
    field = row._meta.get_field(name)
    touched = _touching(field, since)
    return bool(touched) and _same(field, mine, (touched[0].old or {}).get(field.column))


def _collisions(row: Model, fields: Mapping[str, Any], since: list[Change]) -> Iterator[Collision]:
    for name, mine in fields.items():
        field = row._meta.get_field(name)
        touched = _touching(field, since)
        if touched and not _same(field, mine, getattr(row, field.attname)):
            yield Collision(name, mine, getattr(row, name), touched[-1])


def _touching(field: Field, since: list[Change]) -> list[Change]:
    return [change for change in since if field.column in change.fields]


def _same(field: Field, mine: Any, other: Any) -> bool:
    """Compare what was typed with a value of the row or of its history, whatever line ends a browser sends."""
    ends = [field.to_python(getattr(value, "pk", value)) for value in (mine, other)]
    one, another = (value.replace("\r\n", "\n") if isinstance(value, str) else value for value in ends)
    return one == another


class RemembersSeen:
    """A model form that says what its page showed: `seen` is for the service that saves, None for a new row."""

    def __init__(self, *args, **kwargs):
        row = kwargs["instance"]
        latest = latest_change(row) if row.pk else 0
        is_shown = (args[0] if args else kwargs.get("data")) is None
        if row.pk and is_shown:
            row.refresh_from_db()  # so that nothing is shown that is older than what it is said to be
        super().__init__(*args, **kwargs)
        if row.pk:
            hidden = {"required": False, "widget": forms.HiddenInput}
            self.fields["seen"] = forms.IntegerField(initial=latest, **hidden)

    @property
    def helper(self):
        helper = super().helper
        if "seen" in self.fields:
            helper.layout.append("seen")
        return helper

    @property
    def seen(self) -> Seen | None:
        change = self.cleaned_data.get("seen")
        if change is None:
            return None
        settled = self.data.get("settled", "")
        keep = self.data.get("keep", "")
        return Seen(
            change, int(settled) if settled.isdecimal() else 0, keep if keep in (MINE, THEIRS) else ""
        )


def choose(request: HttpRequest, form: Any, collided: Collided, *, back: tuple[str, str]) -> HttpResponse:
    """Show both values of every field that collided. `back` is label and address of where the form belongs."""
    rows = [
        {
            "label": _label(form, one.field),
            "mine": _told(form, one.field, one.mine),
            "theirs": _told(form, one.field, one.theirs),
            "by": one.change.by,
            "at": one.change.at,
            "is_ones_own": one.change.by_id == request.user.pk,
        }
        for one in collided.collisions
    ]
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "settled", "keep")
    ]
    own = all(row["is_ones_own"] for row in rows)
    context = {"rows": rows, "sent": sent, "latest": collided.latest, "back": back, "own": own}
    return render(request, "core/collisions.html", context, status=409)


def _label(form: Any, name: str) -> str:
    if name in form.fields:
        return str(form.fields[name].label)
    return str(form._meta.model._meta.get_field(name).verbose_name).capitalize()


def _told(form: Any, name: str, value: Any) -> str:
    """Say a value as the form does."""
    field = form.fields.get(name)
    if value is None:
        return ""
    if isinstance(field, RichTextFormField):
        return plain_text(value, included=True)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return "\n".join(f"{key} = {one}" for key, one in value.items())
    choices = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}
    return str(choices.get(value, value))
