"""The process that opens the PDFs we made: it inspects parts, and binds them to files.

It is one of its own so that a worker, which lives long, keeps neither the library nor the largest file's memory.
Run as `python -m reports.pdf.binder BYTES PIPE`, see `reports.pdf.serving`.
"""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from core.memory import collector_paused
from reports.pdf import letters, stamp
from reports.pdf.assemble import Bound, assemble, going_on
from reports.pdf.errors import AssemblyError
from reports.pdf.inspect import inspect_part
from reports.pdf.orders import Assembled, AssemblyPart, Order
from reports.pdf.serving import serve


def answer(question: bytes) -> bytes:
    """Do what is asked: `(errand, argument)`, pickled by the worker that this process belongs to."""
    errand, argument = pickle.loads(question)  # noqa: S301  our own
    with collector_paused():
        return pickle.dumps(ERRANDS[errand](argument))


LEFT: list[Any] = []  # of the file that was bound last, until the answer is given
BEGUN: list[
    Bound
] = []  # the file that is begun while the last of its parts are still being made, if there is one


def begin(parts: Sequence[AssemblyPart]) -> None:
    """Put the first parts of a file together: `bind` goes on from there, if they are what it begins with."""
    begun = _begun()
    with _own_errors():
        BEGUN.append(going_on(begun, parts))


def bind(order: Order) -> Assembled:
    """Bind a file, which is inspected as a whole."""
    with _own_errors():
        return assemble(order, begun=_begun(), left=LEFT)


def _begun() -> Bound | None:
    return BEGUN.pop() if BEGUN else None


@contextmanager
def _own_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AssemblyError(str(error)) from error


def make_ready() -> None:
    letters.make_ready()
    stamp.typeface()


ERRANDS: Mapping[str, Callable[[Any], Any]] = {"begin": begin, "bind": bind, "inspect": inspect_part}


if __name__ == "__main__":
    serve(answer, make_ready=make_ready, tidy=LEFT.clear)
