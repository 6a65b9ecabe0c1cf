"""`python -m benchmarks pdf|pages`, as bin/bench starts it."""

import argparse
import importlib
import os
import signal
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    options = _options()
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stop)  # so that no worker and no database of ours is left behind
    django.setup()
    # What is measured can be imported only when Django has been set up.
    importlib.import_module(f"benchmarks.{options.what}").run(options)


def _stop(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure, and print what was found.")
    whats = parser.add_subparsers(dest="what", required=True)
    pdf = whats.add_parser("pdf", help="our engine beside one plain WeasyPrint run of the same content")
    pdf.add_argument("--repeat", type=int, default=3, help="how often each is measured (3)")
    pdf.add_argument("--quick", action="store_true", help="only the small size, once, for trying")
    pages = whats.add_parser(
        "pages", help="queries and server time of every page, in a small and in a large house"
    )
    pages.add_argument("--repeat", type=int, default=5, help="how often each page is measured (5)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
