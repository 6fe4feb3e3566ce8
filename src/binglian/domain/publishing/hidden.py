"""Needs that stand for somebody who need not be shown: an applicant, or a resident."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Commitment, Need
from binglian.domain.coupling.public_lists import public_commitments, public_needs
from binglian.domain.heritage.models import SpaceApplication
from binglian.domain.matters.models import Matter


def shown_needs(*alliances: Alliance) -> QuerySet[Need]:
    """Public needs without those of an applicant, or of a matter that is not public."""
    return public_needs(*alliances).exclude(_is_hidden("pk"))


def shown_commitments(*alliances: Alliance) -> QuerySet[Commitment]:
    """Public promises without those that would tell of such a need."""
    return public_commitments(*alliances).exclude(_is_hidden("component__need"))


def _is_hidden(need: str) -> Q:
    """Asked of each row by itself, so that a page costs the same however many matters there are."""
    same = {"need": OuterRef(need), "alliance": OuterRef("alliance")}
    reported = Matter.objects.filter(**same).exclude(visibility=Matter.Visibility.PUBLIC)
    return Q(Exists(SpaceApplication.objects.filter(**same))) | Q(Exists(reported))
