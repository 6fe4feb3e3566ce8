"""The figures of the first page are of the moment, unless it takes long to count them."""

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import change_alliance
from binglian.domain.alliance.models import Alliance, Membership, Organisation, today
from binglian.domain.alliance.publicness import Published
from binglian.web.portal import promise_figures


def _join(alliance: Alliance, prefix: str, category: str, n: int) -> None:
    for number in range(n):
        Membership.objects.create(
            alliance=alliance,
            organisation=Organisation.objects.create(name=f"{prefix}{number}"),
            category=category,
            state=Membership.State.ADMITTED,
            from_on=today(),
        )


@pytest.fixture
def open_alliance(alliance: Alliance, secretariat: User) -> Alliance:
    """One that publishes its figures; two offices are joined by 16 merchants."""
    _join(alliance, "商户", "merchant", 16)
    change_alliance(alliance=alliance, by=secretariat, published=[Published.FIGURES])
    return alliance


def figures(alliance: Alliance) -> dict[str, float]:
    found = promise_figures.promise_figures(alliance)
    return {figure.indicator.code: figure.value for figure in found}


def _act(alliance: Alliance, by: User) -> None:
    """Twenty firms join, and somebody does something."""
    _join(alliance, "企业", "merchant", 20)
    change_alliance(alliance=alliance, by=by, published=[Published.FIGURES, Published.NEEDS])


def test_an_act_is_seen_in_the_next_figures(open_alliance: Alliance, secretariat: User) -> None:
    before = figures(open_alliance)
    _act(open_alliance, secretariat)

    assert before == {"W2": 16 / 18}
    assert figures(open_alliance) == {"W2": 36 / 38}


def test_what_takes_long_to_count_stands(
    open_alliance: Alliance, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promise_figures, "_LONG", 0.0)
    monkeypatch.setattr(promise_figures, "_STANDS_TIMES", 100_000)
    before = figures(open_alliance)
    _act(open_alliance, secretariat)

    assert (before, figures(open_alliance)) == ({"W2": 16 / 18}, {"W2": 16 / 18})
