"""What an import touches in the register: sentences whose values changed."""

from cases.register import services
from core import jobs
from core.importing.watching import Watcher, watchers


def tell(touched, run):
    """Mail the writers, each of their own sentences; who imported has them on the page."""
    for owner, rows in services.by_owner(touched).items():
        if owner != run.applied_by_id:
            jobs.start(
                "register.mail_touched",
                by=run.applied_by,
                title=f"{run.source}: {run.filename}",
                is_shown=False,
                owner_id=owner,
                rows=rows,
                source=f"{run.source}: {run.filename}",
            )


watchers.add(
    "register.texts",
    Watcher(
        name="register.texts",
        before=services.written_about,
        after=lambda subject, seen: services.touched(seen, services.written_about(subject)),
        readable=services.readable,
        tell=tell,
        template="register/_touched.html",
    ),
)
