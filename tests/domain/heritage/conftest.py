"""A courtyard, its owner, and a shop that looks for rooms."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.heritage.actions import (
    SpaceWish,
    add_guardian,
    grade_place,
    save_place,
    save_space,
)
from binglian.domain.heritage.models import Place, Space


@pytest.fixture
def enter(alliance: Alliance, secretariat: User) -> Callable[..., Place]:
    """A place entered by the secretariat."""

    def make(**facts: Any) -> Place:
        facts = {"name_zh": "广兴里（示例）", "name_en": "Guangxingli (illustrative)"} | facts
        return save_place(alliance=alliance, by=secretariat, **facts)

    return make


@pytest.fixture
def courtyard(enter: Callable[..., Place], giving: Organisation, secretariat: User) -> Place:
    """A public courtyard of traditional style that the giving member owns."""
    place = enter(units=36, vacant_units=30, is_public=True, longitude=120.32, latitude=36.07)
    place = grade_place(place=place, by=secretariat, grade="traditional", basis="示例〔2024〕1号")
    add_guardian(place=place, organisation=giving, role="owner", by=secretariat)
    return place


@pytest.fixture
def room(courtyard: Place, giving: Organisation, giver: User) -> Space:
    """Forty square metres of it, to let."""
    return save_space(
        place=courtyard,
        landlord=giving,
        by=giver,
        area=Decimal(40),
        floor="一层东厢",
        trades=["咖啡", "文创"],
        rent=Decimal(1800),
    )


@pytest.fixture
def wish() -> SpaceWish:
    """What a shop without an account says."""
    return SpaceWish(
        applicant="海边咖啡（示例）",
        trade="咖啡",
        text="想做一间社区咖啡馆。",
        consent_text="同意",
        contact={"name": "掌柜", "phone": "13900000000", "email": ""},
    )
