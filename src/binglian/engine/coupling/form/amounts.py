"""Quantities, money and effort: decimals in the file, whole numbers in the engine.

Quantities are counted in steps of ``1 / scale``, so each unit the engine sees is that small. So
that what a unit costs stays whole too, money and effort are counted finer where they must.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .faults import Code, wrong
from .values import MOST, number

MOST_DECIMALS = 6
_ANY_NUMBER = number()
#: What one offer can take of a budget or of an effort stays exact, also as a float.
_MOST_PRODUCT = 10**15


@dataclass(frozen=True, slots=True)
class Measures:
    """How many of the engine's units make one of the file's."""

    scale: int = 1
    money: int = 1
    effort: int = 1

    def quantity(self, value: Any, least: int = 0) -> int:
        """Return a quantity in steps of 1 / scale, at least ``least`` steps."""
        if type(value) is int and least <= value * self.scale <= MOST:
            return value * self.scale
        steps = self._steps(value)
        if not least <= steps <= MOST:
            raise wrong(Code.RANGE, value, least=f"{least / self.scale:g}", most=MOST // self.scale)
        return steps

    def some(self, value: Any) -> int:
        """Return a quantity of at least one step."""
        return self.quantity(value, 1)

    def sum_of_money(self, value: Any) -> int:
        """Return an amount or a set-up price in the engine's money."""
        return _times(value, Fraction(self.money))

    def price(self, value: Any) -> int:
        """Return a price per unit of the file in the engine's money per step."""
        return _times(value, Fraction(self.money, self.scale))

    def effort_limit(self, value: Any) -> int:
        """Return a limit in the engine's effort."""
        return _times(value, Fraction(self.effort))

    def effort_each(self, value: Any) -> int:
        """Return the effort per unit of the file in the engine's effort per step."""
        return _times(value, Fraction(self.effort, self.scale))

    def per_unit(self, value: Any) -> float:
        """Return points per unit of the file as points per step."""
        return float(_ANY_NUMBER(value)) / self.scale

    def _steps(self, value: Any) -> int:
        if type(value) is int:
            return int(value) * self.scale
        exact: float = _ANY_NUMBER(value) * self.scale
        steps = round(exact)
        if abs(exact - steps) > 1e-9 * max(1.0, abs(exact)):
            if self.scale < 10**MOST_DECIMALS:
                raise wrong(Code.STEP, value, scale=self.scale)
            raise wrong(Code.DECIMALS, value, most=MOST_DECIMALS)
        return steps


def check_product(each: int, quantity: int, shown: Any, path: str) -> None:
    """Refuse what an offer takes in all if it is too large to stay exact."""
    if each * quantity > _MOST_PRODUCT:
        raise wrong(Code.PRODUCT, shown, path=path)


def measures_of(document: Mapping[str, Any], scale: int | None) -> Measures:
    """Return the coarsest measures in which every amount of the document is whole.

    Values that are no amounts are passed over here and refused where they are read.
    """
    if scale is None:
        scale = 10 ** min(MOST_DECIMALS, max(map(_decimals, _quantities(document)), default=0))
    offers, budgets = _rows(document, "offers"), _rows(document, "budgets")
    return Measures(
        scale,
        money=_denominator(
            (offers, "price", scale), (offers, "setup_price", 1), (budgets, "amount", 1)
        ),
        effort=_denominator(
            (offers, "effort", scale), (_rows(document, "organisations"), "effort_limit", 1)
        ),
    )


def written(steps: int, scale: int) -> int | float:
    """Return a quantity of the engine as it stands in a file."""
    return steps // scale if steps % scale == 0 else steps / scale


def _times(value: Any, factor: Fraction) -> int:
    if type(value) is int and factor == 1 and 0 <= value <= MOST:
        return value
    number(0)(value)
    whole = _exact(value) * factor
    if whole.denominator != 1:
        raise wrong(Code.DECIMALS, value, most=MOST_DECIMALS)
    if whole > _MOST_PRODUCT:
        raise wrong(Code.RANGE, value, least=0, most=float(_MOST_PRODUCT / factor))
    return int(whole)


def _exact(value: int | float) -> Fraction:
    """The decimal number as written, not the binary one nearest to it."""
    return Fraction(value) if type(value) is int else Fraction(repr(value))


def _denominator(*columns: tuple[list[Any], str, int]) -> int:
    common = 1
    for rows, key, scale in columns:
        for row in rows:
            value = row.get(key, 0) if type(row) is dict else 0
            if value and _is_amount(value) and (scale != 1 or type(value) is float):
                common = math.lcm(common, (_exact(value) / scale).denominator)
    return common


def _is_amount(value: Any) -> bool:
    if type(value) is int:
        return 0 <= value <= MOST
    return type(value) is float and math.isfinite(value) and _decimals(value) <= MOST_DECIMALS


def _decimals(value: Any) -> int:
    """How many decimals are written; 0 for what is no number."""
    if type(value) is not float or not math.isfinite(value) or value.is_integer():
        return 0
    return max(0, -int(Decimal(repr(value)).as_tuple().exponent))


def _quantities(document: Mapping[str, Any]) -> Iterator[Any]:
    for offer in _rows(document, "offers"):
        if type(offer) is dict:
            yield offer.get("quantity")
            yield offer.get("lot")
    for need in _rows(document, "needs"):
        for component in _rows(need, "components"):
            if type(component) is dict:
                yield component.get("quantity")
    for kept in _rows(document, "kept"):
        if type(kept) is dict:
            yield kept.get("quantity")


def _rows(holder: Any, key: str) -> list[Any]:
    rows = holder.get(key) if type(holder) is dict else None
    return rows if type(rows) is list else []
