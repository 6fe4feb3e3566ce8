"""Topics: offered by members, accepted or deferred with a word by the secretariat."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.governance.agenda_sources import TOPICS
from binglian.domain.governance.models import Meeting, Topic
from binglian.domain.governance.queries import meeting_in_preparation
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

from .agenda import put_on_agenda, take_off_agenda

_TOLD = {
    "offered": gettext_noop("“%(who)s”提出议题“%(topic)s”。"),
    "accepted": gettext_noop("贵单位的议题“%(topic)s”已列入第 %(number)s 次联席会议议程。%(word)s"),
    "deferred": gettext_noop("贵单位的议题“%(topic)s”暂缓：%(word)s"),
}
State = Topic.State


@transaction.atomic
def offer_topic(
    *,
    alliance: Alliance,
    organisation: Organisation,
    title: str,
    by: User,
    paper: str = "",
    link: str = "",
) -> Topic:
    """A member asks that something be spoken of at the next meeting."""
    require_permission(by, Permission.JOIN_MEETINGS, within=alliance.seat_of(organisation))
    refuse_unless(title.strip(), _("请写明议题。"))
    topic = Topic.objects.create(
        alliance=alliance,
        organisation=organisation,
        title=title.strip(),
        paper=paper.strip(),
        link=link,
        offered_by=by,
    )
    record(by, "topic.offered", topic, within=alliance, organisation=organisation)
    facts = {"who": organisation.name, "topic": topic.title}
    _tell(topic, "offered", people_with(alliance, Role.SECRETARIAT), facts)
    return topic


@transaction.atomic
def accept_topic(*, topic: Topic, by: User, word: str = "") -> Topic:
    """The topic goes on the agenda of the meeting in preparation."""
    topic = _locked(topic, by)
    refuse_unless(topic.state != State.ACCEPTED, _("该议题已列入议程。"))
    meeting = found_or_refused(
        meeting_in_preparation(topic.alliance), _("还没有筹备中的会议，请先筹备下一次会议。")
    )
    topic.state, topic.meeting, topic.word = State.ACCEPTED, meeting, word.strip()
    topic.save()
    put_on_agenda(
        meeting,
        source=TOPICS,
        origin=f"topic:{topic.pk}",
        title_zh=topic.title,
        organisation=topic.organisation,
        url=f"/a/{topic.alliance.slug}/topics/{topic.pk}/",
    )
    return _answered(topic, by, meeting)


@transaction.atomic
def defer_topic(*, topic: Topic, by: User, word: str) -> Topic:
    """Not now; the member reads why. A deferred topic can still be accepted later."""
    topic = _locked(topic, by)
    refuse_unless(topic.state != State.DEFERRED, _("该议题已暂缓。"))
    refuse_unless(word.strip(), _("请写明暂缓的理由，提出单位会看到。"))
    meeting = topic.meeting
    if meeting is not None:
        refuse_unless(meeting.state == Meeting.State.PREPARED, _("会议通知已发出，不能撤下议题。"))
        take_off_agenda(meeting, f"topic:{topic.pk}")
    topic.state, topic.meeting, topic.word = State.DEFERRED, None, word.strip()
    topic.save()
    return _answered(topic, by, None)


def _locked(topic: Topic, by: User) -> Topic:
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    require_permission(by, Permission.MANAGE_MEETINGS, within=topic.alliance)
    return topic


def _answered(topic: Topic, by: User, meeting: Meeting | None) -> Topic:
    record(
        by,
        f"topic.{topic.state}",
        topic,
        within=topic.alliance,
        organisation=topic.organisation,
        change={"word": topic.word, "meeting": meeting.pk if meeting else None},
    )
    facts = {
        "topic": topic.title,
        "number": meeting.number if meeting else "",
        "word": topic.word,
    }
    _tell(topic, topic.state, liaison_officers(topic.alliance, topic.organisation), facts)
    return topic


def _tell(topic: Topic, what: str, users: QuerySet[User], facts: Mapping[str, object]) -> None:
    meeting = topic.meeting_id or ""
    notify(
        users,
        key=f"topic:{topic.pk}:{what}:{meeting}",
        message=_TOLD[what],
        facts=facts,
        url=f"/a/{topic.alliance.slug}/topics/{topic.pk}/",
    )
