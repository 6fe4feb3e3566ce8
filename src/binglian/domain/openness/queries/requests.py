"""Requests for information: who sees which, and how well their deadlines are kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.models import InformationRequest

State = InformationRequest.State
#: A share of fewer tells of single people; it is not shown.
FEWEST = 5


def requests_visible_to(user: User, alliance: Alliance) -> QuerySet[InformationRequest]:
    """Those the person may answer: all of an alliance, or none."""
    if not has_permission(user, Permission.ANSWER_REQUESTS, within=alliance):
        return InformationRequest.objects.none()
    return alliance.information_requests.select_related("alliance")


def public_answers(alliance: Alliance) -> QuerySet[InformationRequest]:
    """Questions and answers that everybody reads, the newest answer first."""
    rows = alliance.information_requests.filter(state=State.PUBLIC)
    return rows.select_related("alliance").order_by("-answered_at", "-pk")


def request_by_token(token: str) -> InformationRequest | None:
    """The request whose secret link this is."""
    rows = InformationRequest.objects.filter(token_digest=digest_of(token))
    return rows.select_related("alliance").first()


@dataclass(frozen=True, slots=True)
class KeptInTime:
    """How requests were answered. Due are those answered, and those waiting past their time."""

    waiting: int
    public: int
    private: int
    refused: int
    due: int
    in_time: int

    @property
    def is_shown(self) -> bool:
        """Whether enough were due for a share to be told."""
        return self.due >= FEWEST

    @property
    def percent(self) -> int:
        return round(100 * self.in_time / self.due) if self.due else 0


def kept_in_time(alliance: Alliance) -> KeptInTime:
    """The figures of all requests that were not taken back."""
    answered = Q(state__in=InformationRequest.ANSWERED)
    counts = alliance.information_requests.order_by().aggregate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        public=Count("pk", filter=Q(state=State.PUBLIC)),
        private=Count("pk", filter=Q(state=State.PRIVATE)),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
        due=Count("pk", filter=answered | Q(state=State.WAITING, due_at__lt=now())),
        in_time=Count("pk", filter=answered & Q(answered_at__lte=F("due_at"))),
    )
    return KeptInTime(**counts)
