"""The strip at the foot of a foreign page: left of it stands whose page it is, right of it the file's number.

A foreign page has something of its own anywhere, most often a number where ours would go. It is therefore drawn a
little smaller, which leaves a strip that nothing of its own can be in.
"""

HEIGHT = 30.0  # points; of A4 the thirtieth part
SIDE = 42.0  # 15 mm
BASELINE = 15.0  # above the page's edge: no printer reaches farther than 5 mm
SIZE = 8  # of its letters
FOR_NUMBER = 90.0  # “Sida 1000 av 1000”, and some space before it
LETTER = 0.5  # of the size: as wide as letters are in the mean, and a little more


def scale(height: float) -> float:
    """Return how much smaller a page of this height is drawn; one that is hardly higher than the strip by half."""
    return max(0.5, (height - HEIGHT) / height)


def room(width: float) -> int:
    """Return how many letters there is room for beside the number."""
    return max(0, int((width - 2 * SIDE - FOR_NUMBER) / (LETTER * SIZE)))
