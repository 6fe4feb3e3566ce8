"""The locks name packages and hashes, and no address of any registry."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

pytestmark = pytest.mark.once


def _names(requirements: list[object]) -> set[str]:
    words = [re.match(r"[\w.-]+", asked) for asked in requirements if isinstance(asked, str)]
    return {word.group().lower() for word in words if word}


def _locked(name: str) -> dict[str, str]:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", lock, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_python_lock_records_no_address(lock: Path) -> None:
    assert re.findall(r"\w+://\S+|--(?:index|extra|find|trusted)\S*", lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", lock.read_text())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_npm_lock_records_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    cluster = _names(project["project"]["optional-dependencies"]["cluster"])
    runtime, build = _names(project["project"]["dependencies"]), _names(groups["build"])
    assert {
        "runtime": runtime - {*_locked("runtime")},
        "build": build - {*_locked("build")},
        "dev": (runtime | cluster | build | _names(groups["dev"])) - {*_locked("dev")},
        "bench": _names(groups["bench"]) - {*_locked("bench")},
    } == {"runtime": set(), "build": set(), "dev": set(), "bench": set()}


def test_a_package_has_the_same_version_in_every_lock() -> None:
    dev = _locked("dev")
    others = _locked("runtime") | _locked("build") | _locked("bench")
    differing = {name for name, version in others.items() if dev.get(name, version) != version}
    assert differing == set()
    assert {*_locked("runtime"), *_locked("build")} - {*dev} == set()
