"""Every indicator of the five promises, in the order in which it is shown."""

from binglian.domain.indicators.figures import Indicator

from .coordination import COORDINATION
from .coverage import COVERAGE
from .efficiency import EFFICIENCY
from .inclusion import INCLUSION
from .openness import OPENNESS

INDICATORS: tuple[Indicator, ...] = (
    *COVERAGE, *INCLUSION, *OPENNESS, *COORDINATION, *EFFICIENCY
)  # fmt: skip
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
