"""What can go wrong with one part. Known apart from WeasyPrint, which only the child that renders has loaded."""


class RenderError(Exception):
    """A part could not be made into a PDF; the message says why."""


class AddressRefused(RenderError):
    """The HTML asks for a file that is neither ours nor inside the HTML itself; the message names which."""


class LettersRefused(RenderError):
    """No font here has these letters, and nothing can be printed in their place; the message names them."""


class AnnexChanged(RenderError):
    """The annex has been judged anew, and has no such piece any more."""


class NoSystemFont(RenderError):
    """The machine has no font at all, and the first missing character would kill the process."""


class RendererDied(RenderError):
    """The process that rendered the part is gone: it crashed, took too much memory or too long."""


class RendererKilled(RendererDied):
    """Somebody else ended the process: the system, that was short of memory, or who runs it. The part is not to blame."""


class AssemblyError(Exception):
    """The parts cannot be made into one file; the message says which and why."""
