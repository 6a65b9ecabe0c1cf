"""Whether every text in code and templates has its Swedish; gettext finds the texts in a copy of the tree."""

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from launcher.environment import PYTHON
from launcher.places import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "var", "bin", "tests", "benchmarks", "vendor", "fonts")
CATALOGUES = Path("locale/sv/LC_MESSAGES")
# A translated text is in the catalogue and is not a guess (“fuzzy”).
LACKING = (["--untranslated"], ["--only-fuzzy"])

# A long text goes on over several lines.
MSGID = re.compile(r'^msgid (".*"(?:\n".*")*)', re.MULTILINE)


def are_complete(env: dict[str, str]) -> tuple[bool, str]:
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        # JavaScript takes its labels from the page, so it has no texts of its own.
        for domain in ("django", "djangojs"):
            done = collect(copy, domain, env)
            if done.returncode:
                return False, done.stderr
        lacking = untranslated(copy / CATALOGUES / "django.po")
        in_scripts = texts(copy / CATALOGUES / "djangojs.po")
    told = [f"without Swedish: {text}" for text in lacking] + [f"in a script: {text}" for text in in_scripts]
    return not told, "\n".join(told)


def collect(copy: Path, domain: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Add the texts found in the tree to its catalogue."""
    command = [PYTHON, "manage.py", "makemessages", "--locale=sv", f"--domain={domain}", "--no-obsolete"]
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)


def untranslated(catalogue: Path) -> list[str]:
    return [text for choice in LACKING for text in texts(catalogue, *choice)]


def texts(catalogue: Path, *choice: str) -> list[str]:
    """Return the texts of a catalogue that the choice of msgattrib's lets through."""
    if not catalogue.exists():
        return []
    command = ["msgattrib", "--no-obsolete", "--no-wrap", *choice, catalogue]
    chosen = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    _header, *entries = MSGID.findall(chosen) or [""]
    return [" ".join(entry.split()) for entry in entries]
