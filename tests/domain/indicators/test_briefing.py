"""What a briefing says of a month, by hand."""

from datetime import date, datetime

import pytest
from django.utils.timezone import localtime

from binglian.domain.coupling.actions import accept_commitment, judge_delivery, report_delivery
from binglian.domain.indicators.briefing import Composition, compose, paper_of
from binglian.domain.indicators.briefing.composing import told_in
from binglian.domain.indicators.briefing.subjects import COUNTS
from binglian.domain.indicators.briefing.wording import (
    FIRST_TEXTS,
    filled,
    refuse_unknown,
    typed_numbers,
)
from binglian.domain.indicators.periods import end_of, read_period
from binglian.domain.refusals import ActionRefused
from binglian.papers.briefing import characters_of

from .conftest import at

FEBRUARY, MARCH, APRIL = (read_period(month) for month in ("2026-02", "2026-03", "2026-04"))

#: Counted in ``test_site_in_briefing``.
OF_SITES = {code for code, count in COUNTS.items() if count.is_optional}


def counted(records, month=MARCH):
    return {code: len(list(count.cases(records, month))) for code, count in COUNTS.items()}


def told(lines):
    return [(line.text, line.facts) for line in lines]


def test_every_figure_is_the_number_of_the_records_behind_it(
    promised, asked, project, task, bodies, records
):
    promised("giving", "needing", accepted=3, due=20, delivered=10)  # kept
    promised("shop", "needing", accepted=3, due=20)  # overdue
    promised("firm", "society", accepted=3, due=20, delivered=12, judged=False)  # to be judged
    promised("society", "shop")  # not answered
    asked(due=10, answered=9)
    asked(due=10)  # overdue
    asked(due=10, state="diverted")
    one = project("a")
    task(one, "giving", 3, ("accepted", 2), ("passed", 4))
    task(one, "b", 5)

    found = {code: n for code, n in counted(records()).items() if n or code not in OF_SITES}

    assert found == {
        "needs": 4,
        "accepted": 3,
        "fulfilled": 1,
        "overdue": 1,
        "projects": 1,
        "tasks": 1,
        "received": 3,
        "answered": 1,
        "unanswered": 1,
        "decisions": 0,
        "published": 0,
        "members": 7,
    }


def test_a_month_without_records_counts_nothing(promised, records, bodies):
    promised("giving", "needing", accepted=3, due=20, delivered=10)

    found = counted(records(), FEBRUARY)

    assert {code: n for code, n in found.items() if n} == {"members": 7}


def test_what_was_overdue_at_the_end_of_a_month_stays_so_when_delivered_later(promised, records):
    late = promised("giving", "needing", accepted=3, due=20, delivered=25)
    late.deliveries.update(delivered_on=date(2026, 4, 2))

    assert counted(records())["overdue"] == 1
    assert counted(records(), APRIL)["overdue"] == 0


def test_the_stuck_are_told_with_whom_one_waits_for_and_since_when(
    promised, asked, project, task, bodies, records
):
    promised("shop", "needing", accepted=3, due=20)
    promised("firm", "society", accepted=3, due=30, delivered=12, judged=False)
    asked(due=10)
    running = project("a", state="running")
    first = task(running, "giving", 3, ("accepted", 2), ("passed", 4))
    task(running, "b", 5, after=first)

    lines = told_in(records(end_of(date(2026, 3, 31))), MARCH)["stuck"]

    assert told(lines) == [
        (f"“地下空间”等{bodies['b'].name}开始“审批”。", "自 3 月 5 日起，26 天"),
        (f"等{bodies['giving'].name}答复诉求 M-0。", "自 3 月 10 日起，21 天"),
        (f"等{bodies['society'].name}评价“{lines[2].text.split('“')[1].split('”')[0]}”的兑现。",
         "自 3 月 12 日起，19 天"),
        (f"等{bodies['shop'].name}兑现“{lines[3].text.split('“')[1].split('”')[0]}”。",
         "自 3 月 20 日起，11 天"),
    ]  # fmt: skip


def test_what_was_done_and_what_comes_next(promised, records, bodies):
    kept = promised("giving", "needing", accepted=3, due=20, delivered=10)
    coming = promised("shop", "needing", accepted=3, due=20)
    coming.due_on = date(2026, 4, 9)
    coming.save()

    lines = told_in(records(end_of(date(2026, 3, 31))), MARCH)

    giving, needing, shop = (bodies[name].name for name in ("giving", "needing", "shop"))
    assert told(lines["done"]) == [
        (f"{giving}向{needing}兑现“{kept.title}”，对方已确认。", "3 月 10 日")
    ]
    assert told(lines["ahead"]) == [(f"{shop}应向{needing}兑现“{coming.title}”。", "4 月 9 日到期")]


