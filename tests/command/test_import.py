"""Claims on ``binglian import``."""

import json

import pytest

from binglian.command.main import main
from binglian.domain.coupling.models import Offer

HEADINGS = "编号,单位,资源名称,类别,数量"
GOOD = f"{HEADINGS}\nR1,建设集团（示例）,会客厅,场地,2\n"
MIXED = f"{GOOD}R2,建设集团,音响,设备,3\n"


@pytest.fixture
def file(tmp_path, giving, administrator):
    """Write a list and return its path as an argument."""

    def write(text):
        path = tmp_path / "清单.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def binglian(*arguments):
    return main(["import", "offers", *arguments, "--alliance", "historic", "--lang", "zh"])


def test_a_good_list_is_imported(file, capsys):
    assert binglian(file(GOOD)) == 0

    assert capsys.readouterr().out == "已导入：新增 1，修改 0，不变 0，有误 0\n"
    assert Offer.objects.get().title == "会客厅"


def test_a_dry_run_writes_nothing(file, capsys):
    assert binglian(file(GOOD), "--dry-run") == 0

    assert capsys.readouterr().out == "没有写入：新增 1，修改 0，不变 0，有误 0\n"
    assert Offer.objects.count() == 0


def test_bad_input_is_refused_with_sheet_row_and_column(file, capsys):
    assert binglian(file(MIXED)) == 2

    assert capsys.readouterr().err == (
        "工作表“清单”第 3 行 B 列（单位）：成员名单里没有“建设集团”。"
        "是否为“建设集团（示例）”？请按成员名单填写全称。\n"
    )
    assert Offer.objects.count() == 0


def test_the_good_rows_alone_when_asked(file):
    assert binglian(file(MIXED), "--good-rows") == 0

    assert Offer.objects.count() == 1


def test_json_tells_everything(file, capsys):
    binglian(file(MIXED), "--json", "--dry-run")

    report = json.loads(capsys.readouterr().out)
    assert {key: report[key] for key in ("created", "changed", "same", "wrong", "is_written")} == {
        "created": 1,
        "changed": 0,
        "same": 0,
        "wrong": 1,
        "is_written": False,
    }
    assert [(row["row"], row["verdict"]) for row in report["rows"]] == [(2, "create")]
    assert [(p["row"], p["column"], p["severity"]) for p in report["problems"]] == [
        (3, "B", "error")
    ]


def test_somebody_may_be_named(file, giver, capsys):
    assert binglian(file(GOOD), "--by", "giver") == 0


def test_whoever_is_named_needs_the_right(file, receiver, capsys):
    assert binglian(file(GOOD), "--by", "receiver") == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--by", "nobody"], "没有用户“nobody”。"),
        (["--alliance", "nowhere"], "没有网址名为“nowhere”的联盟。现有：historic。"),
    ],
)
def test_what_is_not_known_is_said(file, capsys, arguments, why):
    status = main(
        ["import", "offers", file(GOOD), "--alliance", "historic", *arguments, "--lang", "zh"]
    )

    assert status == 2
    assert capsys.readouterr().err == f"错误：{why}\n"


def test_a_file_that_is_not_there_is_said(administrator, alliance, capsys):
    assert binglian("没有.csv") == 2
