"""Claims on ``binglian couple`` with spreadsheets: two sheets in, an answer out, no database."""

import json
import os
import subprocess
import sys

import openpyxl
import pytest

pytestmark = pytest.mark.once
#: No settings, no secret, no home: only what the command itself brings.
BARE = {"PATH": os.environ["PATH"], "LANG": "en_US.UTF-8"}


def binglian(*arguments, **environment):
    command = [sys.executable, "-m", "binglian.command.main", *map(str, arguments)]
    return subprocess.run(command, env=BARE | environment, capture_output=True, text=True)


@pytest.fixture
def lists(tmp_path):
    file = tmp_path / "lists.xlsx"
    assert binglian("template", "lists", file).returncode == 0
    return file


def test_the_templates_example_is_solved_to_its_bound(lists, tmp_path):
    result = tmp_path / "result.json"

    done = binglian("couple", lists, "--json", result)

    answer = json.loads(result.read_text(encoding="utf-8"))
    assert (done.returncode, done.stderr) == (0, "")
    assert list(answer) == [
        "schema", "problem", "status", "objective", "bound", "price_bound", "gap", "seconds",
        "seed", "tiers", "prices", "supplies", "counts", "matches", "unmet",
    ]  # fmt: skip
    assert (answer["status"], answer["objective"], answer["gap"]) == ("optimal", answer["bound"], 0)


def test_each_match_names_the_rows_of_the_spreadsheet(lists, tmp_path):
    result = tmp_path / "result.json"
    binglian("couple", lists, "--json", result)

    sheets = openpyxl.load_workbook(lists)
    for match in json.loads(result.read_text(encoding="utf-8"))["matches"]:
        offer, need = sheets["Offers"][match["offer_row"]], sheets["Needs"][match["need_row"]]
        assert (offer[2].value, bool(match["reason"])) == (match["offer"], True)
        assert need[3].value in (match["component"], None)


def test_each_unmet_need_says_why_and_what_is_missing(lists, tmp_path):
    result = tmp_path / "result.json"
    binglian("couple", lists, "--json", result)

    unmet = json.loads(result.read_text(encoding="utf-8"))["unmet"]
    assert {bool(row["reason"] and row["missing"] and row["would_help"]) for row in unmet} == {True}


def test_the_same_seed_gives_the_same_answer(lists, tmp_path):
    answers = []
    for name in ("a.json", "b.json"):
        binglian("couple", lists, "--json", tmp_path / name, "--seed", 3)
        answers.append(json.loads((tmp_path / name).read_text(encoding="utf-8"))["matches"])

    assert answers[0] == answers[1]


def test_the_result_is_written_as_a_workbook(lists, tmp_path):
    book = tmp_path / "result.xlsx"
    binglian("couple", lists, "--out", book, "--lang", "zh")

    assert openpyxl.load_workbook(book).sheetnames == ["匹配", "未满足"]


def test_a_need_met_several_times_is_given_a_time_for_each(lists, tmp_path):
    result = tmp_path / "result.json"
    book = openpyxl.load_workbook(lists)
    headings = [cell.value for cell in book["Needs"][1]]
    book["Needs"].cell(2, headings.index("Times") + 1).value = 2
    book.save(lists)

    binglian("couple", lists, "--json", result, "--lang", "en")

    supplies = json.loads(result.read_text(encoding="utf-8"))["supplies"]
    assert {"slot" in supply for supply in supplies} == {True}


def test_bad_input_is_refused_with_sheet_row_column_and_remedy(lists):
    book = openpyxl.load_workbook(lists)
    book["Needs"]["G4"] = "as many as you like"
    book.save(lists)

    done = binglian("couple", lists, "--lang", "zh")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：工作表“Needs”第 4 行 G 列（Quantity）")


def test_the_faults_of_both_sheets_are_said_at_once(lists):
    book = openpyxl.load_workbook(lists)
    book["Offers"]["F3"] = "as many as you like"
    book["Needs"]["G4"] = "as many as you like"
    book.save(lists)

    faults = binglian("couple", lists, "--lang", "zh").stderr

    assert [sheet in faults for sheet in ("工作表“Offers”第 3 行", "工作表“Needs”第 4 行")] == [
        True,
        True,
    ]


def test_a_quantity_column_under_another_name_is_not_guessed(lists):
    book = openpyxl.load_workbook(lists)
    book["Needs"]["G1"] = "wanted so much"
    book.save(lists)

    done = binglian("couple", lists, "--lang", "en")

    assert (done.returncode, "wanted so much" in done.stderr) == (2, True)


@pytest.mark.parametrize(("name", "content"), [("no.xlsx", None), ("bad.xlsx", b"PK nothing")])
def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path, name, content):
    if content:
        (tmp_path / name).write_bytes(content)

    done = binglian("couple", tmp_path / name)

    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (2, 1, False)


def test_a_workbook_without_needs_says_which_sheet_is_missing(tmp_path):
    file = tmp_path / "offers.xlsx"
    binglian("template", "offers", file, "--lang", "zh")

    done = binglian("couple", file, "--lang", "zh")

    assert (done.returncode, "没有“需求清单”工作表" in done.stderr) == (2, True)
