"""One object of each kind that pages of openness show."""

from __future__ import annotations

from dataclasses import dataclass

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import answer_publicly, ask_for_information
from binglian.domain.openness.facts import Asked

PHONE = "13700002222"


@dataclass(frozen=True)
class Samples:
    """Keys by the word in a route's name, and what stands in addresses beside them."""

    pks: dict[str, int]
    arguments: dict[str, str]


def openness_samples(alliance: Alliance, by: User) -> Samples:
    """A request answered in public, and one that waits, with a contact and its secret link."""
    answered, _token = ask_for_information(alliance=alliance, asked=Asked(text="花了多少钱？"))
    answer_publicly(request=answered, public_text="费用", answer="120 万元。", by=by)
    asked = Asked(text="何时开工？", contact={"phone": PHONE}, consent_text="同意")
    waiting, secret = ask_for_information(alliance=alliance, asked=asked)
    return Samples(
        {"openness:answer": answered.pk, "openness:request": waiting.pk},
        {"ask_secret": secret},
    )
