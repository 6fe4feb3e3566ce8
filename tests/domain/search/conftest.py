"""What a reader finds, in short: titles in their order."""

from collections.abc import Callable

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.publicness import Published
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import Matter
from binglian.domain.search.queries import find
from binglian.domain.search.readers import Reader


def titles(query: str, reader: Reader, kind: str = "") -> list[str]:
    return [hit.document.title for hit in find(query, reader, kind).hits]


@pytest.fixture
def published(alliance: Alliance) -> Alliance:
    """The alliance, showing all it can to everybody."""
    alliance.published = [one.value for one in Published]
    alliance.save()
    return alliance


@pytest.fixture
def reported(alliance: Alliance, secretariat: User) -> Callable[..., Matter]:
    """A matter; ``told`` to everybody in those words where there are any."""

    def report(text: str, told: str = "") -> Matter:
        matter = report_matter(alliance=alliance, facts=MatterFacts(text), by=None).matter
        if told:
            matter = check_publication(
                matter=matter, public_text=told, is_public=True, by=secretariat
            )
        return matter

    return report
