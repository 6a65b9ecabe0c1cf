"""veraPDF, where this machine has it: the judge of PDF/A-3a and PDF/UA-1."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(os.environ.get("VERAPDF_CHECK", settings.BASE_DIR.parent / "shared" / "verapdf" / "check"))


def needs_verapdf(test):
    """Skip the test, saying why, where veraPDF cannot run."""
    java = pytest.mark.skipif(
        shutil.which("java") is None, reason="no Java on this machine: veraPDF cannot run"
    )
    script = pytest.mark.skipif(
        not SCRIPT.exists(), reason=f"no veraPDF script at {SCRIPT}: set VERAPDF_CHECK to it"
    )
    return java(script(test))


def verdict_on(*files: Path) -> tuple[int, str]:
    """Return veraPDF's exit code, 0 when it accepts all the files, and what it said."""
    command = [SCRIPT, *files]
    checked = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    return checked.returncode, checked.stdout + checked.stderr
