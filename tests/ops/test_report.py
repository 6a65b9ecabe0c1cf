"""Whatever asks a command to end lets it stop what it has started."""

import os
import signal
import subprocess
import sys

import pytest

from launcher.places import ROOT

SERVING = """
import sys, time
from launcher import report
def serve():
    try:
        report.say("up")
        time.sleep(30)
    finally:
        report.say("stopped what was started")
sys.exit(report.guarded(serve))
"""


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_request_to_stop_is_answered_by_stopping_in_order(asked):
    env = os.environ | {"PYTHONPATH": str(ROOT / "bin")}
    command = [sys.executable, "-c", SERVING]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "up\n"

        process.send_signal(asked)

        assert process.communicate(timeout=10)[0] == "stopped what was started\n"
        assert process.returncode == 130
