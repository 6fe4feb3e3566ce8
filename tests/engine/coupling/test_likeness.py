"""Texts that say the same are found again by the pieces they share."""

import numpy as np
import pytest

from binglian.engine.coupling.candidates.likeness import ALIKE, Likeness, likeness, pieces_of

from .descriptions import ASKED, OFFERED, described

pytestmark = pytest.mark.once


def test_a_text_is_cut_into_short_pieces():
    assert pieces_of("法律 PPT、法3d") == {"法": 2, "律": 1, "法律": 2, "ppt": 3, "3d": 2}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("法律", "法律", 1.0),
        ("法律", "羽毛球", 0.0),
        ("法律", "", 0.0),
        ("、。", "、。", 0.0),
        ("ＰＰＴ", "ppt", 1.0),
        ("法律咨询", "咨询法律", 12 / 34),  # 4 × 1 + 2 × 4 of 4 × 1 + 3 × 4 + 2 × 9
    ],
)
def test_likeness_is_the_cosine_between_pieces(one, other, expected):
    assert likeness(one, other) == pytest.approx(expected)


def test_likeness_is_the_same_both_ways():
    offered, _ = described(20, OFFERED, seed=1)
    asked, _ = described(20, ASKED, seed=2)

    assert [likeness(a, b) for a in offered for b in asked] == [
        likeness(b, a) for a in offered for b in asked
    ]


def test_what_is_alike_nearly_always_speaks_of_the_same_topic():
    offered, topics = described(200, OFFERED, seed=1)
    asked, wanted = described(100, ASKED, seed=2)

    alike = [
        topic == other
        for a, topic in zip(offered, topics, strict=True)
        for b, other in zip(asked, wanted, strict=True)
        if likeness(a, b) >= ALIKE
    ]

    assert (len(alike), sum(alike)) == (486, 485)


def test_the_nearest_texts_are_those_of_comparing_all():
    offered, _ = described(400, OFFERED, seed=3)
    asked, _ = described(100, ASKED, seed=4)

    found, values = Likeness.of(offered).nearest(asked, 5)

    for q, text in enumerate(asked):
        everything = sorted((-likeness(text, other), o) for o, other in enumerate(offered))
        best = [(-value, o) for value, o in everything[:5] if -value >= ALIKE]
        best += [(0.0, -1)] * (5 - len(best))
        assert list(zip(values[q].tolist(), found[q].tolist(), strict=True)) == best


def test_texts_are_sought_in_their_own_group_by_any_number_of_threads():
    index = Likeness.of(["法律咨询", "法律咨询", "羽毛球"], [0, 1, 1])

    for threads in (1, 3):
        found, values = index.nearest(["法律咨询", "", "法律"], 2, [1, 1, 0], threads=threads)
        assert found.tolist() == [[1, -1], [-1, -1], [0, -1]]
        assert np.round(values, 3).tolist() == [[1.0, 0.0], [0.0, 0.0], [0.42, 0.0]]


def test_nothing_is_found_among_no_texts():
    found, _ = Likeness.of([]).nearest(["法律"], 3)

    assert found.tolist() == [[-1, -1, -1]]
