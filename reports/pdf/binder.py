"""The process that opens the PDFs we made: it inspects parts, and binds them to files.

It is one of its own so that a worker, which lives long, keeps neither the library nor the largest file's memory.
Run as `python -m reports.pdf.binder BYTES`, the most memory it may address.
"""

import pickle
import sys
from collections.abc import Callable, Mapping
from typing import Any

from core.memory import collector_paused
from reports.pdf import letters, stamp
from reports.pdf.assemble import assemble
from reports.pdf.errors import AssemblyError
from reports.pdf.inspect import inspect_part
from reports.pdf.orders import Assembled, Order
from reports.pdf.serving import serve


def answer(question: bytes) -> bytes:
    """Do what is asked: `(errand, argument)`, pickled by the worker that this process belongs to."""
    errand, argument = pickle.loads(question)  # noqa: S301  our own
    with collector_paused():
        return pickle.dumps(ERRANDS[errand](argument))


LEFT: list[Any] = []  # of the file that was bound last, until the answer is given


def bind(order: Order) -> Assembled:
    """Bind a file, which is inspected as a whole."""
    try:
        return assemble(order, left=LEFT)
    except OSError as error:
        raise AssemblyError(str(error)) from error


def make_ready() -> None:
    letters.make_ready()
    stamp.typeface()


ERRANDS: Mapping[str, Callable[[Any], Any]] = {"bind": bind, "inspect": inspect_part}


if __name__ == "__main__":
    serve(answer, make_ready=make_ready, tidy=LEFT.clear, most_memory=int(sys.argv[1]))
