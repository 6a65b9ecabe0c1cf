"""Why pages could not be made, in words for who asked for them: what is amiss, and what to do about it."""

import errno

from django.utils.translation import gettext as _

from core.jobs import JobFailed
from reports.models import PartFile
from reports.pdf.errors import (
    AddressRefused,
    AnnexChanged,
    AssemblyError,
    LettersRefused,
    NoSystemFont,
    RendererDied,
)


class PartFailed(JobFailed):
    """A part could not be made; the message names it and says why."""

    def __init__(self, row: PartFile):
        super().__init__(row.error)


class FileFailed(JobFailed):
    """A file could not be made, though none of its parts is amiss; the message says why."""

    def __init__(self, title: str, error: Exception):
        is_bound_badly = isinstance(error, AssemblyError | RendererDied)
        super().__init__(_ours(title, error) or (_unbound(title) if is_bound_badly else unforeseen(title)))


def _unbound(title: str) -> str:
    told = _(
        "The pages of “%s” were made, but could not be put together. Try again; if it happens again, tell who runs the program."
    )
    return told % title


def of_part(title: str, error: Exception) -> str:
    """Say why a part could not be made, as it is kept with the part."""
    if ours := _ours(title, error):
        return ours
    told = _("“%(part)s” could not be made into pages. Change it or take it out, and try again. (%(why)s)")
    return told % {"part": title, "why": _why(error)}


def _why(error: Exception) -> str:
    match error:
        case RendererDied():
            return _("it took too long, or more memory than there is")
        case AnnexChanged():
            return _("the annex has been examined anew meanwhile")
        case AddressRefused():
            return _("it shows something from outside, which is not fetched: %s") % error
        case LettersRefused():
            return _("no typeface here has these letters: %s") % error
    return str(error) or type(error).__name__


def unforeseen(title: str) -> str:
    """Say that it is not the content which is amiss."""
    return (
        _(
            "“%s” could not be made into pages: something went wrong in the program. Try again; if it happens again, "
            "tell who runs it."
        )
        % title
    )


def _ours(title: str, error: Exception) -> str:
    """Say what is amiss with the machine; nothing when it may be the content."""
    if isinstance(error, NoSystemFont):
        return _("“%s” could not be made: the machine has no typeface. Tell who runs the program.") % title
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        told = _("“%s” could not be kept: the disk is full. Tell who runs the program, and try again then.")
        return told % title
    # Which file it was says a path of the machine's: it stands in the log.
    told = _("“%s” could not be kept or read. Try again; if it happens again, tell who runs the program.")
    return told % title
