"""A list narrowed by the index finds what it found when it looked through everything."""

import pytest

from binglian.domain.alliance.names import search_terms
from binglian.domain.coupling.models import Offer
from binglian.domain.coupling.queries import containing
from binglian.domain.matters.models import Matter
from binglian.domain.search import narrowing
from binglian.domain.search.narrowing import narrowed, open_rows_containing
from binglian.domain.search.source import Letter

#: Words, parts, numbers, pinyin, owners, conditions, several, signs, and what is nowhere.
QUERIES = [
    *("会议室", "议", "室 仓库", "即墨路会", "管网", "管网 图", "2026", "r-0", "R-001", "５Ｇ"),
    *("jml", "gjizhan", "hys", "15", "a", "_", "%", "\\", "'", '"', "，", "押金", "建设集团"),
    *("会议室 建设", "建设 押金", "查无此事", "zzz", "會議室", "投影仪 2026-07"),
]


@pytest.fixture
def offers(make_offer):
    make_offer(title="即墨路会议室", place="中山路 15 号", note="可借投影仪，2026-07-01 起")
    make_offer(title="5G基站", conditions=["押金 500", "自带电源"], tags=["通信"])
    make_offer(title="地下管网测绘图", place="仓库")
    return Offer.objects.order_by("pk")


def test_open_rows_are_found_by_the_same_words_as_without_it(offers, alliance):
    def numbers(rows):
        return list(rows.values_list("number", flat=True))

    found = {q: numbers(open_rows_containing(offers, q, "offer", alliance)) for q in QUERIES}

    assert found == {q: numbers(containing(offers, q)) for q in QUERIES}
    assert sum(map(bool, found.values())) > 15


def test_only_rows_that_can_hold_it_are_looked_at(reported, alliance):
    leaking = reported("家里漏水，2026 年 7 月起")
    dark = reported("路灯不亮")

    def looked_at(query, *, is_sounded=True):
        rows = narrowed(
            Matter.objects.order_by("pk"),
            search_terms(query),
            "matter",
            Letter.MATTERS,
            alliance,
            is_sounded=is_sounded,
        )
        return list(rows)

    assert looked_at("漏水") == [leaking]
    assert looked_at(dark.number) == [dark]
    assert looked_at("漏水 路灯") == []
    assert looked_at("loushui") == [leaking, dark]  # pinyin of any text: the index cannot tell
    assert looked_at("loushui", is_sounded=False) == []
    assert looked_at("") == [leaking, dark]


def test_of_a_word_too_many_have_all_rows_are_looked_at(reported, alliance, monkeypatch):
    rows = Matter.objects.order_by("pk")
    for text in ("家里漏水", "楼道漏水", "路灯不亮"):
        reported(text)

    monkeypatch.setattr(narrowing, "MOST", 2)
    assert len(narrowed(rows, ["漏水"], "matter", Letter.MATTERS, alliance)) == 2
    monkeypatch.setattr(narrowing, "MOST", 1)
    assert len(narrowed(rows, ["漏水"], "matter", Letter.MATTERS, alliance)) == 3
