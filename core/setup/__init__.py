"""Set-up pages: the rows that a place keeps for itself, each kind on one page of the same shape.

An app says what a kind of row is by a `Listing` (rows, form, what keeps one from being removed), puts its listings
into a `Setup`, and hangs `setup.urls` into its addresses. Rows are added, changed, ordered, ended and removed there;
what holds something is never removed, and the page says why.
"""

from core.setup.forms import KeptForm
from core.setup.listings import Listing, Setup

__all__ = ["KeptForm", "Listing", "Setup"]
