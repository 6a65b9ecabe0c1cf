"""Pages of a foreign PDF made a little smaller, so that a strip is free at their foot: see `reports.pdf.strip`."""

import copy
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import translation
from pikepdf import Array, Dictionary, Object, Page, Pdf

from reports.annexes.labels import label
from reports.pdf import stamp, strip
from reports.pdf.objects import look
from reports.pdf.tags import struct_elements

LABEL = "/AnnexLabel"
# What the numbers of a destination are: places across, places up the page.
VIEWS = {"/XYZ": "xy", "/FitH": "y", "/FitBH": "y", "/FitV": "x", "/FitBV": "x", "/FitR": "xyxy"}


@dataclass(frozen=True, slots=True)
class Move:
    """Where the points of a page go: towards the middle of what is the page's head to its reader."""

    scale: float
    x: float
    y: float

    def points(self, numbers: Iterable[Object], axes: str = "xy") -> Array:
        """Return coordinates as they are after the move; what is no number is left."""
        away = {"x": self.x, "y": self.y}
        turns = axes * 8
        return Array(
            [
                round(float(number) * self.scale + away[axis], 3) if is_number(number) else number
                for number, axis in zip(numbers, turns, strict=False)
            ]
        )

    def matrix(self, before: Iterable[Object]) -> Array:
        """Return the matrix that does what another does, and then moves."""
        turn, away = [float(number) for number in before][:4], [*before][4:]
        return Array([*(round(number * self.scale, 6) for number in turn), *self.points(away)])


def is_number(found: object) -> bool:
    try:
        float(found)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


Moves = Mapping[tuple[int, int], Move]


def shrink(pdf: Pdf, title: str, lang: str = "sv") -> Moves:
    """Make every page smaller within its size, and write at its foot whose it is. Return what was moved where.

    What was cropped away stays away, though there is room for it now.
    """
    with translation.override(lang):
        labels = [
            label(title, number, len(pdf.pages), stamp.shown_size(page)[0]) if title else ""
            for number, page in enumerate(pdf.pages, start=1)
        ]
    face = typeface("".join(labels))
    font = stamp.embed(pdf, face)
    moves = {}
    for page, words in zip(pdf.pages, labels, strict=True):
        moves[page.obj.objgen] = move = move_of(page)
        move_patterns(page, move)
        move_links(page, move)
        left, bottom, right, top = stamp.edges(page)
        moving = f"{move.scale:.6f} 0 0 {move.scale:.6f} {move.x:.3f} {move.y:.3f} cm"
        showing = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
        stamp.fence(page, f"{moving} {showing}".encode("ascii"))
        stamp.write(page, words, font, stamp.place(page, strip.SIDE, strip.BASELINE), LABEL)
    move_figures(pdf, moves)
    return moves


def typeface(letters: str) -> stamp.Typeface:
    """Return the typeface with these letters, under a name that tells it from that of another annex."""
    used = "".join(sorted(set(stamp.coded(letters).decode("cp1252"))))
    digest = hashlib.sha256(used.encode()).digest()
    return stamp.typeface(used, "".join(chr(ord("A") + byte % 26) for byte in digest[:6]))


def move_of(page: Page) -> Move:
    left, bottom, right, top = stamp.edges(page)
    scale = strip.scale(stamp.shown_size(page)[1])
    middle = ((left + right) / 2, (bottom + top) / 2)
    # The point that stays where it is: the middle of the edge that is the page's head.
    x, y = {
        0: (middle[0], top),
        90: (left, middle[1]),
        180: (middle[0], bottom),
        270: (right, middle[1]),
    }[stamp.rotation(page)]
    return Move(scale, x * (1 - scale), y * (1 - scale))


def move_patterns(page: Page, move: Move) -> None:
    """Patterns and gradients lie on the page itself, whatever its content does: they are moved with it."""
    patterns = page.resources.get("/Pattern")
    if patterns is None:
        return
    moved = Dictionary()
    for name, pattern in patterns.items():
        moved[name] = copy.copy(pattern)
        moved[name].Matrix = move.matrix(pattern.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    page.obj.Resources = copy.copy(page.resources)  # others may use it too
    page.obj.Resources.Pattern = moved


def move_links(page: Page, move: Move) -> None:
    for link in page.obj.get("/Annots", []):
        for place in ("/Rect", "/QuadPoints"):
            if place in link:
                link[place] = move.points(link[place])


def move_figures(pdf: Pdf, moves: Moves) -> None:
    for element in struct_elements(pdf.Root.StructTreeRoot):
        box, page = look(element, "/A", "/BBox"), element.get("/Pg")
        if isinstance(box, Array) and page is not None and page.objgen in moves:
            element.A.BBox = moves[page.objgen].points(box)


def moved_target(target: Array, moves: Moves) -> Array:
    """Return a destination as it is after its page was moved."""
    page, view, *numbers = target
    move = moves.get(page.objgen)
    if move is None or str(view) not in VIEWS:
        return target
    axes = VIEWS[str(view)]
    return Array([page, view, *move.points(numbers[: len(axes)], axes), *numbers[len(axes) :]])
