"""Claims on ``binglian routing``: learn from a CSV file, test, ask; no database."""

import csv
import json
import os
import subprocess
import sys

import pytest

from tests.engine.routing.test_routing import LABELS, TEXTS

pytestmark = pytest.mark.once
BARE = {"PATH": os.environ["PATH"]}


def routing(*arguments):
    command = [sys.executable, "-m", "binglian.command.main", "routing", *map(str, arguments)]
    return subprocess.run(command, env=BARE, capture_output=True, text=True)


def sheet(path, rows, *, encoding="utf-8", header=("text", "label")):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("routing")
    known = sheet(folder / "known.csv", zip(TEXTS, LABELS, strict=True))
    done = routing("train", known, "--out", folder / "model")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("已从 18 条学会 3 类")
    return folder / "model"


def test_evaluate_writes_the_figures_asked_for(model, tmp_path):
    new = sheet(tmp_path / "new.csv", [("污水堵塞下水", "排水"), ("人行道松动", "道路")])
    done = routing("evaluate", model, new, "--json")
    found = json.loads(done.stdout)
    assert sorted(found) == ["accuracy", "macro_f1", "n", "per_label", "seconds"]
    assert (found["accuracy"], found["macro_f1"], found["n"]) == (1.0, 1.0, 2)
    assert found["per_label"]["排水"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}


def test_predict_says_label_confidence_and_words(model):
    done = routing("predict", model, "--text", "院里污水堵塞", "--lang", "zh")
    assert done.returncode == 0
    assert done.stdout.startswith("排水（把握 ")
    assert "污水" in done.stdout


def test_files_of_chinese_spreadsheets_are_read_as_they_come(model, tmp_path):
    new = sheet(tmp_path / "new.csv", [("编号1", "污水堵塞", "排水")], encoding="gb18030",
                header=("编号", "text", "label"))  # fmt: skip
    assert json.loads(routing("evaluate", model, new, "--json").stdout)["accuracy"] == 1.0


@pytest.mark.parametrize(
    ("rows", "header", "says"),
    [
        ([("a", "b")], ("内容", "label"), "第 1 行：缺少列 text"),
        (
            [("路灯不亮", "道路"), ("噪声", "")],
            ("text", "label"),
            "第 3 行：text 和 label 都要填写",
        ),
        ([], ("text", "label"), "没有一条诉求"),
        ([("路灯不亮", "道路")], ("text", "label"), "至少要有两个不同的类别"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path, rows, header, says):
    done = routing(
        "train", sheet(tmp_path / "bad.csv", rows, header=header), "--out", tmp_path / "m"
    )
    assert done.returncode == 2
    assert says in done.stderr
    assert not (tmp_path / "m").exists()


def test_what_is_no_model_or_not_there_is_refused(tmp_path):
    other = tmp_path / "other"
    other.write_text("text")
    assert routing("predict", other, "--text", "x").returncode == 2
    assert routing("predict", tmp_path / "none", "--text", "x").returncode == 2
