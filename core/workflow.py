"""Status changes as data: one table of steps per model feeds service, buttons, tests and docs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.functional import Promise


class StepNotAllowed(Exception):
    """The subject is not in a status from which this step can be taken."""


class StepNotYet(StepNotAllowed):
    """The status allows the step, but something else has to come first: the text says what."""


class PreflightNeeded(Exception):
    """The step wants a preflight run on just this content, without findings that stop."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    permission: str
    form: type[Form] | None = None  # what the step must be told, such as a reason
    checked: bool = False  # wants a fresh preflight run without findings that stop
    help: str | Promise = ""  # what follows from it, said before it is taken
    told: str | Promise = ""  # the step in the past tense, for the history
    said: str | Promise = ""  # what is said to who took it; may name what is {subject}'s
    hindrance: Callable[[Any], str] | None = None  # says what has to come first, or nothing

    def __str__(self) -> str:
        return self.name

    def bind(self, data=None) -> Form:
        """Return the step's form; one without questions is always valid."""
        return (self.form or Form)(data)

    def hindrance_of(self, subject) -> str:
        """Return what keeps the subject from this step though its status allows it; empty: nothing."""
        return self.hindrance(subject) if self.hindrance else ""


class Workflow:
    """The steps of one model, by name and in order."""

    def __init__(self, *steps: Step):
        self._steps = {step.name: step for step in steps}

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def __contains__(self, name: str) -> bool:
        return name in self._steps

    def __getitem__(self, name: str) -> Step:
        return self._steps[name]

    def open_to(self, user, subject) -> list[Step]:
        """Return the steps this user may take on this subject right now."""
        return [
            step
            for step in self
            if subject.status in step.sources and user.has_perm(step.permission, subject)
        ]
