"""What may not come into the open is marked by a span with data-mask."""

from core.richtext.tree import INLINE, Element, rewrite

MASK = "data-mask"


def mask_each_block(root: Element) -> None:
    """Give each block its own mask, so that no parser can close a mask before its secret ends."""
    root.children = _masked(root.children, ground=None)


def _masked(nodes, ground):
    """Return the nodes with masks only around runs of inline nodes, and never within each other."""
    result, run = [], []
    for node in nodes:
        if ground is not None and _is_inline(node):
            run.append(node)
            continue
        result += [*_around(run, ground), *_spread(node, ground)]
        run = []
    return [*result, *_around(run, ground)]


def _around(run, ground):
    """Return the run inside a mask; a run of nothing but space has no secret and may stand where no span may."""
    mask = Element("span", {MASK: ground}, run)
    if mask.is_empty and not mask.elements:
        return run
    rewrite(mask, _without_mask)
    return [mask]


def _spread(node, ground):
    if isinstance(node, str):
        return [node]
    if MASK not in node.attrs:
        node.children = _masked(node.children, ground)
        return [node]
    own = node.attrs.pop(MASK)
    # A span may be mask and chip in one; then the chip goes inside.
    return _masked([node] if node.attrs else node.children, ground or own)


def _without_mask(node):
    return node.children if node.attrs.pop(MASK, None) is not None and not node.attrs else [node]


def _is_inline(node):
    return isinstance(node, str) or (node.tag in INLINE and all(inside.tag in INLINE for inside in node))
