"""Claims on ``binglian couple`` with the JSON form: solve, save, check again, start warm."""

import json

import pytest
from django.utils import translation

from binglian.command.main import main

pytestmark = pytest.mark.once
SCHEMA = {"schema": "binglian.coupling.problem/1"}
#: Generalised assignment: two agents with limited hours, three jobs, what each takes and costs.
ASSIGNMENT = {
    **SCHEMA,
    "offers": [{"ref": "ann", "quantity": 7}, {"ref": "bob", "quantity": 8}],
    "needs": [
        {"ref": job, "weight": 100, "components": [{"quantity": 1}]} for job in ("x", "y", "z")
    ],
    "pairs": [
        {"offer": agent, "need": job, "use": use, "value": -cost}
        for agent, job, use, cost in [
            ("ann", "x", 3, 4), ("ann", "y", 5, 2), ("ann", "z", 4, 7),
            ("bob", "x", 4, 5), ("bob", "y", 6, 6), ("bob", "z", 4, 3),
        ]
    ],
}  # fmt: skip
#: A room for three afternoons and a bundle that meets in two of them.
ROOM = {
    **SCHEMA,
    "slots": [{"weekdays": [day], "start": "14:00", "end": "17:00"} for day in (2, 3, 4)],
    "offers": [
        {"ref": "room", "title": "会客厅", "organisation": "公司", "kind": "venue", "quantity": 1,
         "renews": True, "windows": [{"weekdays": [3, 4]}]},
        {"ref": "hours", "organisation": "律所", "kind": "expertise", "quantity": 2.5},
    ],
    "needs": [
        {"ref": "class", "organisation": "社区", "times": 2, "priority": "urgent",
         "components": [{"kind": "venue", "quantity": 1}, {"kind": "expertise", "quantity": 1}]},
        {"ref": "club", "organisation": "协会", "components": [{"kind": "venue", "quantity": 1}]},
    ],
}  # fmt: skip


@pytest.fixture
def binglian(capsys):
    """Run the command; return its exit status, what it printed and what it complained of."""

    def run(*arguments, lang="zh"):
        with translation.override(None):
            status = main([*map(str, arguments), "--lang", lang])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def written(tmp_path):
    def write(name, document):
        file = tmp_path / name
        file.write_text(json.dumps(document), encoding="utf-8")
        return file

    return write


@pytest.fixture
def solved(binglian, written, tmp_path):
    """Solve a problem; return its file, the result's and the prices'."""

    def solve(problem, *options):
        files = written("problem.json", problem), tmp_path / "r.json", tmp_path / "p.json"
        done = binglian("couple", files[0], "--json", files[1], "--prices", files[2], *options)
        assert (done[0], done[2]) == (0, "")
        return files

    return solve


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def changed(file, **facts):
    file.write_text(json.dumps({**read(file), **facts}), encoding="utf-8")


def test_a_generalised_assignment_is_solved_to_its_optimum(solved):
    _, result, _ = solved(ASSIGNMENT)

    answer = read(result)
    assert (answer["status"], answer["objective"], answer["bound"]) == ("optimal", 290, 290)
    assert {(row["offer"], row["need"], row["quantity"]) for row in answer["supplies"]} == {
        ("bob", "x", 1),
        ("ann", "y", 1),
        ("bob", "z", 1),
    }  # by hand: 300 - 5 - 2 - 3; ann has no time for both x and y


def test_supplies_name_slot_and_quantity_in_the_units_of_the_file(solved):
    _, result, _ = solved(ROOM)

    answer = read(result)
    assert sorted(answer["supplies"], key=str) == [
        {"offer": "hours", "need": "class", "component": 1, "slot": 1, "quantity": 1},
        {"offer": "hours", "need": "class", "component": 1, "slot": 2, "quantity": 1},
        {"offer": "room", "need": "class", "component": 0, "slot": 1, "quantity": 1},
        {"offer": "room", "need": "class", "component": 0, "slot": 2, "quantity": 1},
    ]
    assert answer["counts"] == {"supplies": 4, "matches": 2, "unmet": 1}
    assert [row["need_ref"] for row in answer["unmet"]] == ["club"]


def test_a_match_says_when(solved):
    _, result, _ = solved(ROOM)

    assert [row["when"] for row in read(result)["matches"]] == 2 * ["周三、周四14:00–17:00"]


def test_a_sound_answer_is_confirmed_from_its_own_prices(solved, binglian):
    problem, result, _ = solved(ASSIGNMENT)

    status, said, _ = binglian("couple", "check", problem, result)

    rules, objective, bound, *_, verdict = said.splitlines()
    assert (status, rules, objective, verdict) == (
        0,
        "✓ 3 条供给遵守全部规则。",
        "✓ 目标值 290，与结果一致。",
        "核对无误。",
    )
    assert bound.startswith("✓ 按价格重新计算，上界为 290.")


def test_without_prices_the_check_says_that_the_bound_was_not_worked_out(solved, binglian):
    problem, result, _ = solved(ASSIGNMENT)
    answer = read(result)
    del answer["prices"]
    result.write_text(json.dumps(answer), encoding="utf-8")

    status, said, _ = binglian("couple", "check", problem, result)

    assert (status, "· 结果中没有价格，也没有给出价格文件" in said) == (0, True)


def test_a_broken_rule_is_named_and_the_exit_status_says_so(solved, binglian):
    problem, result, _ = solved(ASSIGNMENT)
    changed(result, supplies=[{"offer": "ann", "need": j, "quantity": 1} for j in ("x", "y")])

    status, said, _ = binglian("couple", "check", problem, result)

    assert (status, said.splitlines()) == (1, ["✗ 资源 ann 只有 7，安排了 8。", "结果有误。"])


