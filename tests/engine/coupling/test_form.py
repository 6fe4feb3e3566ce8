"""Claims on the JSON form of problems: what it says, what it refuses, what it leaves out."""

import json
import re
from pathlib import Path

import pytest

from binglian.engine.coupling.form import FormRefused, lines, read_problem, write_problem
from binglian.engine.coupling.pairs import Pair, Pairs
from binglian.engine.coupling.problem import (
    Budget,
    Component,
    CouplingProblem,
    Kept,
    Need,
    Offer,
    Organisation,
    Window,
)
from binglian.engine.coupling.slots import HALF_DAYS

pytestmark = pytest.mark.once

PAGE = Path(__file__).resolve().parents[3] / "docs/engine/coupling-form.md"
SCHEMA = {"schema": "binglian.coupling.problem/1"}
MINIMAL = {**SCHEMA, "offers": [{"quantity": 3}], "needs": [{"components": [{"quantity": 2}]}]}
MARCH_3, MAY_31 = 739_678, 739_767  # 2026-03-03, 2026-05-31


def read(document):
    return read_problem(json.dumps(document).encode()).problem


def faults(document, language="en"):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(FormRefused) as refused:
        read_problem(content)
    return refused.value.in_words(language).splitlines()


def with_offer(**facts):
    return {**MINIMAL, "offers": [{"quantity": 3, **facts}]}


def with_need(**facts):
    return {**MINIMAL, "needs": [{"components": [{"quantity": 2}], **facts}]}


def everything():
    """A problem that says everything its rows can say."""
    tuesdays = Window(MARCH_3, MAY_31, 0b0000010, 840, 1020)
    offer = Offer(
        ref="O1",
        organisation="一中",
        title="礼堂",
        kind="venue",
        quantity=25,
        tags=frozenset({"舞台", "大"}),
        unit="小时",
        lot=5,
        windows=(tuesdays, Window(end_minute=720)),
        longitude=120.38,
        latitude=36.07,
        conditions=frozenset({"收费"}),
        excludes=frozenset({"甲"}),
        only_for=frozenset({"社区"}),
        prefers=frozenset({"社区"}),
        renews=True,
        effort=2,
        price=3,
        setup_price=40,
        setup_cost=0.5,
        text="可容三百人",
    )
    need = Need(
        ref="N1",
        organisation="社区",
        title="合唱",
        components=(
            Component("venue", 15, "排练", frozenset({"舞台"}), "小时", 2, "要有钢琴"),
            Component("other", 10),
        ),
        priority=3,
        beneficiaries=200,
        deadline=MAY_31,
        windows=(tuesdays,),
        longitude=120.39,
        latitude=36.08,
        within_km=2.5,
        all_or_nothing=False,
        max_suppliers=3,
        prefers=frozenset({"一中"}),
        rules_out=frozenset({"乙"}),
        refuses=frozenset({"限噪音"}),
        times=3,
        consecutive=True,
        weight=7.25,
        waited=2,
        policy=1.5,
        budget="街道",
    )
    return CouplingProblem(
        offers=(offer, Offer("O2", "offer O2", "", "other", 70)),
        needs=(need,),
        pairs=Pairs.of([Pair(0, 0, 0, 0.85, 2, -0.25, 1.5), Pair(1, 0, 1)]),
        kept=(Kept(0, 0, 0, 5, 4), Kept(1, 0, 1, 5)),
        scale=10,
        slots=HALF_DAYS,
        organisations=(Organisation("一中", 100),),
        budgets=(Budget("街道", 9000),),
    )


def test_a_problem_that_says_everything_is_read_as_it_was_written():
    problem = everything()

    text = "".join(lines(write_problem(problem, with_pairs=True)))

    assert read_problem(text.encode()).problem == problem


def test_the_shortest_problem_is_two_lists():
    assert read(MINIMAL) == CouplingProblem(
        offers=(Offer("1", "offer 1", "", "other", 3),),
        needs=(Need("1", "need 1", "", (Component("other", 2),)),),
        pairs=read(MINIMAL).pairs,
    )
    assert _ends(read(MINIMAL)) == [(0, 0, 0)]


def _ends(problem):
    return [(pair.offer, pair.need, pair.component) for pair in problem.pairs]


def test_decimals_are_counted_in_the_coarsest_steps_that_hold_them():
    problem = read({**with_offer(quantity=2.5), "needs": [{"components": [{"quantity": 0.25}]}]})

    assert (problem.scale, problem.offers[0].quantity) == (100, 250)
    assert problem.needs[0].components[0].quantity == 25


