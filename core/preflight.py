"""Finding what disagrees before it is sent: the frame. The rules live in the apps that know.

A rule reads one kind of subject. A subject may hold others (a meeting holds documents): what it
holds, and the state that all of it is in, is told by the one `contents` function of its kind.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.models import Finding, PreflightRun, Waiver
from core.registry import Registry
from core.workflow import PreflightNeeded


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says: what, where, what it was held against, and where to mend it."""

    title: str
    message: str
    place: str
    url: str
    excerpt: str = ""
    marked: str = ""  # the words of the excerpt that are at fault
    expected: str = ""
    expected_place: str = ""
    about: str = ""

    def key(self, rule: str) -> str:
        """Return what makes this the same finding in the next run."""
        what = f"{rule}\x1f{self.place}\x1f{self.url}\x1f{self.marked}\x1f{self.excerpt}"
        return hashlib.sha256(what.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    subject: str
    severity: Finding.Severity
    check: Callable[[Any], Iterable[Found]]
    when_sent: bool = False  # held against what goes out, and not against work in progress

    @property
    def where(self) -> str:
        return f"{self.subject} · {self.severity.value} · {self.check.__module__}"


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a run on a subject depends on, and the subjects inside it."""

    state: Any  # JSON
    inside: Callable[[], list[models.Model]] = list  # read only when somebody reviews

    @property
    def hash(self) -> str:
        canonical = json.dumps(self.state, sort_keys=True, default=_canonical, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(value: Any) -> str:
    """Write a moment in one time zone, so that the same moment is the same text."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


rules: Registry[Rule] = Registry("preflight rule")
contents_of: Registry[Callable[[Any], Contents]] = Registry("preflight contents")
behind: Registry[Callable[[models.QuerySet], list[models.QuerySet]]] = Registry("records behind texts")


def rule(
    name: str,
    *,
    subject: str,
    severity: Finding.Severity = Finding.Severity.WARNING,
    when_sent: bool = False,
):
    """Register a function that reads one subject and yields what it found.

    Only leaking secrets and personal numbers stop a step; all else warns (DESIGN 5.8).
    """

    def register(check):
        rules.add(name, Rule(name, subject.lower(), severity, check, when_sent))
        return check

    return register


def contents(subject: str):
    """Register the function that tells what a subject holds."""

    def register(function):
        return contents_of.add(subject.lower(), function)

    return register


def records_behind(name: str):
    """Register the function that tells which records the values and tables of periods are made of.

    It takes a queryset of periods and returns querysets. When one of their rows changes, a review of a text that
    may still show it is no longer of just this content: told by their digests, without composing anything.
    """

    def register(function):
        return behind.add(name, function)

    return register


def look(subject: models.Model) -> tuple[str, list[Finding]]:
    """Read a subject and all inside it; return the content's hash and unsaved findings."""
    held = contents_of[subject._meta.label_lower](subject)
    return held.hash, [finding for one in [subject, *held.inside()] for finding in _read(one, rules)]


def glance(subject: models.Model) -> list[Finding]:
    """Read one subject as it is now, without what is inside it; return unsaved findings, worst first.

    For the page where it is worked on, which has loaded what the rules read: nothing is kept, and no
    step asks for it. What is only wrong when it goes out is not said yet.
    """
    found = _read(subject, (rule for rule in rules if not rule.when_sent))
    return sorted(found, key=lambda finding: not finding.stops)


def _read(subject: models.Model, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if rule.subject == subject._meta.label_lower:
            for found in rule.check(subject):
                yield _finding(rule, found)


def _finding(rule: Rule, found: Found) -> Finding:
    return Finding(
        rule=rule.name,
        severity=rule.severity,
        key=found.key(rule.name),
        title=found.title,
        message=found.message,
        place=found.place,
        url=found.url,
        excerpt=found.excerpt,
        marked=found.marked[:200],
        expected=found.expected,
        expected_place=found.expected_place,
        about=found.about,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The latest run on a subject, and what of it still stands."""

    run: PreflightRun | None
    is_fresh: bool
    open: list[Finding]
    waived: list[Finding]

    @property
    def stops(self) -> list[Finding]:
        return [finding for finding in self.open if finding.stops]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.open if not finding.stops]

    @property
    def clears(self) -> bool:
        return self.is_fresh and not self.stops


NOTHING = Verdict(None, False, [], [])


def verdict(subject: models.Model) -> Verdict:
    """Return what is known of a subject. Two queries, and those that its contents take."""
    run = PreflightRun.objects.of(subject).order_by("-at").first()
    if run is None:
        return NOTHING
    waivers = Waiver.objects.of(subject).filter(key=models.OuterRef("key"))
    findings = list(run.findings.annotate(waiver=models.Subquery(waivers.values("reason")[:1])))
    return Verdict(
        run=run,
        is_fresh=run.content_hash == contents_of[subject._meta.label_lower](subject).hash,
        open=[finding for finding in findings if finding.stops or finding.waiver is None],
        waived=[finding for finding in findings if not finding.stops and finding.waiver is not None],
    )


def require_fresh_preflight(subject: models.Model) -> None:
    """Raise PreflightNeeded unless just this content was read and nothing that stops was found."""
    found = verdict(subject)
    if found.run is None:
        raise PreflightNeeded(_("Nothing has been reviewed yet. Review before you go on."))
    if not found.is_fresh:
        raise PreflightNeeded(_("Something has changed since the review. Review again before you go on."))
    if found.stops:
        raise PreflightNeeded(_("The review found something that has to be mended first."))
