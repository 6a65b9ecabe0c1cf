from core.richtext.tree import Element

LOWEST = 6
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def fit_headings(root: Element, *, above: int) -> None:
    """Renumber the headings so that they follow a heading of level `above`, each at most one level further down."""
    open_levels: list[int] = []
    for heading in root:
        if heading.tag not in _HEADINGS:
            continue
        level = int(heading.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.tag = f"h{min(above + len(open_levels), LOWEST)}"
