"""Claims on what a change would really gain: shortening one item does not shorten the project."""

import pytest

from binglian.engine.planning.explaining.explain import explain
from binglian.engine.planning.explaining.gains import Gains
from binglian.engine.planning.explaining.insights import insights
from binglian.engine.planning.problem import (
    Demand,
    Mode,
    PlanningProblem,
    Resource,
    Task,
)
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.wording import WORKING_DAYS, Wording

from .approvals import approvals

NAMES = {"8": "不动产登记手续", "11": "公示", "14": "招标"}
ZH = Wording("zh", NAMES, unit=WORKING_DAYS)
EN = Wording("en", {"8": "title", "11": "publicity", "14": "tender"}, unit=WORKING_DAYS)


@pytest.fixture(scope="module")
def permits():
    problem = approvals()
    return Gains(problem, solve_plan(problem, schedules=10))


def test_without_tender_and_publicity_the_title_takes_over(permits):
    gain = permits.of(["11", "14"])

    assert (gain.units, gain.nominal, gain.takes_over, gain.is_exact) == (1, 31, "8", True)
    assert (
        gain.in_words(ZH)
        == "删去「公示」「招标」，只省 1 个工作日，因为「不动产登记手续」随即成为关键。"
    )
    assert gain.in_words(EN) == (
        "Removing “publicity”, “tender” gains only 1 working day, because “title” takes over."
    )


def test_publicity_alone_gains_nothing(permits):
    assert permits.of(["11"]).units == 0


def test_a_shorter_title_gains_nothing_while_the_tender_is_as_long(permits):
    assert permits.of(shortened={"8": 5}).units == 0


def test_the_best_single_items_are_those_without_a_rival(permits):
    best = permits.best_removals()

    assert [gain.units for gain in best[:4]] == [5, 5, 5, 5]
    assert {gain.tasks[0] for gain in best[:4]} == {"1", "6", "20", "27"}


def test_an_item_that_is_not_there_is_named(permits):
    with pytest.raises(ValueError, match="there is no task 99"):
        permits.of(["99"])


def test_one_more_crane_lets_two_tasks_run_side_by_side():
    use = (Demand("crane", 1),)
    problem = PlanningProblem(
        tuple(Task(ref, (Mode("only", 4, use),)) for ref in "ab"), resources=(Resource("crane", 1),)
    )
    result = solve_plan(problem, seconds=5)

    (short,) = Gains(problem, result).bottlenecks()

    assert (short.resource, short.units, short.is_exact) == ("crane", 4, True)
    assert short.in_words(EN) == "One more unit of “crane” gains 4 working days."


def test_the_sentences_that_matter_tell_the_chain_the_stopped_clock_and_its_price(permits):
    known = explain(permits.problem, permits.result.plan)

    said = insights(permits.problem, permits.result, known, ZH)

    assert said[1:] == (
        "串联合计中计时 185 个工作日，停时（公示、招标等）31 个工作日。",
        "删去「1」，可省 5 个工作日。",
        "删去「公示」「招标」，只省 1 个工作日，因为「不动产登记手续」随即成为关键。",
    )
