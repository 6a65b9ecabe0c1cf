"""Whether a container does its work, asked without loading any of it."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from celery import signals
from django.conf import settings

from config import celery, probe


def asked(what, **env):
    """Return exit code and words of the program as a container runs it."""
    done = subprocess.run(
        [sys.executable, "-I", "config/probe.py", what],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip()


def test_a_worker_that_has_not_begun_is_not_alive(tmp_path):
    assert asked("alive", ALIVE_FILE=str(tmp_path / "alive")) == (1, "it has not begun")


@pytest.mark.parametrize(("silent", "answer"), [(0, (0, "")), (50, (0, "")), (90, (1, "silent for 90 s"))])
def test_a_worker_is_alive_as_long_as_it_shows_it(tmp_path, silent, answer):
    file = tmp_path / "alive"
    file.touch()
    then = file.stat().st_mtime - silent
    os.utime(file, (then, then))

    assert asked("alive", ALIVE_FILE=str(file)) == answer


@pytest.mark.parametrize("signal", [signals.heartbeat_sent, signals.after_task_publish])
def test_a_heartbeat_and_a_message_that_went_out_show_life(tmp_path, monkeypatch, signal):
    monkeypatch.setattr(celery, "ALIVE_FILE", str(tmp_path / "alive"))

    signal.send(sender=None)

    assert (tmp_path / "alive").exists()


class Page(BaseHTTPRequestHandler):
    """A page that says ok to the proxy's own question, and sends every other to HTTPS."""

    def do_GET(self):
        asked = (self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok" if asked == ("/health/", "namnd.granby.example", "https") else b"no")

    def log_message(self, *args):
        """Tests need no log of it."""


@pytest.fixture
def page(monkeypatch):
    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(probe, "ADDRESS", f"http://127.0.0.1:{server.server_port}/health/")
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("hosts", "wrong"),
    [
        ("namnd.granby.example", ""),
        (" .namnd.granby.example, localhost", ""),
        ("other.example", "another page answers"),
    ],
)
def test_the_web_server_is_asked_as_the_proxy_asks(page, monkeypatch, hosts, wrong):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)

    assert probe.web() == wrong


def test_a_web_server_that_does_not_answer_is_told_of(monkeypatch):
    monkeypatch.setattr(probe, "ADDRESS", "http://127.0.0.1:1/health/")
    monkeypatch.setenv("ALLOWED_HOSTS", "namnd.granby.example")

    assert "refused" in probe.web()
