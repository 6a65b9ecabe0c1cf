"""Dockerfile, docker-compose.yml and docs/deploy.md say what the program really takes."""

import ast
import json
import re
import tomllib

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from core import jobs
from launcher import packages
from reports.pdf import apart, guarded
from tests.config.test_settings import GIVEN, start

ROOT = settings.BASE_DIR
# Not ours: gunicorn, fontconfig and Django itself read them.
OTHERS = {"WEB_CONCURRENCY", "XDG_CACHE_HOME"}
ASKED_FOR = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")
SERVICES = ("web", "worker", "ahead", "beat", "migrate", "postgres", "redis")
OURS = ("web", "worker", "ahead", "beat", "migrate")
CELERY = ("worker", "ahead", "beat")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def known():
    """Return the variables that the code in config/ asks config/env.py for, and whether each must be set."""
    calls = [
        node
        for path in (ROOT / "config").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.")
    ]
    must = {"env.text", "env.hosts", "env.database", "env.redis_url"}
    return {
        call.args[0].value: ast.unparse(call.func) in must and len(call.args) == 1
        for call in sorted(calls, key=lambda call: len(call.args), reverse=True)
    }


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(text("docker-compose.yml"))["services"]


def filled_in(value):
    """Return a value of docker-compose.yml as it is with every variable that it asks for set."""
    given = {"SITE_URL": "https://namnd.granby.example"}
    return ASKED_FOR.sub(
        lambda found: given.get(found[1], GIVEN["SECRET_KEY"]) if found[2] == "?" else found[3] or "", value
    )


# docker-compose.yml ------------------------------------------------------------------------------


def test_the_services_are_these(compose):
    assert set(compose) == set(SERVICES)


def test_every_variable_that_a_service_is_given_is_one_that_the_program_reads(compose):
    for name in OURS:
        assert compose[name]["environment"].keys() - OTHERS <= known().keys(), name


