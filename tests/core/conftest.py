import pytest

from core import jobs


@pytest.fixture
def kind():
    """Return a function that makes another function a job for this test: kind(function, retry_for=…)."""
    added = []

    def register(function, **options):
        name = f"test.{function.__name__}"
        jobs.job(name, **options)(function)
        added.append(name)
        return name

    yield register
    for name in added:
        del jobs.kinds._entries[name]
