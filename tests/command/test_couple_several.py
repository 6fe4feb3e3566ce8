"""Claims on ``binglian couple several``: one file for each alliance, one joint answer."""

import json

import pytest

from binglian.engine.coupling.form import write_problem
from binglian.engine.coupling.form.text import lines
from tests.engine.coupling.builders import a_need, a_problem, an_offer

from .test_couple import binglian

pytestmark = pytest.mark.once


@pytest.fixture
def files(tmp_path):
    """Two alliances that both list the hall; the west needs it more."""
    hall = an_offer("馆", 10)
    problems = {
        "east": a_problem([hall, an_offer("东", 4)], [a_need("乙", 10), a_need("丁", 4)]),
        "west": a_problem([hall], [a_need("丙", 10, priority=3)]),
    }
    for name, problem in problems.items():
        text = "".join(lines(write_problem(problem)))
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.json" for name in problems]


def test_a_shared_offer_is_promised_only_once(files, tmp_path):
    out = tmp_path / "out.json"

    done = binglian("couple", "several", *files, "--shared", "馆", "--json", out)

    answer = json.loads(out.read_text(encoding="utf-8"))
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["alliance"], row["used"]) for row in answer["shared"]] == [("west", 10)]
    assert [(one["alliance"], one["objective"]) for one in answer["results"]] == [
        ("east", 1),
        ("west", 9),
    ]


def test_every_alliance_can_check_its_own_result(files, tmp_path):
    binglian("couple", "several", *files, "--shared", "馆", "--results", tmp_path)

    checks = [
        binglian(
            "couple", "check", file, file.with_suffix(".result.json"),
            "--prices", file.with_suffix(".prices.json"),
        )
        for file in files
    ]  # fmt: skip

    assert [check.returncode for check in checks] == [0, 0], checks[0].stdout + checks[1].stdout


def test_an_offer_that_only_one_file_lists_is_not_shared(files):
    done = binglian("couple", "several", *files, "--shared", "东", "--lang", "zh")

    assert done.returncode == 2
    assert "资源 东 只在 1 个文件中列出" in done.stderr
