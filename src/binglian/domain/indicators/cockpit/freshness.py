"""Whether anything on the screen can have changed."""

from __future__ import annotations

from django.utils.timezone import localtime

from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import PLATFORM
from binglian.domain.ledger.chain import digest_of
from binglian.domain.ledger.models import Chain


def state_of(alliance: Alliance) -> str:
    """Another text after every act, and every hour because of clocks that run out; one query."""
    chains = Chain.objects.filter(name__in=[alliance.slug, PLATFORM]).order_by("name")
    ends = [list(end) for end in chains.values_list("name", "last_hash")]
    return digest_of({"ends": ends, "hour": f"{localtime():%Y-%m-%dT%H}"})
