"""What a kind of kept row is, and where its pages are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

Label = str | Promise


class Listing:
    """A kind of row that an owner (a body) keeps. Each app says for its own what is not like this."""

    key: ClassVar[str] = ""
    label: ClassVar[Label] = ""
    help: ClassVar[Label] = ""
    add_label: ClassVar[Label] = ""
    heads: ClassVar[Sequence[Label]] = ()  # of the cells beside the name
    form: ClassVar[Any] = None
    begins_by_post = False  # whether what is missing is made by a button rather than on another page
    is_ordered = False  # whether rows have a `position` and can be moved
    has_preview = False  # whether the form can say how its row will look: `form.preview()`

    def rows(self, owner: Any) -> QuerySet:
        """Return the owner's rows in their order, with all that a line of the list shows."""
        raise NotImplementedError

    def new(self, owner: Any) -> Model:
        """Return a row that is not saved yet."""
        raise NotImplementedError

    def name(self, row: Any) -> str:
        return str(row)

    def cells(self, row: Any) -> Sequence[object]:
        return ()

    def group(self, row: Any) -> str:
        """Return the heading that the row stands below. Rows are moved among those of the same."""
        return ""

    def held(self, row: Any) -> str:
        """Say in a sentence what keeps the row from being removed; nothing when nothing does."""
        return ""

    def last_year(self, row: Any) -> int | None:
        """Return the last year that the row holds something of."""
        return None

    def loses(self, row: Any) -> str:
        """Say what else is gone when the row is removed."""
        return ""

    def edits_at(self, row: Any) -> str:
        """Return where the row is changed when that is not on a page of ours."""
        return ""

    def links(self, row: Any) -> Sequence[tuple[Label, str]]:
        """Return what else can be done to the row, each as a label and an address."""
        return ()

    def missing(self, owner: Any) -> tuple[Label, Label, str] | None:
        """Return what has to be there first: a sentence, a button's label and its address."""
        return None

    def offer(self, owner: Any) -> tuple[Label, str] | None:
        """Return how an empty list may be begun at once: a button's label and its address."""
        return None

    @property
    def ends(self) -> bool:
        """Whether rows can end with a year instead of being removed."""
        return self.form is not None and "to_year" in self.form.base_fields


class Setup:
    """The listings of an app, each under its key, and who keeps them."""

    def __init__(
        self,
        *,
        namespace: str,
        label: Label,
        help: Label,
        owner: Callable[[Any], Any],
        listings: Iterable[Listing],
        crumb: tuple[Label, str],
        families: Mapping[str, Callable[[str], Listing | None]] | None = None,
        years: Callable[[Any], Iterable[Listing]] = lambda _owner: (),
    ):
        """`owner` gives what a person keeps rows of, or None; `families` make listings of keys like `goals-2024`,
        of which `years` says those that the index shows.
        """
        self.namespace, self.label, self.help, self.owner = namespace, label, help, owner
        self.listings = {one.key: one for one in listings}
        self.families, self.years = families or {}, years
        self.crumb = crumb

    def find(self, key: str) -> Listing | None:
        family, _dash, rest = key.partition("-")
        if key in self.listings or family not in self.families:
            return self.listings.get(key)
        return self.families[family](rest)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.namespace}:setup{f'-{name}' if name else ''}", args=args)
