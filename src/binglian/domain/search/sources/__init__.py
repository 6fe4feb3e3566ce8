"""Every kind of thing that can be found, in the order in which it is offered as a facet."""

from binglian.domain.search.source import Source

from .alliances import ALLIANCES, ORGANISATIONS
from .announcements import ANNOUNCEMENTS
from .commitments import COMMITMENTS
from .governance import AGREEMENTS, DECISIONS, RESOLUTIONS
from .lists import NEEDS, OFFERS
from .matters import MATTERS
from .places import PLACES
from .projects import PROJECTS

SOURCES: dict[str, Source] = {
    source.kind: source
    for source in (
        ANNOUNCEMENTS,
        MATTERS,
        NEEDS,
        OFFERS,
        PROJECTS,
        PLACES,
        ORGANISATIONS,
        COMMITMENTS,
        DECISIONS,
        RESOLUTIONS,
        AGREEMENTS,
        ALLIANCES,
    )
}

__all__ = ["SOURCES"]
