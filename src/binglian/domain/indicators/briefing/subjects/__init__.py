"""Every subject that tells something, in the order in which its figures stand."""

from binglian.domain.indicators.briefing.telling import Count, Subject

from .books import BOOKS
from .coupling import COUPLING
from .findings import FINDINGS
from .governance import GOVERNANCE
from .matters import MATTERS
from .open_days import OPEN_DAYS
from .projects import PROJECTS

SUBJECTS: tuple[Subject, ...] = (
    COUPLING, PROJECTS, MATTERS, FINDINGS, BOOKS, OPEN_DAYS, GOVERNANCE
)  # fmt: skip
COUNTS: dict[str, Count] = {count.code: count for one in SUBJECTS for count in one.counts}
