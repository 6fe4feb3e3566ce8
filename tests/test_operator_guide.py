"""The operator's guide names what there is, and all of it."""

import re
import subprocess
import sys

import pytest
from django.db.migrations.loader import MigrationLoader

from binglian.command.main import VERBS
from binglian.command.migrate import present_steps
from tools.steps import ROOT

pytestmark = pytest.mark.once

GUIDE = (ROOT / "docs/guides/operator.md").read_text()
#: Reads the settings as production does, and prints every variable asked for.
READ = """
import binglian.config.settings
from binglian.config.settings.environment import READ
print(*sorted(READ))
"""


def _words(text: str) -> list[str]:
    return re.findall(r"(?m)^(?:\S*/|docker compose run --rm )?(?:binglian|migrate) (.+)$", text)


def test_every_variable_is_in_the_table_and_nothing_else():
    needed = {
        "BINGLIAN_SECRET_KEY": "s" * 40,
        "BINGLIAN_KEY_ENCRYPTION_KEY": "k" * 40,
        "BINGLIAN_HOSTS": "alliance.example",
        "BINGLIAN_URL": "https://alliance.example",
    }
    command = [sys.executable, "-c", READ]
    read = subprocess.run(command, env=needed, capture_output=True, text=True, check=True)

    table = re.findall(r"(?m)^\| `([A-Z0-9_]+)` \|", GUIDE)
    assert sorted(table) == read.stdout.split()


def test_the_environment_is_read_in_one_place():
    asks = re.compile(r'os\.environ\S*?["(\[]+((?:BINGLIAN|DATABASE)_[A-Z0-9_]+)')
    sources = (path.read_text() for path in (ROOT / "src/binglian").rglob("*.py"))
    named = {name for source in sources for name in asks.findall(source)}

    # asked for a password; what the demonstration sets for itself
    assert named == {"BINGLIAN_PASSWORD", "BINGLIAN_MODE", "BINGLIAN_URL"}


def test_every_command_of_the_guide_exists():
    code = "\n".join(re.findall(r"(?s)```sh\n(.*?)```", GUIDE)) + "\n".join(
        re.findall(r"`(binglian [^`]+)`", GUIDE)
    )
    names = sorted({verb.NAME for verb in VERBS}, key=len, reverse=True)
    unknown = [words for words in _words(code) if not words.startswith(tuple(names))]

    assert (unknown, len(_words(code)) > 15) == ([], True)


def test_every_file_of_the_guide_exists():
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", GUIDE))

    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert len(named) > 4


def test_every_figure_of_the_guide_is_told(settings, client, db):
    settings.METRICS_TOKEN = "monitor-monitor-monitor"
    client.get("/health/")
    told = client.get("/metrics", HTTP_AUTHORIZATION="Bearer monitor-monitor-monitor").content

    named = set(re.findall(r"\bbinglian_[a-z_]+", GUIDE)) - {"binglian_data", "binglian_database"}
    absent = {name for name in named if f"# TYPE {name}".encode() not in told}
    assert {name.removesuffix("_bucket") for name in absent} == {"binglian_request_seconds"}


def test_every_step_of_the_tables_can_be_taken_back():
    graph = MigrationLoader(None).graph
    fixed = [
        f"{step.app_label}.{step.name}: {operation.describe()}"
        for step in graph.nodes.values()
        for operation in step.operations
        if step.__module__.startswith("binglian.") and not operation.reversible
    ]

    assert fixed == []


def test_the_database_tells_where_it_stands(db):
    steps = dict(line.split() for line in present_steps())

    assert steps == dict(MigrationLoader(None).graph.leaf_nodes())
