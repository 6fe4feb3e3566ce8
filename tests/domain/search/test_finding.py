"""What is found by which words, and in which order: the same on both databases."""

from datetime import timedelta

import pytest

from binglian.domain.coupling.models import Offer
from binglian.domain.search import queries
from binglian.domain.search.queries import find
from binglian.domain.search.ranking import Piece
from binglian.domain.search.readers import at_desk

from .conftest import titles


@pytest.fixture
def lists(make_offer, make_need):
    make_offer(title="即墨路会议室", place="中山路 15 号", note="可借投影仪")
    make_offer(title="无人机测绘队")
    make_need(title="地下管网改造图")
    make_need(title="议事场地", note="最好离管网改造工地近")


FOUND = [
    *("会议室", "墨路会", "室", "中山路", "投影仪", "投影", "15"),
    *("会议室 投影仪", "即墨路，会议室", "R-001", "r 001"),
    *("jmlhys", "mlhy", "hy", "jimoluhuiyishi", "molu", "JIMO"),
    *("會議室", "投影儀", "會議室　１５"),
]


def test_words_fragments_sounds_and_variants_find_it(lists, giver):
    reader = at_desk(giver)

    missed = [query for query in FOUND if titles(query, reader, "offer")[:1] != ["即墨路会议室"]]

    assert missed == []


def test_other_words_do_not(lists, giver):
    reader = at_desk(giver)

    for query in ("会议厅", "会室", "议会", "会议室 无人机", "hj", "管网图"):
        assert titles(query, reader) == []


def test_nothing_typed_finds_nothing(lists, giver):
    for query in ("", "  ", "，。", "!!!"):
        answer = find(query, at_desk(giver))
        assert (answer.words, answer.hits, answer.is_cut) == ([], [], False)


@pytest.mark.parametrize(
    "query", ['"', "管网' | 'x", "管网* OR 1", "NOT 管网", "__d", "\\", "%", "\x00"]
)
def test_signs_of_a_query_language_are_only_signs(lists, giver, query):
    assert [title for title in titles(query, at_desk(giver)) if "管网" not in title] == []


def test_a_title_weighs_more_than_a_text_and_a_whole_title_most(make_offer, giver):
    make_offer(title="管网")
    make_offer(title="管网改造")
    make_offer(title="地下管网")
    make_offer(title="会议室", note="管网，管网")
    make_offer(title="展板", note="管网")

    assert titles("管网", at_desk(giver)) == ["管网", "管网改造", "地下管网", "会议室", "展板"]


def test_of_what_answers_equally_well_the_newer_comes_first(make_offer, giver):
    for number in (1, 2, 3):
        make_offer(title=f"{number} 号会议室")
    old = Offer.objects.get(title="3 号会议室")
    old.entered_at -= timedelta(days=9)
    old.save()

    assert titles("会议室", at_desk(giver)) == ["2 号会议室", "1 号会议室", "3 号会议室"]


def test_what_was_searched_for_is_marked(lists, giver):
    answer = find("會議 投影仪", at_desk(giver), "offer")

    assert answer.marked_title(answer.hits[0]) == [
        Piece("即墨路", False),
        Piece("会议", True),
        Piece("室", False),
    ]
    assert answer.marked_text(answer.hits[0])[-1] == Piece("投影仪", True)


def test_initials_mark_the_characters_they_stand_for(lists, giver):
    answer = find("hys", at_desk(giver), "offer")

    assert answer.marked_title(answer.hits[0]) == [Piece("即墨路", False), Piece("会议室", True)]


def test_a_long_text_is_shown_around_the_word(make_offer, giver):
    make_offer(title="仓库", note="空" * 200 + "钥匙在门卫" + "空" * 100)

    [hit] = (answer := find("门卫", at_desk(giver))).hits
    shown = answer.marked_text(hit)

    assert [piece.text for piece in shown if piece.is_marked] == ["门卫"]
    assert sum(len(piece.text) for piece in shown) == 112


def test_kinds_are_counted_and_one_can_be_asked_for(lists, giver):
    answer = find("管网", at_desk(giver), "need")

    assert [hit.document.title for hit in answer.hits] == ["地下管网改造图", "议事场地"]
    assert dict(find("0", at_desk(giver)).counts) == {}
    assert dict(answer.counts) == {"need": 2}


def test_where_there_are_too_many_the_newest_and_those_by_title_are_looked_at(
    make_offer, giver, monkeypatch
):
    make_offer(title="管网图纸")
    for number in range(6):
        make_offer(title=f"{number} 号仓库", note="管网旁")
    monkeypatch.setattr(queries, "NEWEST", 3)
    monkeypatch.setattr(queries, "MOST_LOOKED_AT", 5)

    answer = find("管网", at_desk(giver))

    found = [hit.document.title for hit in answer.hits]
    assert found == ["管网图纸", "5 号仓库", "4 号仓库", "3 号仓库"]
    assert answer.is_cut


def test_a_search_costs_a_fixed_number_of_statements(
    lists, propose, giver, django_assert_max_num_queries
):
    for _ in range(3):
        propose()
    with django_assert_max_num_queries(7):
        find("议事", at_desk(giver))
