"""What a coupling run and a planning run have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance


class Computation(models.Model):
    """Something a worker works out while people wait: it can be cancelled, and outlives a worker.

    Every kind of it has these four states among its own.
    """

    QUEUED, RUNNING, CANCELLED, FAILED = "queued", "running", "cancelled", "failed"

    alliance: Alliance

    # Each kind says these three in its own words.
    state = models.CharField(max_length=10, default=QUEUED)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=400, blank=True)
    seconds = models.PositiveSmallIntegerField(_("时限（秒）"), default=10)
    seed = models.PositiveIntegerField(_("种子"), default=0)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    # The worker's sign of life; a run whose heart stopped is taken up again.
    heartbeat_at = models.DateTimeField(null=True)
    progress = models.FloatField(_("进度"), default=0)
    is_cancel_asked = models.BooleanField(default=False)
    solved_seconds = models.FloatField(_("用时（秒）"), null=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """Where people look at it."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return self.state in (self.QUEUED, self.RUNNING)
