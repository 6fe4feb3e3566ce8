"""A meeting that has begun, with what belongs to it, for the table of routes."""

from datetime import timedelta

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.governance.actions import (
    add_agenda_item,
    ask_swap,
    convene_meeting,
    draw_up_evaluation,
    draw_up_rota,
    offer_topic,
    open_handover,
    prepare_meeting,
    resolve,
)
from binglian.domain.governance.models import Meeting


def meeting_samples(
    alliance: Alliance, giving: Organisation, secretariat: User, giver: User
) -> dict[str, int]:
    """The keys of one object of each kind, by the name routes have for it."""
    meeting = prepare_meeting(
        alliance=alliance, starts_at=now() + timedelta(9), place="会议室", by=secretariat
    )
    item = add_agenda_item(meeting=meeting, title="停车共享", by=secretariat)
    meeting = convene_meeting(meeting=meeting, by=secretariat)
    Meeting.objects.update(starts_at=now() - timedelta(hours=1))
    topic = offer_topic(alliance=alliance, organisation=giving, title="讲座", by=giver)
    resolution = resolve(
        meeting=meeting,
        item=item,
        text="开放车位",
        owner=giving,
        receiver=alliance.lead_b,
        due_on=today() + timedelta(30),
        by=secretariat,
    )
    turn, other = draw_up_rota(
        alliance=alliance,
        organisations=[giving, alliance.lead_b],
        starts_on=today() + timedelta(31),
        months=1,
        by=secretariat,
    )
    (point, *_others) = open_handover(turn=turn, by=giver)
    swap = ask_swap(turn=turn, other=other, why="忙", by=giver)
    evaluation = draw_up_evaluation(
        alliance=alliance,
        title="评议",
        from_on=today() - timedelta(30),
        until_on=today() - timedelta(1),
        answers_due_on=today(),
        by=secretariat,
    )
    return {
        "turn_pk": turn.pk,
        "point_pk": point.pk,
        "swap_pk": swap.pk,
        "evaluation_pk": evaluation.pk,
        "sheet_pk": evaluation.sheets.get(organisation=giving).pk,
        "meeting_pk": meeting.pk,
        "agenda_pk": item.pk,
        "topic_pk": topic.pk,
        "resolution_pk": resolution.pk,
        "organisation_pk": giving.pk,
    }
