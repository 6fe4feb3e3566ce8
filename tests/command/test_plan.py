"""Claims on ``binglian plan``: any plan file in, the parallel plan out, no database."""

import json
import os
import signal
import subprocess
import sys

import openpyxl
import pytest

from binglian.command import words
from binglian.command.planning import answers, checking, documents, showing, units, writing
from binglian.engine.planning.formats.form import read_plan
from tests.engine.planning.formats.test_research_texts import PATTERSON, PROGEN_MAX, PSPLIB

pytestmark = pytest.mark.once
#: No settings, no secret, no home: only what the command itself brings.
BARE = {"PATH": os.environ["PATH"], "LANG": "en_US.UTF-8"}


def binglian(*arguments, **environment):
    command = [sys.executable, "-m", "binglian.command.main", *map(str, arguments)]
    return subprocess.run(command, env=BARE | environment, capture_output=True, text=True)


@pytest.fixture(autouse=True)
def _chinese():
    """The command keeps its language: each test begins in Chinese, whatever was spoken before."""
    words.speak("zh")
    yield
    words.speak("zh")


@pytest.fixture(scope="module")
def approvals(tmp_path_factory):
    """The template, planned once; the folder holds what the command wrote."""
    folder = tmp_path_factory.mktemp("plan")
    assert binglian("template", "plan", folder / "plan.xlsx", "--lang", "zh").returncode == 0
    done = binglian(
        "plan", folder / "plan.xlsx", "--json", folder / "out.json", "--out", folder / "out.xlsx",
        "--out", folder / "out.xml", "--problem", folder / "problem.json", "--lang", "zh",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "said.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def answer_in(folder):
    return json.loads((folder / "out.json").read_text(encoding="utf-8"))


def test_the_approvals_take_216_days_in_series_and_71_in_parallel(approvals):
    answer = answer_in(approvals)

    assert (answer["status"], answer["gap"]) == ("optimal", 0)
    assert (answer["serial"], answer["makespan"], answer["bound"]) == (216, 71, 71)
    said = (approvals / "said.txt").read_text(encoding="utf-8")
    assert "逐项串联共 216 个工作日；并联总工期 71 个工作日。" in said


def test_the_permit_comes_on_working_day_51(approvals):
    answer = answer_in(approvals)

    assert answer["finishes"]["20"] == 51
    assert answer["dates"]["20"] == ["2026-05-09T00:00", "2026-05-15T00:00"]


def test_removing_tender_and_publicity_gains_a_single_day_and_it_says_why(approvals):
    answer = answer_in(approvals)

    critical = (1, 2, 4, 6, 9, 14, 18, 19, 20, 21, 23, 24, 25, 26, 27)
    assert answer["critical"] == [str(number) for number in critical]
    assert (
        "删去「11 设计方案公示」「14 施工招标(含公示)」，只省 1 个工作日，"
        "因为「8 用地手续与不动产权证」随即成为关键。"
    ) in answer["insights"]
    assert answer["insights"][1] == "串联合计中计时 185 个工作日，停时（公示、招标等）31 个工作日。"
    assert (
        answer["reasons"]["20"]
        == "待「18 质量安全监督手续」办结即可开始（另有 1 项前置同时到位）。"
    )


def test_the_answer_has_the_keys_promised(approvals):
    answer = answer_in(approvals)

    promised = {"status", "makespan", "bound", "gap", "seconds", "serial", "starts", "modes"}
    assert promised | {"critical", "reasons"} <= set(answer)
    assert [set(answer[key]) for key in ("starts", "modes")] == [{str(n) for n in range(1, 28)}] * 2


def test_the_workbook_shows_schedule_chart_who_waits_and_figures(approvals):
    book = openpyxl.load_workbook(approvals / "out.xlsx")

    assert book.sheetnames == [
        "进度", "横道图", "谁等谁", "数字", "任务", "方式", "容量", "日历", "设置",
    ]  # fmt: skip
    schedule = [*book["进度"].values]
    columns = {heading: number for number, heading in enumerate(schedule[0])}
    permit = next(row for row in schedule if row[columns["编号"]] == "20")
    shown = [
        permit[columns[key]] for key in ("任务", "开始", "完成", "开始（单位）", "完成（单位）")
    ]
    assert shown == ["施工许可", "2026-05-09", "2026-05-14", 46, 51]
    first = book["横道图"][2]
    assert [cell.fill.fgColor.rgb != "00000000" for cell in first[3:9]] == [True] * 5 + [False]
    waiting = [row[:4] for row in book["谁等谁"].values]
    assert (
        "示例自然资源局",
        "2 用地预审与选址意见",
        "示例发展改革局",
        "1 项目建议书审批",
    ) in waiting


def test_the_workbook_written_can_be_changed_by_hand_and_planned_again(approvals):
    first, again = (
        documents.read_asked(file, file.read_bytes(), "zh", format=None, start=None)
        for file in (approvals / "plan.xlsx", approvals / "out.xlsx")
    )

    assert (again.problem, again.axis) == (first.problem, first.axis)
    assert (again.titles, again.owners, again.title) == (first.titles, first.owners, first.title)


@pytest.mark.parametrize("name", ["out.xml", "problem.json"])
def test_what_is_written_is_planned_alike(approvals, name, tmp_path):
    done = binglian("plan", approvals / name, "--json", tmp_path / "again.json", "--seconds", 5)

    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    unit = 8 if name == "out.xml" else 1
    assert (done.returncode, again["makespan"], again["serial"]) == (0, 71 * unit, 216 * unit)


def test_an_instance_of_research_is_answered_by_its_job_numbers(tmp_path):
    (tmp_path / "example.mm").write_text(PSPLIB)

    done = binglian("plan", tmp_path / "example.mm", "--json", tmp_path / "out.json")

    answer = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (done.returncode, answer["status"], answer["makespan"]) == (0, "optimal", 5)
    assert answer["modes"] == {"1": "1", "2": "2", "3": "1", "4": "1"}
    assert done.stdout.splitlines()[1] == "One after another: 9 units in all. In parallel: 5 units."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.rcp"], "Error: Cannot read gone.rcp: No such file or directory."),
        (["plan.rcp"], "Error: plan.rcp: line 4, duration: is -5, below 0. Correct it."),
        (["plan.rcp", "--seconds", "0"],
         "Error: --seconds must be above 0 and at most one day."),
        (["plan.rcp", "--out", "plan.pdf"],
         "Error: The file of --out must end in .xlsx or .xml."),
        (["plan.rcp", "--start", "soon"],
         "Error: --start is “soon”, expected a date such as 2026-03-02."),
    ],
)  # fmt: skip
def test_bad_input_ends_with_status_2_and_a_message(tmp_path, arguments, said):
    (tmp_path / "plan.rcp").write_text(PATTERSON.replace("5 2 0", "-5 2 0"))
    command = [sys.executable, "-m", "binglian.command.main", "plan", *arguments]
    done = subprocess.run(command, env=BARE, capture_output=True, text=True, cwd=tmp_path)

    assert (done.returncode, done.stderr.strip()) == (2, said)


