"""Commitments kept in some slot bind that slot and no other."""

import pytest

from binglian.engine.coupling.problem import Component, Kept, Supplies, Window

from .builders import a_need, a_problem, an_offer
from .solving import solved

pytestmark = pytest.mark.once

MONDAY, TUESDAY = DAYS = tuple(Window(weekdays=1 << day) for day in range(2))


def test_a_lot_kept_on_monday_counts_on_tuesday():
    need = a_need("乙", 2, all_or_nothing=False, times=2)
    offer = an_offer("甲", lot=3, windows=(TUESDAY,))

    result = solved(a_problem([offer], [need], Kept(0, 0, 0, 2, slot=0), slots=DAYS))

    assert (result.objective, result.bound, len(result.supplies)) == (1, 1, 1)


def test_what_renews_does_so_even_where_there_is_one_slot():
    need = a_need("乙", 3, all_or_nothing=False, times=2)
    offer = an_offer("甲", 3, renews=True)

    result = solved(a_problem([offer], [need], Kept(0, 0, 0, 2), slots=(MONDAY,)))

    assert result.supplies == Supplies.at_once((1,))
    assert (result.objective, result.bound) == (5 / 6, 5 / 6)


def test_a_supplier_kept_on_monday_is_the_one_for_tuesday_too():
    part = Component("seats", 1, max_suppliers=1)
    need = a_need("乙", components=(part,), all_or_nothing=False, times=2)
    offers = [an_offer("甲", windows=(TUESDAY,)), an_offer("丙", windows=(MONDAY,))]

    result = solved(a_problem(offers, [need], Kept(1, 0, 0, 1, slot=0), slots=DAYS))

    assert (result.objective, result.bound) == (0.5, 0.5)


def test_what_is_kept_in_a_slot_that_does_not_suit_is_not_added_to():
    need = a_need("乙", 2, all_or_nothing=False, times=2, windows=(MONDAY,))

    result = solved(a_problem([an_offer("甲")], [need], Kept(0, 0, 0, 1, slot=1), slots=DAYS))

    assert result.supplies == Supplies.of([(0, 0, 2)])
    assert (result.objective, result.bound) == (0.75, 0.75)
