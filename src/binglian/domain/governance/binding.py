"""Minutes and evaluations as reserved acts; resolutions as a source of agendas and promises."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance

from . import agenda_sources, promises
from .actions.agenda import RESOLUTIONS
from .actions.evaluations import (
    EVALUATION,
    EVALUATION_PUBLICATION,
    publish_evaluation,
    settle_evaluation,
)
from .actions.minutes import MINUTES, confirm_minutes
from .models import Evaluation, Meeting, Resolution
from .queries import evaluation_digest, minutes_digest, unfinished_resolutions
from .reserved import Change, ReservedAct, register


def _meeting(ids: list[int]) -> Meeting:
    return Meeting.objects.select_related("alliance").get(pk=ids[0])


def _evaluation(ids: list[int]) -> Evaluation:
    return Evaluation.objects.select_related("alliance").get(pk=ids[0])


def _resolved(ids: list[int]) -> list[Change]:
    """Each resolution, which is nothing yet and becomes a commitment."""
    rows = _meeting(ids).resolutions.select_related("owner", "receiver")
    return [
        Change(
            row.text,
            "",
            gettext("%(owner)s，%(day)s 前完成，由%(receiver)s评价")
            % {"owner": row.owner, "day": row.due_on, "receiver": row.receiver},
        )
        for row in rows
    ] or [Change(gettext("没有议定事项"), "", gettext("纪要已确认"))]


def _hold_minutes(ids: list[int]) -> None:
    list(Meeting.objects.filter(pk__in=ids).select_for_update(no_key=True).values_list("pk"))


def _evaluated(ids: list[int]) -> list[Change]:
    evaluation = _evaluation(ids)
    sheets = list(evaluation.sheets.all())
    said = gettext("%(count)s 个单位，%(answered)s 个已答复") % {
        "count": len(sheets),
        "answered": sum(sheet.answered_at is not None for sheet in sheets),
    }
    period = f"{evaluation.from_on} — {evaluation.until_on}"
    return [Change(period, str(evaluation.get_state_display()), said)]


def _published(ids: list[int]) -> list[Change]:
    return [Change(str(_evaluation(ids)), gettext("仅成员单位可看"), gettext("任何人可看"))]


def _hold_evaluation(ids: list[int]) -> None:
    list(Evaluation.objects.filter(pk__in=ids).select_for_update(no_key=True).values_list("pk"))


MINUTES_ACT = ReservedAct(
    code=MINUTES,
    label=_("确认联席会议纪要"),
    subject=lambda ids: str(_meeting(ids)),
    changes=_resolved,
    hold=_hold_minutes,
    digest=lambda ids: minutes_digest(_meeting(ids)),
    put_in_force=lambda ids: confirm_minutes(meeting_id=ids[0]),
    refuse=lambda _ids: None,  # they stay open and can be mended
    path=lambda ids: f"meetings/{ids[0]}/",
)

EVALUATION_ACT = ReservedAct(
    code=EVALUATION,
    label=_("审定年度评议"),
    subject=lambda ids: str(_evaluation(ids)),
    changes=_evaluated,
    hold=_hold_evaluation,
    digest=lambda ids: evaluation_digest(_evaluation(ids)),
    put_in_force=lambda ids: settle_evaluation(evaluation_id=ids[0]),
    refuse=lambda _ids: None,  # answers are taken again
    path=lambda ids: f"evaluations/{ids[0]}/",
)

PUBLICATION_ACT = ReservedAct(
    code=EVALUATION_PUBLICATION,
    label=_("对外公布年度评议"),
    subject=lambda ids: str(_evaluation(ids)),
    changes=_published,
    hold=_hold_evaluation,
    digest=lambda ids: evaluation_digest(_evaluation(ids)),
    put_in_force=lambda ids: publish_evaluation(evaluation_id=ids[0]),
    refuse=lambda _ids: None,
    path=lambda ids: f"evaluations/{ids[0]}/",
)


def _source(alliance: Alliance, key: str) -> promises.Source | None:
    """Where a promise that began as a resolution was made."""
    found = Resolution.objects.filter(pk=key, meeting__alliance=alliance).first()
    return promises.Source(str(found.meeting), found.meeting.path) if found else None


def register_meetings() -> None:
    for act in (MINUTES_ACT, EVALUATION_ACT, PUBLICATION_ACT):
        register(act)
    promises.register_source("resolution", _source)
    agenda_sources.register(
        agenda_sources.AgendaSource(
            code=RESOLUTIONS,
            label=_("未办结的议定事项"),
            items=unfinished_resolutions,
            path="meetings/resolutions/",
        )
    )
