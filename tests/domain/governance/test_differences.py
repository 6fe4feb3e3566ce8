"""The difference of two texts is readable and loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from binglian.domain.governance.differences import (
    NumberedText,
    Piece,
    clause_differences,
    word_differences,
)


def test_chinese_differs_by_characters_and_other_words_as_a_whole():
    assert word_differences("每年 2 场 Python 讲座", "每年 4 场 Go 讲座") == [
        Piece("same", "每年 "),
        Piece("removed", "2"),
        Piece("added", "4"),
        Piece("same", " 场 "),
        Piece("removed", "Python"),
        Piece("added", "Go"),
        Piece("same", " 讲座"),
    ]


@given(st.text(), st.text())
def test_both_texts_can_be_read_back(before, after):
    pieces = word_differences(before, after)

    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


def test_clauses_are_told_as_added_removed_changed_or_same():
    before = [NumberedText(1, "目的", "共建"), NumberedText(2, "期限", "一年")]
    after = [
        NumberedText(1, "目的", "共建共享"),
        NumberedText(2, "成员", "平等"),
        NumberedText(3, "期限", "一年"),
    ]

    told = [
        (one.kind, one.heading, one.before, one.after) for one in clause_differences(before, after)
    ]

    assert told == [("changed", "目的", 1, 1), ("added", "成员", None, 2), ("same", "期限", 2, 3)]


def test_a_clause_taken_out_is_shown_in_full():
    gone = clause_differences([NumberedText(1, "目的", "共建")], [])

    assert [(one.kind, one.pieces) for one in gone] == [
        ("removed", [Piece("removed", "目的\n共建")])
    ]