def test_every_variable_that_must_be_set_is_given_to_every_service(compose):
    must = {name for name, is_required in known().items() if is_required}

    assert must == {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"}
    for name in OURS:
        assert must <= compose[name]["environment"].keys(), name


def test_with_what_compose_gives_production_starts_and_its_check_finds_nothing(compose):
    env = {name: filled_in(value) for name, value in compose["web"]["environment"].items()}

    checked = start(env, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")


def test_nothing_secret_stands_in_the_file(compose):
    for service in compose.values():
        for name, value in service["environment"].items():
            if re.search("SECRET|PASSWORD|REDISCLI_AUTH|DATABASE_URL|REDIS_URL", name):
                assert "${" in value, name


def test_what_is_not_set_is_asked_for_with_what_to_do(compose):
    asked = {name: why for name, kind, why in ASKED_FOR.findall(text("docker-compose.yml")) if kind == "?"}

    assert asked.keys() == {
        *("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"),
        *("APP_PASSWORD", "OWNER_PASSWORD", "REDIS_PASSWORD"),
    }
    assert all(why.startswith(f"Set {name} in .env, to ") for name, why in asked.items())


def test_only_migrate_may_change_tables(compose):
    owners = {name for name, service in compose.items() if "OWNER_PASSWORD" in json.dumps(service)}

    assert owners == {"migrate", "postgres"}


def test_the_programs_wait_until_the_tables_are_ready_and_migrate_until_the_database_is(compose):
    for name in set(OURS) - {"migrate"}:
        assert compose[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert compose["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert compose["migrate"]["restart"] == "no"


def test_workers_can_be_many(compose):
    for name in CELERY:
        assert not {"container_name", "ports", "hostname"} & compose[name].keys()
        assert not any(word.startswith(("-n", "--hostname")) for word in compose[name]["command"])


def test_all_work_on_the_same_files(compose):
    assert {tuple(compose[name]["volumes"]) for name in OURS} == {("files:/var/lib/namndverk/files",)}


def test_every_queue_has_a_service_that_serves_it(compose):
    served = {word for name in CELERY for word in ",".join(compose[name]["command"]).split(",")}

    assert {kind.queue for kind in jobs.kinds} <= served


def test_only_the_web_server_is_reached_from_outside_and_only_from_its_own_machine(compose):
    ports = {name: service["ports"] for name, service in compose.items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}
    assert compose["postgres"]["networks"] == compose["redis"]["networks"] == ["inside"]


def test_every_service_that_stays_up_says_whether_it_works(compose):
    for name in set(SERVICES) - {"migrate"}:
        assert compose[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name


def test_our_own_containers_may_write_nowhere_but_to_files_and_tmp(compose):
    for name in OURS:
        service = compose[name]
        assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])  # noqa: S108


def bytes_of(limit):
    """Return what Docker means by 512m or 4g."""
    return int(limit[:-1]) * {"m": 1024**2, "g": 1024**3}[limit[-1]]


def test_no_service_may_take_all_of_the_machines_memory(compose):
    assert {name for name in SERVICES if bytes_of(compose[name]["mem_limit"]) > 4 * 1024**3} == set()


def test_a_worker_has_room_for_itself_beside_the_largest_child_that_it_may_have(compose):
    largest = max(apart.MOST_MEMORY, guarded.MOST_MEMORY)

    for name in ("worker", "ahead"):
        assert bytes_of(compose[name]["mem_limit"]) >= largest + 1024**3


# Commands ----------------------------------------------------------------------------------------


def test_migrate_is_a_command_of_ours_with_options_that_it_knows(compose):
    python, manage, name, *options = compose["migrate"]["command"]

    parser = load_command_class(get_commands()[name], name).create_parser(manage, name)

    assert (python, manage) == ("python", "manage.py")
    assert parser.parse_args(options).database_only


@pytest.mark.parametrize("name", CELERY)
def test_celery_knows_every_option(compose, name):
    words = [word for word in compose[name]["command"] if word not in ("python", "-m")]

    told = start(GIVEN, "-m", *words, "--help")

    assert told.returncode == 0, told.stderr


def test_gunicorn_knows_every_option_and_finds_the_program():
    [command] = re.findall(r"^CMD (\[.*?\])$", text("Dockerfile").replace("\\\n", ""), re.MULTILINE)
    gunicorn, *words = json.loads(command)

    checked = start(GIVEN, "-m", gunicorn, "--check-config", *words)

    assert checked.returncode == 0, checked.stderr


# Image -------------------------------------------------------------------------------------------


def test_every_folder_of_the_program_gets_into_the_image_and_no_other():
    let_in = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    packages_of_ours = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["root_packages"]
    system = {"bin/launcher/apt-install", "bin/launcher/paper-packages.txt"}

    assert let_in == {
        *packages_of_ours,
        *system,
        *("locale", "static", "templates", "manage.py", "requirements.txt"),
    }
    assert all((ROOT / name).exists() for name in let_in)


def test_the_image_has_the_packages_that_the_launcher_installs():
    assert packages.PAPER.relative_to(ROOT).as_posix() in text("Dockerfile")
    assert [need.package for need in packages.for_paper()] == [need.package for need in packages.SERVE[:4]]


def test_the_image_is_not_run_by_root():
    assert re.findall(r"^USER (.*)$", text("Dockerfile"), re.MULTILINE) == ["namndverk"]


# docs/deploy.md ----------------------------------------------------------------------------------


def rows(heading):
    """Return the names in the first column of the table under a heading, with what the second column says."""
    _before, _heading, after = text("docs/deploy.md").partition(f"\n## {heading}\n")
    table = after.partition("\n## ")[0]
    return {
        name: says
        for names, says in re.findall(r"^\| (`.*?) \| (.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }


def test_the_table_of_variables_names_all_that_the_program_reads_and_no_other():
    assert rows("Variables").keys() == known().keys() | OTHERS - {"XDG_CACHE_HOME"}


def test_the_table_says_which_must_be_set():
    must = {name for name, says in rows("Variables").items() if says == "must be set"}

    assert must == {name for name, is_required in known().items() if is_required}


def test_all_that_compose_asks_for_is_explained():
    asked = {name for name, _kind, _why in ASKED_FOR.findall(text("docker-compose.yml"))}

    assert asked <= rows("Variables").keys() | rows("With Docker").keys()
