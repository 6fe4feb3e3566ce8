"""Which organisations of a page are known already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from binglian.announcements.facts.same import is_short_for
from binglian.domain.alliance.models import Alliance, Membership, Organisation

_REMARK = re.compile(r"（[^）]*）$")


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the platform that the page seems to mean."""

    organisation: Organisation
    is_member: bool
    #: The page uses its very name; otherwise one is short for the other.
    is_exact: bool


def known_among(alliance: Alliance, named: Iterable[Sequence[str]]) -> list[Known | None]:
    """For each organisation, given by all its names, the one that is meant, if any.

    Members of the alliance are recognised by short names too, others by their very name only:
    «市规划局» is our member, and somebody else's city has one as well.
    """
    current = [Membership.State.APPLIED, Membership.State.ADMITTED]
    seated = alliance.memberships.filter(state__in=current).select_related("organisation")
    members = {_REMARK.sub("", one.organisation.name): one.organisation for one in seated}
    groups = [tuple(names) for names in named]
    asked = {name for names in groups for name in names} - members.keys()
    others = {one.name: one for one in Organisation.objects.filter(name__in=asked)}
    return [_known(names, members, others) for names in groups]


def _known(
    names: Sequence[str], members: dict[str, Organisation], others: dict[str, Organisation]
) -> Known | None:
    for name in names:
        if name in members:
            return Known(members[name], True, True)
    fitting = {
        organisation.pk: organisation
        for member, organisation in members.items()
        if any(is_short_for(name, member) or is_short_for(member, name) for name in names)
    }
    if len(fitting) == 1:
        return Known(next(iter(fitting.values())), True, False)
    return next((Known(others[name], False, True) for name in names if name in others), None)
