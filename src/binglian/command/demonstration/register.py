"""Where the members are seated: the communities of the quarter, so that gaps can be seen."""

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import change_organisation
from binglian.domain.alliance.models import Alliance, Membership
from binglian.domain.places.actions import add_area
from binglian.domain.places.models import Area

#: Name → English name; two of them have no member of their own.
_COMMUNITIES = {
    "东里社区（示例）": "Dongli Community (illustrative)",
    "中里社区（示例）": "Zhongli Community (illustrative)",
    "西里社区（示例）": "Xili Community (illustrative)",
    "南里社区（示例）": "Nanli Community (illustrative)",
    "港前社区（示例）": "Gangqian Community (illustrative)",
}


def enter(alliance: Alliance, secretariat: User, administrator: User) -> None:
    """The register of communities, and each member in its own or else in the area itself."""
    if alliance.area is None:
        raise TypeError("The demonstration's alliances have an area.")
    communities = {
        name: add_area(
            by=administrator,
            name=name,
            name_en=name_en,
            kind=Area.Kind.COMMUNITY,
            parent=alliance.area,
        )
        for name, name_en in _COMMUNITIES.items()
    }
    states = [Membership.State.ADMITTED, Membership.State.APPLIED]
    for membership in alliance.memberships.filter(state__in=states).select_related("organisation"):
        organisation = membership.organisation
        change_organisation(
            organisation=organisation,
            alliance=alliance,
            by=secretariat,
            area=communities.get(organisation.name, alliance.area),
        )
