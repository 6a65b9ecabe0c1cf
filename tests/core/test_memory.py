import resource
import sys

from core.memory import roomy

DEPTH = 200
TIMES = 2_000


def deep(left):
    return left and deep(left - 1)


def crossings():
    """Go up and down across every edge that there may be, and return how often the system was asked for memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for depth in range(TIMES):
        deep(depth % DEPTH)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_a_roomy_function_takes_and_gives_and_raises_as_before():
    @roomy
    def ratio(one, *, by):
        """Say how many times."""
        return one / by

    try:
        ratio(1, by=0)
    except ZeroDivisionError:
        told = True

    assert (ratio(6, by=2), ratio.__doc__, told) == (3, "Say how many times.", True)


def test_what_a_roomy_function_calls_asks_for_no_more_memory_for_its_frames():
    @roomy
    def counted():
        return crossings()

    assert sys.getrecursionlimit() > DEPTH
    assert counted() < TIMES / 10
