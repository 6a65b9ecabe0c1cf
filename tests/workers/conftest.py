import pytest

from cases.agenda.models import AgendaItem
from tests.factories import ItemFactory, MeetingFactory
from tests.workers import processes

PARAGRAPHS = (
    "<p>Nämnden följer upp målen tre gånger om året och redovisar avvikelser med orsak och åtgärd.</p>" * 30
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The folder of these workers' files and logs."""
    return tmp_path_factory.mktemp("workers")


@pytest.fixture
def started(transactional_db, place):
    """Workers by name, started when they are first asked for; all are stopped in the end.

    None outlives its test: the rows it remembers, such as content types, are others in the next.
    """
    family = {}
    processes.forget_messages()
    yield family
    for process in family.values():
        process.kill()


@pytest.fixture
def worker(started, place, transactional_db):
    """Return a function that gives a live worker by name."""

    def live(name):
        if name not in started or started[name].process.poll() is not None:
            started[name] = processes.worker(name, place)
        return started[name].ready(" ready.")

    return live


@pytest.fixture
def four_workers(started, worker):
    """Four that are new: an older one remembers the numbers that content types had in an earlier test."""
    for process in started.values():
        process.kill()
    for name in ("one", "two", "three", "four"):
        worker(name)


@pytest.fixture
def beat(started, place):
    started["beat"] = processes.beat(place)
    return started["beat"].ready("beat: Starting")


@pytest.fixture(autouse=True)
def same_files(settings, place):
    settings.MEDIA_ROOT = place / "files"


@pytest.fixture
def meeting(transactional_db, body, secretary, chair):
    """A meeting with so much to read that making its papers takes some seconds."""
    meeting = MeetingFactory(body=body, secretary=secretary, chair=chair)
    for number in range(10):
        ItemFactory(
            meeting=meeting,
            title=f"Punkt {number}",
            kind=AgendaItem.Kind.INFORMATION,
            text=f"<h2>Del {number}</h2>{PARAGRAPHS}",
        )
    return meeting
