"""Proof, moments old, that the person at the keyboard is who signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.models import Signature
from binglian.domain.refusals import refuse_unless

#: How long a second factor stands for a signature.
FRESH = timedelta(minutes=5)
#: How far the clocks of two web servers may be apart.
_SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class StepUp:
    """A second factor shown: how, and when."""

    method: Signature.Method
    at: datetime


def require_fresh(step_up: StepUp) -> None:
    """Refuse a proof that is older than five minutes, or of a time to come."""
    age = now() - step_up.at
    refuse_unless(-_SKEW <= age <= FRESH, _("身份核验已超过 5 分钟，请重新核验。"))
