"""How texts and queries are folded and cut: the one form both are compared in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binglian.domain.search.folding import fold, fold_with_places, words_of
from binglian.domain.search.grams import grams_asked, grams_of, grams_stored, sounds_of

pytestmark = pytest.mark.once


def test_width_case_and_script_make_no_difference():
    assert fold("ＡＢＣ１２３ 裡院 軟體") == fold("abc123 里院 软体") == "abc123 里院 软体"


def test_every_folded_character_knows_where_it_came_from():
    folded, places = fold_with_places("㎡裡")

    assert folded == "m2里"
    assert places == [0, 0, 1]


def test_a_query_is_words_each_once_without_signs_between_them():
    assert words_of("管网，管网（SX-2026）  即墨路15號") == ["管网", "sx", "2026", "即墨路15号"]


def test_an_endless_query_is_cut():
    assert words_of(" ".join(str(number) for number in range(99))) == list("01234567")
    assert words_of("长" * 99) == ["长" * 40]


def test_chinese_is_kept_by_characters_and_pairs_latin_by_triples():
    assert grams_of("管网图 5g") == {"管", "网", "图", "管网", "网图", "5g"}
    assert grams_of("council") == {"cou", "oun", "unc", "nci", "cil"}


def test_titles_are_kept_by_their_sound():
    assert sounds_of("即墨路街道A座") == "jimolujiedaozuo jmljdz"
    assert sounds_of("sx-2026-0001") == ""


def test_a_title_is_marked_so_that_it_can_be_asked_for_alone():
    stored = grams_stored("网", "图", "wang w")

    assert stored == sorted(["网", "_网", "图", "w", "_w", "wan", "_wan", "ang", "_ang"])


@given(st.text(st.sampled_from("管网改造里院15ab𬭎é "), max_size=12), st.data())
def test_any_part_of_a_word_asks_only_for_what_is_stored(text, data):
    folded = fold(text)
    words = words_of(text)
    if words:
        word = data.draw(st.sampled_from(words))
        runs = "".join(char if not char.isascii() else " " for char in word).split()
        run = data.draw(st.sampled_from(runs or [word]))
        begin = data.draw(st.integers(0, len(run) - 1)) if runs else 0
        end = data.draw(st.integers(begin + 1, len(run))) if runs else len(run)
        assert grams_asked(run[begin:end]) <= grams_of(folded)
