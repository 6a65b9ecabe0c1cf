"""Whether a container does its work: `python -I config/probe.py web`, or `alive` for a worker or the beat.

It is asked every half minute in every container, so it is run as a file and loads nothing of Django or Celery.
"""

import os
import sys
import time
import urllib.request
from pathlib import Path

ADDRESS = "http://127.0.0.1:8000/health/"
STALE = 60  # seconds; a worker touches its file every other second, the beat every tenth


def web() -> str:
    """Ask the page that asks the database, as the proxy would; return what is wrong."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(ADDRESS, headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as answer:
            return "" if answer.read() == b"ok" else "another page answers"
    except OSError as error:
        return str(error)


def alive() -> str:
    """Look at the file that config.celery touches; return what is wrong."""
    try:
        silent = time.time() - Path(os.environ["ALIVE_FILE"]).stat().st_mtime
    except FileNotFoundError:
        return "it has not begun"
    return f"silent for {silent:.0f} s" if silent > STALE else ""


if __name__ == "__main__":
    sys.exit({"web": web, "alive": alive}[sys.argv[1]]() or 0)
