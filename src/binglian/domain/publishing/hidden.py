"""Needs that stand for somebody who need not be shown: an applicant, or a resident."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.coupling.public_lists import public_commitments, public_needs
from binglian.domain.heritage.models import SpaceApplication
from binglian.domain.matters.models import Matter


def shown_needs(alliance: Alliance) -> QuerySet[Need]:
    """Public needs without those of an applicant, or of a matter that is not public."""
    return public_needs(alliance).exclude(pk__in=_hidden(alliance))


def shown_commitments(alliance: Alliance) -> QuerySet[Commitment]:
    """Public promises without those that would tell of such a need."""
    told = Q(component=None) | ~Q(component__need__in=_hidden(alliance))
    return public_commitments(alliance).filter(told)


def _hidden(alliance: Alliance) -> QuerySet[Any, Any]:
    """Their keys."""
    asked = SpaceApplication.objects.filter(alliance=alliance, need__isnull=False)
    reported = Matter.objects.filter(alliance=alliance, need__isnull=False)
    reported = reported.exclude(visibility=Matter.Visibility.PUBLIC)
    return asked.order_by().values("need").union(reported.order_by().values("need"))
