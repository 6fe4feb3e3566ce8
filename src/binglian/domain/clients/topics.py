"""What a webhook can be told of: groups of acts, none of which is about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: The ledger's row of what somebody asked to hear, sent to try an address out.
TRIAL = "webhook.tried"


@dataclass(frozen=True, slots=True)
class Topic:
    """A code, its words, and how the acts begin that belong to it."""

    code: str
    label: Any
    acts: tuple[str, ...]
    #: Whether the name of the object may leave the platform.
    names_object: bool = True


TOPICS = (
    Topic("members", _("成员变动"), ("membership.",)),
    Topic("offers", _("资源清单"), ("offer.",)),
    Topic("needs", _("需求清单"), ("need.", "checkup.")),
    Topic("commitments", _("承诺、兑现和评价"), ("commitment.",)),
    Topic("runs", _("耦合运算"), ("run.proposed", "run.published")),
    Topic("decisions", _("牵头单位决定"), ("decision.",)),
    Topic("agreements", _("共建协议"), ("agreement.in_force", "agreement.signed", "departure.")),
    Topic("meetings", _("联席会议和议定事项"), ("meeting.", "minutes.confirmed")),
    Topic("projects", _("项目和任务进展"), ("project.", "task.reported")),
    # The row's label may hold what a resident wrote: only the number of the object is told.
    Topic(
        "matters",
        _("诉求办理"),
        (
            *("matter.reported", "matter.dispatched", "matter.replied", "matter.closed"),
            *("matter.overdue", "matter.published", "matter.whistle_blown"),
        ),
        names_object=False,
    ),
    Topic("news", _("公告"), ("announcement.published", "announcement.withdrawn")),
    Topic("places", _("里院和待租空间"), ("place.", "space.")),
    Topic("trial", _("试发"), (TRIAL,)),
)
#: What somebody can choose; a trial is always told.
CHOICES = [(topic.code, topic.label) for topic in TOPICS if topic.code != "trial"]


def topic_of(act: str) -> Topic | None:
    """The topic an act belongs to; ``None`` for acts that are nobody else's business."""
    return next((topic for topic in TOPICS if act.startswith(topic.acts)), None)
