"""Problems a city check-up found in the demonstration's area, one of them seen to be resolved."""

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.checkups.actions import settle_problem

from . import entering
from .files import DemonstrationFiles

_SETTLED = "T-005"
_EVIDENCE = "示例：竣工验收单示例〔2026〕7号；现场复查，盲道已改线绕开井盖，前后照片存档。"


def enter(alliance: Alliance, files: DemonstrationFiles, by: User) -> None:
    """The list of problems, as any spreadsheet comes in; each becomes a need."""
    entering.bring_in(alliance, "checkup", files.rows(alliance.slug, "checkup"), by)
    settled = alliance.checkup_problems.get(number=_SETTLED)
    settle_problem(found=settled, evidence=_EVIDENCE, by=by)
