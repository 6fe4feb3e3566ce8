"""Who follows what: for whoever holds the link, and how many in all."""

from __future__ import annotations

from binglian.domain.accounts.tokens import digest_of
from binglian.domain.openness.models import Follower


def follower_by_token(token: str) -> Follower | None:
    """The follower whose secret link this is."""
    rows = Follower.objects.filter(token_digest=digest_of(token))
    return rows.select_related("alliance").first()
