"""Celery's worker with all its options, without the other commands: their shell takes 9 MiB of every process.

Run as `python -m config.worker -Q now --concurrency=1 …`.
"""

from celery.bin.base import CLIContext
from celery.bin.worker import worker

from config.celery import app


def main() -> None:
    worker.main(prog_name="worker", obj=CLIContext(app=app, no_color=None, workdir=None))


if __name__ == "__main__":
    main()
