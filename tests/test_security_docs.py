"""The threat model and the checklist name tests that exist, and leave no line out."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
PAGES = ("threat-model.md", "asvs.md")


def _named(page: str) -> list[str]:
    return re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", (ROOT / "docs" / page).read_text())


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page: str) -> None:
    named = _named(page)

    def exists(name: str) -> bool:
        path, _sign, function = name.partition("::")
        if not (ROOT / path).exists():
            return False
        tree = ast.parse((ROOT / path).read_text())
        return not function or any(
            isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body
        )

    assert len(named) > 20
    assert [name for name in named if not exists(name)] == []


def test_every_requirement_of_level_two_has_one_line_and_a_state() -> None:
    page = (ROOT / "docs/asvs.md").read_text()
    lines = re.findall(r"(?m)^\| (\d+\.\d+\.\d+) \|[^|]+\| ([^|]+) \|", page)
    chapters = [int(number.split(".")[0]) for number, _state in lines]

    assert len({number for number, _state in lines}) == len(lines) == 253
    assert sorted(set(chapters)) == list(range(1, 18))
    assert {state for _number, state in lines} == {"met", "n/a", "operator", "not met"}
