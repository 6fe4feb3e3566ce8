"""The units are what systemd understands, and confined."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from binglian.command.main import VERBS

from .conftest import DEPLOY

pytestmark = pytest.mark.once

UNITS = DEPLOY / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))


def _as_started(name: str) -> str:
    return name.replace("@.", "@historic.")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A root folder where the guide has been followed."""
    shutil.copytree(UNITS, tmp_path / "etc/systemd/system")
    command = tmp_path / "opt/binglian/bin/binglian"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    system = Path("/usr/lib/systemd/system")
    if system.exists():
        shutil.copytree(system, tmp_path / "usr/lib/systemd/system", symlinks=True)
    (tmp_path / "lib").symlink_to("usr/lib")
    return tmp_path


def test_systemd_has_nothing_to_say_about_our_units(machine, judge):
    units = [_as_started(path.name) for path in UNITS.iterdir() if path.is_file() and path.suffix]
    command = [judge("systemd-analyze"), f"--root={machine}", "--man=no", "verify", *units]

    said = subprocess.run(command, capture_output=True, text=True)

    assert [line for line in said.stderr.splitlines() if "binglian" in line] == []
    assert (said.returncode, len(units)) == (0, 10)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_touches_little_of_its_machine(machine, judge, service):
    unit = _as_started(service)
    command = [judge("systemd-analyze"), f"--root={machine}", "security", "--offline=true"]
    limit = ["--threshold=15"]  # tenths; 100 is exposed to everything

    said = subprocess.run([*command, *limit, unit], capture_output=True, text=True)

    print(said.stdout.splitlines()[-1])
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_runs_a_verb_there_is(service):
    (started,) = re.findall(
        r"^ExecStart=/opt/binglian/bin/binglian (\S+)", (UNITS / service).read_text(), re.M
    )

    assert started in {verb.NAME for verb in VERBS}


@pytest.mark.parametrize("timer", sorted(UNITS.glob("*.timer")), ids=lambda path: path.name)
def test_a_timer_has_its_service(timer):
    assert timer.with_suffix(".service").exists()
