"""Whether all that a page draws is either tagged or set apart as an artifact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from reports.pdf.tags import parent_tree

PAINTING = frozenset("S s f F f* B B* b b* sh Do Tj TJ ' \" BI INLINE IMAGE EI".split())
CMYK = frozenset("k K".split())
INLINE_CMYK = (Name.CMYK, Name.DeviceCMYK)
PAINTS = re.compile(rb"[\s\])>](?:[SsfFBb]\*?|sh|Do|T[Jj]|['\"]|BI)(?=[\s/\[(<]|$)")
NUMBER = re.compile(rb"/MCID\s+(\d+)")


def content_of(page: Page) -> bytes:
    content = page.obj.get("/Contents", Array())
    streams = content if isinstance(content, Array) else [content]
    return b"\n".join(stream.read_bytes() for stream in streams)


def numbers_in(content: bytes) -> list[int]:
    """Return the numbers of tagged content, as they are written in the page itself."""
    return [int(number) for number in NUMBER.findall(content)]


def may_draw_outside(content: bytes) -> bool:
    """Say whether the page may draw something outside of all marks: a look that costs a thousandth of reading it.

    It never overlooks that in content such as we write, whose strings are hexadecimal and whose marks stand side by
    side; of others it says so too often rather than too seldom, and `Reader` knows.
    """
    content = content.replace(b"BMC", b"BDC")
    outside = b"\n".join(piece.partition(b"BDC")[0] for piece in content.split(b"EMC"))
    marked = content.count(b"/MCID") + content.count(b"/Artifact")
    return content.count(b"BDC") > marked or PAINTS.search(b"\n" + outside) is not None


@dataclass(slots=True)
class Reader:
    """Reads one page's content: in which marks it stands, and what it draws outside of any."""

    page: Page
    owners: list[Object]
    open: list[str] = field(default_factory=list)  # "tag", "artifact" or "" for each mark that is open
    seen: set[int] = field(default_factory=set)
    has_drawn: bool = False

    def faults(self) -> Iterator[str]:
        for instruction in pikepdf.parse_content_stream(self.page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                yield from self.begin(instruction.operands)
            elif operator == "EMC":
                if not self.open:
                    yield "a mark that ends without having begun"
                    return
                self.open.pop()
            elif operator in CMYK:
                yield "colours in CMYK"
            elif operator in PAINTING:
                self.has_drawn = True
                if not any(self.open):
                    yield f"something drawn outside of the tags ({operator})"
            if operator == "INLINE IMAGE" and has_cmyk(instruction):
                yield "a picture in CMYK"
        if self.open:
            yield "a mark that does not end"
        if self.has_drawn and not self.seen:
            yield "nothing of what it draws is tagged"

    def begin(self, operands) -> Iterator[str]:
        kind, number = self.kind_of(operands)
        if kind and any(outer and outer != kind for outer in self.open):
            yield "a tag inside of an artifact, or the other way round"
        if number is not None and not self.is_owned(number):
            yield f"content that no tag owns ({number})"
        if number is not None and number in self.seen:
            yield f"two contents with the number {number}"
        if number is not None:
            self.seen.add(number)
        self.open.append(kind)

    def kind_of(self, operands) -> tuple[str, int | None]:
        number = self.number_in(operands[1]) if len(operands) > 1 else None
        if operands[0] == Name.Artifact:
            return "artifact", number
        return ("tag" if number is not None else ""), number

    def number_in(self, properties: Object) -> int | None:
        if isinstance(properties, Name):
            properties = self.page.resources.get("/Properties", Dictionary()).get(properties, Dictionary())
        number = properties.get("/MCID")
        return None if number is None else int(number)

    def is_owned(self, number: int) -> bool:
        return number < len(self.owners) and isinstance(self.owners[number], Dictionary)


def has_cmyk(instruction) -> bool:
    image = instruction.iimage.obj
    return image.get("/ColorSpace", image.get("/CS")) in INLINE_CMYK


def content_faults(pdf: Pdf) -> Iterator[str]:
    """Yield what is amiss in the pages' content and in the drawings that they use."""
    owners = parent_tree(pdf.Root.StructTreeRoot)
    for number, page in enumerate(pdf.pages, start=1):
        owned = owners.get(int(page.obj.get("/StructParents", -1)))
        if not isinstance(owned, Array):
            yield f"page {number}: not in the tag tree"
            continue
        yield from (f"page {number}: {fault}" for fault in Reader(page, list(owned)).faults())
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Form:
            yield from drawing_faults(item)


def drawing_faults(form: Object) -> Iterator[str]:
    """A drawing (form XObject) belongs to the tag of the page that shows it, and has no marks of its own."""
    for instruction in pikepdf.parse_content_stream(form):
        operator = str(instruction.operator)
        if operator in CMYK or (operator == "INLINE IMAGE" and has_cmyk(instruction)):
            yield "a drawing in CMYK"
        elif operator == "BDC" and "/MCID" in str(instruction.operands[-1]):
            yield "tags inside of a drawing"
