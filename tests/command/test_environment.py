"""``binglian environment`` and ``binglian check``: from nothing to a site that may start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def binglian(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "binglian.command.main", *words]
    clean = {"PATH": os.environ["PATH"], "LANG": "en_GB.UTF-8"}
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True)


def settings_in(file: str) -> dict[str, str]:
    lines = (line for line in file.splitlines() if not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def test_a_new_site_becomes_safe_and_ready_in_three_steps(tmp_path: Path):
    data = tmp_path / "data"
    made = binglian("environment", "--url", "https://alliance.example", "--data", str(data))
    site = settings_in(made.stdout) | {"DATABASE_URL": ""}

    before = binglian("check", **site)
    key = binglian("ledger", "key", "--make", **site)
    after = binglian("check", "--json", **site)

    assert (before.returncode, "binglian ledger key --make" in before.stdout) == (1, True)
    assert (key.returncode, key.stderr) == (0, "")
    told = json.loads(after.stdout)
    assert (told["unsafe"], told["checks"]["migrations"]["state"]) == ([], "failing")
    assert "binglian migrate" in told["checks"]["migrations"]["told"]


def test_two_sites_share_no_secret():
    ask = ("environment", "--containers", "--url", "https://alliance.example")
    one, other = settings_in(binglian(*ask).stdout), settings_in(binglian(*ask).stdout)

    same = {name for name in one if one[name] == other[name]}
    assert same == {
        "BINGLIAN_URL", "BINGLIAN_HOSTS", "BINGLIAN_PROXIES", "BINGLIAN_DATA",
        "BINGLIAN_LEDGER_KEY", "COMPOSE_PROJECT_NAME", "BINGLIAN_SITE",
    }  # fmt: skip
    assert one["POSTGRES_PASSWORD"] in one["DATABASE_URL"]


def test_an_address_without_its_scheme_is_refused():
    refused = binglian("environment", "--url", "alliance.example")

    assert (refused.returncode, "https://alliance.example" in refused.stderr) == (2, True)


def test_production_that_is_unsafe_does_not_serve_and_says_all_of_it(tmp_path: Path):
    made = binglian("environment", "--url", "http://alliance.example", "--data", str(tmp_path))
    tmp_path.chmod(0o755)
    site = settings_in(made.stdout) | {"DATABASE_URL": "", "BINGLIAN_HOSTS": "*"}

    for verb in (["serve", "--port", "0"], ["worker"]):
        refused = binglian(*verb, **site)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
        named = ("BINGLIAN_URL", "BINGLIAN_HOSTS", "ledger key --make", "chmod o=")
        assert [word for word in named if word not in refused.stderr] == []
