import shutil
import sys

import pytest

from launcher import environment


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("django==5\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\npytest==9\n")
    return tmp_path


def test_a_change_in_an_included_file_is_a_change(root):
    before = environment.fingerprint("requirements-dev.txt")

    (root / "requirements.txt").write_text("django==6\n")

    assert environment.fingerprint("requirements-dev.txt") != before


def test_files_that_say_the_same_are_the_same(root):
    before = environment.fingerprint("requirements-dev.txt")

    (root / "requirements.txt").write_text("django==5\n")

    assert environment.fingerprint("requirements-dev.txt") == before


def test_an_environment_that_was_moved_here_is_not_whole(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.2\ncommand = python3 -m venv /elsewhere/.venv\n")
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")

    assert not environment.is_whole()


@pytest.mark.parametrize(
    ("system", "makes_it"),
    [(shutil.which("true"), True), (shutil.which("false"), False), ("/usr/bin/python3.nowhere", False)],
    ids=["can", "cannot", "is not there"],
)
def test_the_systems_python_makes_the_environment_if_it_can(system, makes_it, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "OF_SYSTEM", system)

    own = sys._base_executable
    assert environment.maker(tmp_path / "log") == (system if makes_it else own)
