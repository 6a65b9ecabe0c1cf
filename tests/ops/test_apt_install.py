"""The script that installs packages, with an apt-get that only waits and a policy-rc.d of its own."""

import os
import signal
import subprocess
import sys
import time

import pytest

from launcher import packages
from launcher.places import ROOT

APT_GET = """\
#!/bin/sh
[ "$1" = install ] || exit 0
trap "{answer}" INT
cat "{policy}" > "{folder}/seen"
sleep {seconds}
touch "{folder}/installed"
"""
WAITING = """
import subprocess, sys
from launcher import packages, report
installing = ["sh", "-c", 'trap "" INT; touch begun; sleep 0.5; touch installed']
sys.exit(report.guarded(lambda: packages.finished(subprocess.Popen(installing))))
"""


@pytest.fixture
def policy(tmp_path):
    return tmp_path / "policy-rc.d"


@pytest.fixture
def install(tmp_path, policy):
    """Return a function that begins to install what takes some seconds, in a process group of its own."""
    script = tmp_path / "apt-install"
    script.write_text(packages.APT_INSTALL.read_text().replace("/usr/sbin/policy-rc.d", str(policy)))

    def begin(seconds=0, answer="exit 130"):
        apt_get = tmp_path / "apt-get"
        apt_get.write_text(APT_GET.format(policy=policy, folder=tmp_path, seconds=seconds, answer=answer))
        apt_get.chmod(0o755)
        env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
        return subprocess.Popen(["sh", script, "redis-server"], env=env, start_new_session=True)

    return begin


def wait_for(path):
    deadline = time.monotonic() + 10
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_services_may_not_start_while_packages_are_installed_and_may_afterwards(install, policy, tmp_path):
    assert install().wait() == 0

    assert (tmp_path / "seen").read_text().endswith("\nexit 101\n")
    assert not policy.exists()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_services_may_start_again_also_after_a_request_to_stop(install, policy, asked, tmp_path):
    installing = install(seconds=30)
    wait_for(tmp_path / "seen")

    os.killpg(installing.pid, asked)

    assert installing.wait(10) == 130
    assert not policy.exists()
    assert not (tmp_path / "installed").exists()


def test_what_a_dead_machine_left_of_ours_is_removed(install, policy, tmp_path):
    assert install().wait() == 0
    policy.write_bytes((tmp_path / "seen").read_bytes())

    assert install().wait() == 0

    assert not policy.exists()


def test_somebody_elses_stays_as_it_is(install, policy):
    policy.write_text("#!/bin/sh\nexit 101\n")

    assert install().wait() == 0

    assert policy.read_text() == "#!/bin/sh\nexit 101\n"


def test_the_script_outlives_an_apt_that_first_finishes_a_package(install, policy, tmp_path):
    policy.write_text("somebody else's")
    installing = install(seconds=1, answer="")
    wait_for(tmp_path / "seen")

    os.killpg(installing.pid, signal.SIGINT)

    assert installing.wait(10) == 130
    assert (tmp_path / "installed").exists()
    assert policy.read_text() == "somebody else's"


def test_the_prompt_is_not_back_before_apt_is_done(tmp_path):
    env = os.environ | {"PYTHONPATH": str(ROOT / "bin")}
    launcher = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=tmp_path,
        env=env,
        start_new_session=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for(tmp_path / "begun")

    os.killpg(launcher.pid, signal.SIGINT)
    said, _nothing = launcher.communicate(timeout=10)

    assert (launcher.returncode, said) == (130, "finishing apt… ")
    assert (tmp_path / "installed").exists()
