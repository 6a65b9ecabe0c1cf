"""The one typeface of all paper: Source Sans 3, as installed, in the weights that static/print uses."""

import base64
from collections.abc import Iterator
from pathlib import Path

import fontpkg_source_sans_3
import uharfbuzz

FONT_DIR = fontpkg_source_sans_3.ROOT / "files"
UPRIGHT = FONT_DIR / "SourceSans3[wght].ttf"
ITALIC = FONT_DIR / "SourceSans3-Italic[wght].ttf"
CUTS = (("normal", UPRIGHT, 400), ("normal", UPRIGHT, 600), ("italic", ITALIC, 400), ("italic", ITALIC, 600))


def font_faces() -> str:
    """Return the style rules that make it known, with the fonts themselves.

    WeasyPrint could use the variable fonts as installed, but then makes every weight anew, slowly, for every part.
    That all figures are as wide is said here and not of the text: there it would leak memory for each line.
    """
    return "".join(rules())


def rules() -> Iterator[str]:
    for style, path, weight in CUTS:
        program = base64.b64encode(cut(path, weight)).decode("ascii")
        source = f'src:url("data:font/ttf;base64,{program}")'
        yield f'@font-face{{font-family:"Source Sans 3";font-style:{style};font-weight:{weight};font-variant:tabular-nums;{source}}}\n'


def cut(path: Path, weight: int) -> bytes:
    """Return the variable font at one weight."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(face, "wght", weight)
    return wanted.subset(face).blob.data
