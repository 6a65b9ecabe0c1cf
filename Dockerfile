# One image for web, workers, beat and migrate. There is no secret in it: all settings come from the environment.

FROM python:3.11-slim-bookworm AS wheels
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --only-binary=:all: -r requirements.txt

FROM python:3.11-slim-bookworm
# The same packages that bin/serve installs, by the same script.
COPY bin/launcher/apt-install bin/launcher/paper-packages.txt /tmp/
RUN /tmp/apt-install $(cut -d" " -f1 /tmp/paper-packages.txt) \
    && fc-cache \
    && rm -r /var/lib/apt/lists/* /tmp/*
RUN groupadd --gid 10001 namndverk \
    && useradd --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin namndverk \
    && install -d -o namndverk -g namndverk /var/lib/namndverk/files
COPY --from=wheels /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    VAR_DIR=/var/lib/namndverk
WORKDIR /srv/namndverk
COPY . .
# Settings want to be complete; these are only so here, and nothing answers at their addresses.
RUN pybabel compile --domain=django --directory=locale \
    && SECRET_KEY=none ALLOWED_HOSTS=none DATABASE_URL=postgres://none/none REDIS_URL=redis://none \
        python manage.py prepare --files-only \
    && python -m compileall -q .
USER namndverk
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-I", "config/probe.py", "web"]
# Heartbeats of gunicorn's workers belong in memory; WEB_CONCURRENCY says how many there are. What somebody
# searched for is in no log: of an address only the path is written.
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--threads=4", \
     "--limit-request-line=8190", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-", \
     "--access-logformat=%(t)s %({x-forwarded-for}i)s %(m)s %(U)s %(s)s %(M)s ms"]