def test_a_case_is_told_in_the_words_of_both_sides(promised, records, bodies):
    kept = promised("giving", "needing", accepted=3, due=20, delivered=10)
    kept.deliveries.update(note="开放三晚。", verdict_note="来了六十人")

    [line] = told_in(records(), MARCH)["cases"]

    assert line.text == (
        f"“{kept.title}”：{bodies['giving'].name}向{bodies['needing'].name}兑现。"
        f"{bodies['giving'].name}：开放三晚；{bodies['needing'].name}的评价：来了六十人。"
    )


def test_later_acts_do_not_change_what_was_composed_of_an_instant(
    alliance, propose, giver, receiver
):
    commitment = propose()
    then = localtime(commitment.proposed_at)
    period = read_period(f"{then:%Y-%m}")
    as_of = datetime.now(tz=then.tzinfo)
    before = compose(alliance, period, as_of)

    accept_commitment(commitment=commitment, by=giver, due_on=then.date())
    handed = report_delivery(commitment=commitment, quantity=1, delivered_on=then.date(), by=giver)
    judge_delivery(delivery=handed, verdict="met", by=receiver)

    assert compose(alliance, period, as_of) == before
    now_known = compose(alliance, period, datetime.now(tz=then.tzinfo))
    assert {one.code: one.now for one in now_known.figures}["fulfilled"] == "1"


def test_what_is_stored_reads_back_as_it_was(alliance, promised, asked):
    promised("giving", "needing", accepted=3, due=20, delivered=10)
    asked(due=10)
    made = compose(alliance, MARCH, at(31))

    assert Composition.from_json(made.as_json()) == made


def test_names_of_figures_are_filled_in_and_others_refused(alliance, promised):
    promised("giving", "needing", accepted=3, due=20, delivered=10)
    made = compose(alliance, MARCH, end_of(date(2026, 4, 1)))

    assert filled("认领〔新认领的承诺〕项。", made) == "认领1项。"
    for text in FIRST_TEXTS.values():
        refuse_unknown(text, made)
    with pytest.raises(ActionRefused, match="没有名为“新承诺”的数据"):
        refuse_unknown("〔新承诺〕", made)


def test_typed_numbers_are_noticed_but_not_days_and_names():
    text = "10 月 5 日，“2 号楼”办结 12 项，增长 3.5%；〔收到的诉求〕件，共 12 项。"

    assert typed_numbers(text) == ["12", "3.5%"]


def test_a_briefing_of_many_records_keeps_to_its_length(alliance, promised, asked):
    for _n in range(12):
        promised("shop", "needing", accepted=3, due=20)
        asked(due=10)
    made = compose(alliance, MARCH, at(31))

    paper = paper_of(alliance, made, texts=FIRST_TEXTS)

    assert characters_of(paper) <= 4000
    assert [(part.title, part.left_out) for part in paper.parts][1] == (
        "卡住的：等谁、自何时", 24 - 15
    )  # fmt: skip


def test_one_figure_can_be_asked_of_any_database_in_few_questions(
    alliance, promised, asked, django_assert_num_queries
):
    for _n in range(12):
        promised("giving", "needing", accepted=3, due=20, delivered=10)
        asked(due=10)
    with django_assert_num_queries(18):
        compose(alliance, MARCH, at(31))


def test_what_was_explained_is_waited_for_no_longer(promised, records):
    one = promised("giving", "needing", accepted=3, due=20)
    one.state, one.answered_at = "explained", at(25)
    one.explanation = "做不了"
    one.save()

    at_end = records(end_of(date(2026, 3, 31)))

    assert told_in(at_end, MARCH)["stuck"] == []
    assert counted(at_end)["overdue"] == 0


def test_a_month_that_is_over_tells_only_what_waited_at_its_end(promised, asked, records):
    promised("shop", "needing", accepted=3, due=20)
    promised("firm", "needing", accepted=3, due=31)

    lines = told_in(records(), MARCH)["stuck"]

    assert [line.on for line in lines] == [date(2026, 3, 20), date(2026, 3, 31)]
    assert told_in(records(), FEBRUARY)["stuck"] == []
