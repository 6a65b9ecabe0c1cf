"""veraPDF, where this machine has it: the judge of PDF/A-3a and PDF/UA-1."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

# Compiled once and quickly: the better code that Java would make meanwhile costs as much as it has to run.
QUICK = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
SCRIPT = Path(os.environ.get("VERAPDF_CHECK", settings.BASE_DIR.parent / "shared" / "verapdf" / "check"))


CANNOT_RUN = 2  # what the script ends with when it could not even begin


def needs_verapdf(test):
    """Skip the test, saying why, where veraPDF cannot run."""
    missing = [program for program in ("java", "javac") if shutil.which(program) is None]
    java = pytest.mark.skipif(
        bool(missing), reason=f"no {' and no '.join(missing)} on this machine: veraPDF cannot run"
    )
    script = pytest.mark.skipif(
        not SCRIPT.exists(), reason=f"no veraPDF script at {SCRIPT}: set VERAPDF_CHECK to it"
    )
    return java(script(test))


def refused_by_verapdf(*files: Path | str) -> str:
    """Return what veraPDF has against the files as PDF/A-3a and PDF/UA-1: nothing, for good ones."""
    checked = subprocess.run(  # noqa: S603
        [SCRIPT, *files], env=os.environ | QUICK, capture_output=True, text=True, timeout=300, check=False
    )
    if checked.returncode == CANNOT_RUN:
        pytest.skip(f"veraPDF cannot run: {checked.stderr.strip()}")
    return checked.stdout + checked.stderr if checked.returncode else ""
