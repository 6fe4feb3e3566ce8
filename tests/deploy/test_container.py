"""The container files, as far as they can be judged without a daemon."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .conftest import DEPLOY

pytestmark = pytest.mark.once

CONTAINER = DEPLOY / "container"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files beside a `.env` as the guide makes it."""
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    verb = ["environment", "--containers", "--url", "https://alliance.example"]
    command = [sys.executable, "-m", "binglian.command.main", *verb]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    (tmp_path / "deploy/container/.env").write_text(made.stdout)
    return tmp_path / "deploy/container"


def test_the_dockerfile_passes_its_linter():
    hadolint = Path(sys.executable).with_name("hadolint")

    said = subprocess.run([hadolint, CONTAINER / "Dockerfile"], capture_output=True, text=True)

    assert (said.stdout, said.stderr, said.returncode) == ("", "", 0)


def test_compose_understands_its_file(folder, judge):
    command = [judge("docker-compose"), "--file", "compose.yaml", "config"]

    said = subprocess.run(command, cwd=folder, capture_output=True, text=True)

    assert (said.stderr, said.returncode) == ("", 0)
    services = yaml.safe_load(said.stdout)["services"]
    assert sorted(services) == ["database", "migrate", "proxy", "web", "worker"]
    ours = [services[name] for name in ("migrate", "web", "worker", "proxy")]
    assert all(one["read_only"] and one["cap_drop"] == ["ALL"] for one in ours)
    assert {name for name, one in services.items() if "ports" in one} == {"proxy"}


def test_compose_refuses_to_start_without_its_settings(folder, judge):
    (folder / ".env").write_text("")

    command = [judge("docker-compose"), "--file", "compose.yaml", "config"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True)

    assert (said.returncode, "binglian environment --containers" in said.stderr) == (1, True)