def test_a_stated_scale_is_kept_and_finer_amounts_are_refused():
    assert read({**MINIMAL, "scale": 4}).offers[0].quantity == 12
    assert faults({**with_offer(quantity=0.3), "scale": 4}) == [
        "offers[0].quantity: is 0.3, not a multiple of 1/4. Round it or enlarge the scale."
    ]


@pytest.mark.parametrize(("quantity", "price", "amount"), [(2.5, 3, 7), (4, 0.35, 1.4)])
def test_what_is_paid_is_in_proportion_whatever_the_decimals(quantity, price, amount):
    offer = {"quantity": quantity, "price": price, "setup_price": 1, "effort": price}
    limits = {
        "budgets": [{"ref": "b", "amount": amount}],
        "organisations": [{"ref": "offer 1", "effort_limit": amount}],
    }
    problem = read({**MINIMAL, "offers": [offer], **limits})

    whole = problem.offers[0].quantity * problem.offers[0].price
    assert whole / problem.budgets[0].amount == pytest.approx(quantity * price / amount)
    assert problem.offers[0].setup_price / problem.budgets[0].amount == pytest.approx(1 / amount)
    effort = problem.offers[0].quantity * problem.offers[0].effort
    assert effort / problem.organisations[0].effort_limit == pytest.approx(
        quantity * price / amount
    )


def test_windows_are_dates_weekdays_and_times_of_day():
    window = {"first_on": "2026-03-03", "last_on": "2026-05-31", "weekdays": [2], "start": "14:00"}

    read_window = read(with_offer(windows=[{**window, "end": "24:00"}])).offers[0].windows[0]

    assert read_window == Window(MARCH_3, MAY_31, 0b0000010, 840, 1440)


def test_slots_are_stated_or_come_from_what_recurs():
    assert read(MINIMAL).slots == ()
    assert read(with_offer(renews=True)).slots == HALF_DAYS
    assert read(with_need(times=2)).slots == HALF_DAYS
    assert read({**MINIMAL, "slots": "half-days"}).slots == HALF_DAYS
    assert read({**with_offer(renews=True), "slots": []}).slots == ()
    assert read({**MINIMAL, "slots": [{"weekdays": [7]}]}).slots == (Window(weekdays=64),)


def test_pairs_are_rows_or_columns():
    rows = [{"offer": "1", "need": 1, "use": 4, "value": -2.5}]
    columns = {"offer": ["1"], "need": ["1"], "use": [4], "value": [-2.5]}
    wanted = Pairs.of([Pair(0, 0, 0, 1.0, 4, -2.5)])

    assert read({**MINIMAL, "pairs": rows}).pairs == wanted
    assert read({**MINIMAL, "pairs": columns}).pairs == wanted


