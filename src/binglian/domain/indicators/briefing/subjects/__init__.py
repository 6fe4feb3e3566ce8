"""Every subject that tells something, in the order in which its figures stand."""

from binglian.domain.indicators.briefing.telling import Count, Subject

from .coupling import COUPLING
from .governance import GOVERNANCE
from .matters import MATTERS
from .projects import PROJECTS

SUBJECTS: tuple[Subject, ...] = (COUPLING, PROJECTS, MATTERS, GOVERNANCE)
COUNTS: dict[str, Count] = {count.code: count for one in SUBJECTS for count in one.counts}