@pytest.mark.parametrize(
    "facts",
    [
        {"objective": 291},
        {"bound": 289},
        {"price_bound": 289},
        {"supplies": []},
        {"supplies": [{"offer": "nobody", "need": "x", "quantity": 1}]},
        {"supplies": [{"offer": "ann", "need": "x", "component": 3, "quantity": 1}]},
        {"supplies": [{"offer": "ann", "need": "x", "quantity": 0.5}]},
        {"supplies": [{"offer": "ann", "need": "x", "quantity": -1}]},
        {"supplies": [{"offer": "ann", "need": "x", "quantity": 10**30}]},
        {"supplies": [{"offer": "ann", "need": "x", "slot": 7, "quantity": 1}]},
        {"supplies": 2 * [{"offer": "ann", "need": "x", "quantity": 1}]},
    ],
    ids=str,
)
def test_a_claim_that_does_not_hold_is_found_out(solved, binglian, facts):
    problem, result, prices = solved(ASSIGNMENT)
    changed(result, **facts)

    assert binglian("couple", "check", problem, result, "--prices", prices)[0] == 1


def test_prices_too_low_do_not_prove_the_bound(solved, binglian):
    problem, result, prices = solved(ASSIGNMENT)
    changed(prices, offers=[])
    changed(result, price_bound=290)

    status, said, _ = binglian("couple", "check", problem, result, "--prices", prices)

    assert (status, "✗ 这些价格只证明上界 291，结果所称的 290 不成立。" in said) == (1, True)


def test_a_bound_below_what_the_prices_prove_is_said_to_rest_on_the_search(solved, binglian):
    problem, result, prices = solved(ASSIGNMENT)
    changed(prices, offers=[])
    changed(result, price_bound=291)

    status, said, _ = binglian("couple", "check", problem, result, "--prices", prices)

    assert (status, "· 结果所称上界 290 低于价格证明的 291：" in said) == (0, True)


def test_a_result_of_another_file_is_noticed(solved, binglian, written):
    _, result, _ = solved(ASSIGNMENT)
    other = written("other.json", {**ASSIGNMENT, "note": "the same, said otherwise"})

    status, said, _ = binglian("couple", "check", other, result)

    assert (status, "另一个文件" in said) == (0, True)


def test_a_spreadsheets_answer_can_be_checked_too(binglian, tmp_path):
    lists, result, prices = (tmp_path / name for name in ("lists.xlsx", "r.json", "p.json"))
    binglian("template", "lists", lists)
    binglian("couple", lists, "--json", result, "--prices", prices)

    assert binglian("couple", "check", lists, result, "--prices", prices)[0] == 0


def test_an_earlier_answer_and_its_prices_are_a_start(solved, binglian, tmp_path):
    problem, result, prices = solved(ASSIGNMENT)
    again = tmp_path / "again.json"

    status, _, complaint = binglian(
        "couple", problem, "--warm", result, "--warm", prices, "--json", again
    )

    assert (status, complaint) == (0, "")
    assert read(again)["supplies"] == read(result)["supplies"]


def test_supplies_that_are_candidates_no_longer_are_left_out_of_a_warm_start(
    solved, binglian, written
):
    _, result, _ = solved(ASSIGNMENT)
    fewer = written("fewer.json", {**ASSIGNMENT, "pairs": ASSIGNMENT["pairs"][:4]})

    status, said, _ = binglian("couple", fewer, "--warm", result)

    assert (status, said.splitlines()[0]) == (
        0,
        "以前的结果中有 1 条供给已不在候选之中，略过。",
    )


def test_lists_are_cut_at_most_lines_and_counted(binglian, written):
    offers = [{"quantity": 1} for _ in range(30)]
    needs = [{"components": [{"quantity": 1}]} for _ in range(30)]
    problem = written("many.json", {**SCHEMA, "offers": offers, "needs": needs})

    said = [binglian("couple", problem, *cut)[1] for cut in ([], ["--most", 3], ["--quiet"])]

    assert [text.count("←") for text in said] == [20, 3, 0]
    assert ["另有 10 项。" in said[0], "另有 27 项。" in said[1]] == [True, True]


def test_reasons_are_written_for_as_many_as_asked(solved):
    _, result, _ = solved(ASSIGNMENT, "--reasons", 1)

    answer = read(result)
    assert (len(answer["matches"]), answer["counts"]["matches"]) == (1, 3)
    assert len(answer["supplies"]) == 3


def test_faults_are_refused_with_file_path_value_and_remedy(binglian, written):
    problem = written("bad.json", {**SCHEMA, "offers": [{"quantity": -1}], "needs": [{}]})

    status, said, complaint = binglian("couple", problem)

    assert (status, said) == (2, "")
    assert complaint.splitlines() == [
        f"错误：{problem} 有 2 处需要改正：",
        "offers[0].quantity：是 -1，应在 0 与 10^12 之间。请改正。",
        "needs[0].components：缺这一项。请补上。",
    ]


@pytest.mark.parametrize("form", ["problem", "result", "prices"])
def test_the_schema_is_printed(binglian, form):
    _, said, _ = binglian("couple", "schema", form)

    assert json.loads(said)["properties"]["schema"]["const"] == f"binglian.coupling.{form}/1"


def test_a_file_named_like_a_verb_is_still_a_file(binglian, written):
    problem = written("check", ASSIGNMENT)

    assert binglian("couple", problem, "--quiet")[0] == 0