def test_only_so_many_pairs_per_component_are_found():
    offers = [{"quantity": 3} for _ in range(5)]

    assert len(read({**MINIMAL, "offers": offers, "most_per_component": 2}).pairs) == 2


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (3, "$: is 3, expected an object {…}."),
        ({**MINIMAL, "schema": "x/9"}, 'schema: is "x/9" instead of "binglian.coupling.problem/1".'
         " Check the file and its version."),
        ({**MINIMAL, "offrs": []}, 'offrs: unknown key. Did you mean "offers"?'
         " Correct or delete it."),
        (with_offer(titel="x"), 'offers[0].titel: unknown key. Did you mean "title"?'
         " Correct or delete it."),
        (with_offer(quantity=True), "offers[0].quantity: is true, expected a number."),
        (with_offer(quantity=-1), "offers[0].quantity: is -1, not between 0 and 10^12."),
        (with_offer(quantity=float("nan")), "offers[0].quantity: is nan, not a finite number."
         " Write an ordinary number."),
        (with_offer(quantity=10**400),
         "offers[0].quantity: is 10^400…, not between 0 and 10^12."),
        (with_offer(price=float("inf")), "offers[0].price: is inf, not a finite number."
         " Write an ordinary number."),
        (with_offer(tags="venue"), 'offers[0].tags: is "venue", expected a list […].'),
        (with_offer(tags=["a", None]),
         "offers[0].tags[1]: is null, expected text or a whole number."),
        (with_offer(longitude=120), "offers[0]: has only one of longitude and latitude."
         " Give both or none."),
        (with_offer(windows=[{"start": "9"}]), 'offers[0].windows[0].start: is "9", not a time of'
         ' day. Write it as "14:00"; a day ends at "24:00".'),
        (with_offer(windows=[{"start": "9:00", "end": "8:00"}]),
         "offers[0].windows[0]: 9:00 to 8:00 ends before or as it begins. Correct it."),
        (with_need(deadline="31.5.2026"), 'needs[0].deadline: is "31.5.2026", not a date.'
         ' Write it as "2026-03-01".'),
        (with_need(components=[]), "needs[0].components: is empty. Give at least one."),
        (with_need(components=[{}]), "needs[0].components[0].quantity: is missing. Add it."),
        (with_need(priority="high"), 'needs[0].priority: is "high", not one of 1, 2, 3, ordinary,'
         " important, urgent."),
        (with_need(weight=0), "needs[0].weight: is 0, not above 0."),
        (with_need(budget="b"), 'needs[0].budget: there is no ref "b" in budgets. Correct it.'),
        ({**MINIMAL, "offers": [{"ref": "a", "quantity": 1}, {"ref": "a", "quantity": 1}]},
         'offers[1].ref: ref "a" was used at offers[0] already. Choose another.'),
        ({**MINIMAL, "pairs": [{"offer": "one", "need": "1"}]},
         'pairs[0].offer: there is no ref "one" in offers. Correct it.'),
        ({**MINIMAL, "pairs": [{"offer": "1", "need": "1", "component": 1}]},
         "pairs[0].component: is 1, not between 0 and 0."),
        ({**MINIMAL, "pairs": 2 * [{"offer": "1", "need": "1"}]},
         "pairs[1]: this pair was listed at pairs[0] already. Make it one row."),
        ({**with_offer(kind="venue"), "pairs": [{"offer": "1", "need": "1"}]},
         'pairs[0]: offer "1" cannot serve need "1": the kinds differ.'
         " Delete the pair or correct the lists."),
        ({**MINIMAL, "pairs": {"offer": ["1"], "need": []}},
         "pairs.need: has 0 entries where offer has 1. Columns are equally long."),
        ({**MINIMAL, "kept": [{"offer": "1", "need": "1", "quantity": 1, "slot": 2}]},
         "kept[0].slot: is 2, not between 0 and 0."),
        (b'{"schema": 1, "schema": 2}', "schema: is 2 instead of"
         ' "binglian.coupling.problem/1". Check the file and its version.'),
        (b"\xff", "Byte 1 is not UTF-8. Save the file as UTF-8."),
        (b'{"a" 1}', "Not JSON from line 1, column 6 on (Expecting ':' delimiter)."
         " Check quotation marks, commas and brackets."),
        (b"[" * 100_000, "Brackets are nested too deeply. See the form: binglian couple schema."),
        (b"1" * 5000, "A whole number in the file has too many digits. Make it smaller."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path_its_value_and_the_remedy(document, fault):
    assert faults(document) == [fault]


def test_a_key_written_twice_is_refused():
    text = json.dumps(MINIMAL).replace('"quantity": 3', '"quantity": 3, "quantity": 4')

    assert faults(text.encode()) == ["offers[0].quantity: the same key is written twice. Keep one."]


def test_half_a_character_is_refused_in_words_that_can_be_printed():
    (fault,) = faults(with_offer(title="\ud800"))

    assert fault.encode().decode() == r'offers[0].title: "\ud800" holds half a character.' + (
        " Correct the text."
    )


def test_all_faults_are_named_at_once_in_the_order_of_the_file():
    document = {**with_offer(quantity=-1, titel=1), "needs": [{"components": [{}], "times": 0}]}

    assert [fault.split(":")[0] for fault in faults(document)] == [
        "offers[0].quantity",
        "offers[0].titel",
        "needs[0].components[0].quantity",
        "needs[0].times",
    ]


def test_of_many_faults_the_first_twenty_are_shown_and_the_others_counted():
    document = {**MINIMAL, "offers": [{"quantity": -1}] * 1000}

    assert (len(faults(document)), faults(document)[-1]) == (21, "And 980 more.")
    assert faults(document, "zh")[-1] == "另有 980 处。"


def test_faults_are_said_in_chinese_as_well():
    assert faults(with_offer(titel="x"), "zh") == [
        'offers[0].titel：不认识这个键。是否指 "title"？请改正或删去。'
    ]


def test_empty_lists_are_a_problem_with_nothing_to_do():
    problem = read({**SCHEMA, "offers": [], "needs": []})

    assert (problem.offers, problem.needs, len(problem.pairs)) == ((), (), 0)


def test_the_examples_of_the_documentation_are_read():
    examples = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    problems = [read_problem(example.encode()).problem for example in examples]

    assert [len(problem.pairs) for problem in problems] == [3, 4]