def test_lags_that_contradict_one_another_are_bad_input(tmp_path):
    text = PROGEN_MAX.replace("2 1 2 1 3 [-6] [3]", "2 1 2 1 3 [-6] [7]")
    (tmp_path / "plan.sch").write_text(text.replace("3 1 1 0 [-20]", "3 1 1 1 [-8]"))

    done = binglian("plan", tmp_path / "plan.sch", "--json", tmp_path / "out.json")

    assert (done.returncode, done.stderr.strip()) == (
        2,
        f"Error: {tmp_path / 'plan.sch'}: These tasks wait for one another, or their lags"
        " contradict one another: “2” → “3” → “1” → “2”. Remove or relax one of the precedences.",
    )
    assert not (tmp_path / "out.json").exists()


def asked(text, tmp_path, name="plan.rcp"):
    file = tmp_path / name
    file.write_text(text)
    content = file.read_bytes()
    return documents.read_asked(file, content, "en", format=None, start=None)


def test_the_files_are_written_though_nobody_reads_what_is_said(tmp_path):
    (tmp_path / "a.rcp").write_text(PATTERSON, encoding="utf-8")
    command = [sys.executable, "-m", "binglian.command.main", "plan", tmp_path / "a.rcp"]
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w") as said:
        environment = BARE | {"PYTHONUNBUFFERED": "1"}  # as with output longer than a buffer
        subprocess.run([*command, "--json", tmp_path / "out.json"], env=environment, stdout=said)

    assert answer_in(tmp_path)["status"] == "optimal"


def test_what_cannot_be_done_is_explained(tmp_path, capsys):
    file = asked(PATTERSON.replace("3 1\n", "1 1\n", 1), tmp_path)
    answer = answers.solve(file, seconds=5, seed=0, workers=1, fingerprint="", language="en")
    showing.show(answer, "en")

    assert (answer.result.status.value, answer.as_json()["makespan"]) == ("infeasible", None)
    assert "Task “2” needs at least 2 of “R1”, which has 1." in capsys.readouterr().out


def test_an_ms_project_file_asks_for_dates_before_anything_is_solved(tmp_path):
    file = asked(PATTERSON, tmp_path)

    with pytest.raises(documents.CommandRefused, match="--start"):
        writing.require_dates([tmp_path / "plan.xml"], file)


def test_a_length_is_told_in_the_units_of_its_file(tmp_path):
    axis = asked(PATTERSON, tmp_path).axis

    assert units.length(5, axis) == "5 个单位"


def test_a_plan_checks_out_against_its_file(approvals):
    done = binglian("plan", "check", approvals / "plan.xlsx", approvals / "out.json")

    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "✓ 27 tasks keep all the rules.",
            "✓ It takes 71 working days.",
            "Nothing wrong was found.",
        ],
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"makespan": 70}, "It takes 71 working days, but the plan says 70 working days."),
        ({"bound": 72}, "The bound 72 working days lies above the length 71 working days, which"
         " cannot be."),
        ({"starts": 45}, "Task “20 施工许可”, started at 2026-05-08, is done at 2026-05-13 but the"
         " plan says 2026-05-14."),
        ({"tiers": {"overrun": 3}}, "Overrun of hard deadlines: 0, but the plan says 3."),
    ],
)  # fmt: skip
def test_a_plan_that_was_changed_does_not(approvals, change, said):
    words.speak("en")
    answer = answer_in(approvals)
    if "starts" in change:
        answer["starts"]["20"] = change["starts"]
    else:
        answer |= change
    content = (approvals / "plan.xlsx").read_bytes()
    file = documents.read_asked(approvals / "plan.xlsx", content, "en", format=None, start=None)
    claimed = read_plan(json.dumps(answer).encode(), file.problem)
    verdict = checking.check(file, claimed, documents.fingerprint_of(content), "en")

    assert said in verdict.wrong
    assert verdict.notes == ()


def test_ctrl_c_ends_the_search_with_what_it_has_and_a_second_one_the_command():
    with answers.until_interrupted() as should_stop:
        before = should_stop()
        signal.raise_signal(signal.SIGINT)
        after = should_stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert (before, after) == (False, True)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
