"""Pictures of pages as small as they can be while small print stays legible."""

import base64
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageChops

LEVELS = range(256)
GREYS = 16  # of a page of text: more are not seen at the edges of letters
HUES = 64  # of a page of text with a coloured head or a chart
MOST_COLOURS = 2048  # a photo has more
SHADED = 1.5  # levels that a page may lose in the mean: bands would be seen in what is shaded
WORTH = 0.1  # bytes a dot: a page of text needs a tenth of it; what needs more is smaller as JPEG
PNG_WORTH = 0.2
QUALITY = 80  # of JPEG


@dataclass(frozen=True)
class Picture:
    """A picture, as it is put on paper."""

    data: bytes
    mime: str

    @property
    def address(self) -> str:
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True)
class Packed:
    """A picture of few colours: 4 or 8 bits a dot, each a place in the palette, as `reports.pdf.pictures` wants it."""

    width: int
    height: int
    bits: int
    colours: bytes  # three bytes each
    data: bytes

    @property
    def palette(self) -> str:
        return self.colours.hex()

    @cached_property
    def text(self) -> str:
        return base64.b64encode(self.data).decode("ascii")


def encode(picture: Image.Image) -> Picture | Packed:
    """Return the picture with few colours where that is small and nothing is lost to the eye, else as PNG or JPEG."""
    plain = picture.convert("L") if is_grey(picture) else picture
    packed = in_greys(plain) if plain.mode == "L" else in_hues(plain)
    if packed and len(packed.data) < WORTH * picture.width * picture.height:
        return packed
    if plain.mode == "L":
        target = io.BytesIO()
        plain.save(target, "PNG", compress_level=1)  # WeasyPrint packs it anew
        if target.tell() < PNG_WORTH * picture.width * picture.height:
            return Picture(target.getvalue(), "image/png")
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=QUALITY)
    return Picture(target.getvalue(), "image/jpeg")


def is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    return not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox())


def in_greys(picture: Image.Image) -> Packed | None:
    """Return a grey picture in sixteen greys, or None for one that has too many shades."""
    counts = picture.histogram()
    shares = [round(level * (GREYS - 1) / LEVELS[-1]) for level in LEVELS]
    # Of its share of levels each grey is the one that is found most: paper stays white, a tint its own.
    greys = [
        max((level for level in LEVELS if shares[level] == grey), key=counts.__getitem__)
        for grey in range(GREYS)
    ]
    lost = sum(counts[level] * abs(level - greys[shares[level]]) for level in LEVELS)
    if lost > SHADED * sum(counts):
        return None
    places = Image.frombytes("P", picture.size, picture.point(shares).tobytes())
    return pack(places, 4, bytes(grey for grey in greys for _channel in range(3)))


def in_hues(picture: Image.Image) -> Packed | None:
    """Return a picture in sixty-four colours, or None for a photo."""
    if picture.getcolors(MOST_COLOURS) is None:
        return None
    places = picture.quantize(HUES, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours = places.getpalette() or []
    whitest = max(range(0, len(colours), 3), key=lambda at: sum(colours[at : at + 3]))
    if min(colours[whitest : whitest + 3]) > LEVELS[-1] - 8:
        colours[whitest : whitest + 3] = [255, 255, 255]  # a mean of the paper and of almost nothing else
    return pack(places, 8, bytes(colours))


def pack(places: Image.Image, bits: int, colours: Sequence[int]) -> Packed:
    """Return dots that are places in a palette, packed: rows that repeat are found best where none is predicted."""
    dots = places.tobytes("raw", "P;4") if bits == 4 else places.tobytes()
    return Packed(places.width, places.height, bits, bytes(colours), zlib.compress(dots, 6))
