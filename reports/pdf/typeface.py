"""Where the one typeface of all paper lies: Source Sans 3, as installed."""

import fontpkg_source_sans_3

FONT_DIR = fontpkg_source_sans_3.ROOT / "files"
UPRIGHT = FONT_DIR / "SourceSans3[wght].ttf"
ITALIC = FONT_DIR / "SourceSans3-Italic[wght].ttf"


def font_faces() -> str:
    """Return the style rules that make it known; where it lies is known only when we run."""
    face = '@font-face{{font-family:"Source Sans 3";font-style:{};font-weight:200 900;src:url("{}")}}\n'
    return face.format("normal", UPRIGHT.as_uri()) + face.format("italic", ITALIC.as_uri())
