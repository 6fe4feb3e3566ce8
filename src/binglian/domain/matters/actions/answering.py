"""The answer and what is thought of it: replied, reviewed, revisited, opened again."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.matters.models import Assignment, Matter, Reply, Revisit
from binglian.domain.matters.queries.visibility import files_for
from binglian.domain.matters.redaction import refuse_certain
from binglian.domain.refusals import refuse_unless

from .due_dates import FIELDS, set_due
from .steps import (
    leading,
    locked,
    note_step,
    refuse_unless_in,
    require_for,
    require_for_seat,
    tell,
)

State = Matter.State
_REVIEW = gettext_noop("诉求 %(number)s 答复为“不合理”，请复核。")
_REFUSED = gettext_noop("诉求 %(number)s 的“不合理”答复未获复核同意，请继续办理。")
_UNSOLVED = gettext_noop("诉求 %(number)s 回访为“未解决”，请决定是否重新办理。")
_REOPENED = gettext_noop("诉求 %(number)s 重新办理：%(reason)s")


@transaction.atomic
def reply(
    *, matter: Matter, outcome: str, public_text: str, private_text: str = "", by: User
) -> Reply:
    """The leader answers (答复): one part for everybody, one for the reporter alone.

    «Unreasonable» waits for a second person before it counts and before the reporter reads it.

    Raises
    ------
    PermissionDenied
        ``by`` does not speak for the organisation that leads.
    ActionRefused
        It is not being handled, a reply waits for review, or the public part is empty.
    """
    matter = locked(matter)
    leader = leading(matter)
    organisation = leader.organisation
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, organisation)
    refuse_unless_in(matter, [State.HANDLING, State.PARKED], _("请先签收；已答复的不能重复答复。"))
    refuse_unless(not _under_review(matter), _("上一份答复正在复核。"))
    refuse_unless(outcome in Reply.Outcome, _("请选择办理结果。"))
    refuse_unless(public_text.strip(), _("请用平实的话写明公开答复。"))
    refuse_certain(public_text)
    written = Reply.objects.create(
        matter=matter,
        organisation=organisation,
        outcome=outcome,
        public_text=public_text.strip(),
        private_text=private_text.strip(),
        by=by,
        at=now(),
    )
    if outcome == Reply.Outcome.UNREASONABLE:
        note_step(matter, "review_asked", by, organisation=organisation, is_public=False)
        desk = people_with(matter.alliance, Role.REVIEWER, Role.SECRETARIAT)
        tell(matter, desk, key=f"review:{written.pk}", message=_REVIEW)
    else:
        _counts(written, matter, by)
    return written


@transaction.atomic
def review_unreasonable(*, reply: Reply, is_yes: bool, by: User) -> Reply:
    """A second person looks at «unreasonable» (复核): agreed, or handled on."""
    matter = locked(reply.matter)
    require_for(by, Permission.REVIEW_OBJECTIONS, matter)
    reply = Reply.objects.select_related("organisation").get(pk=reply.pk)
    refuse_unless(reply.outcome == Reply.Outcome.UNREASONABLE, _("该答复无需复核。"))
    refuse_unless(reply.is_confirmed is None, _("该答复已复核。"))
    refuse_unless(reply.by != by, _("须由另一人复核。"))
    reply.reviewed_by, reply.reviewed_at, reply.is_confirmed = by, now(), is_yes
    reply.save(update_fields=["reviewed_by", "reviewed_at", "is_confirmed"])
    if is_yes:
        _counts(reply, matter, by)
    else:
        note_step(matter, "review_refused", by, organisation=reply.organisation, is_public=False)
        officers = liaison_officers(matter.alliance, reply.organisation)
        tell(matter, officers, key=f"refused:{reply.pk}", message=_REFUSED)
    return reply


@transaction.atomic
def revisit(
    *,
    reply: Reply,
    channel: str,
    solved: str,
    content: str,
    note: str = "",
    by: User | None,
) -> Revisit:
    """What the reporter says (回访). ``by`` is ``None`` by the secret link alone.

    Both answers empty: nobody was reached, and it may be tried again. «Not solved» leaves the
    matter open to be handled again; anything else closes it.
    """
    matter = locked(reply.matter)
    _may_revisit(matter, channel, by)
    refuse_unless_in(matter, [State.REPLIED], _("该诉求不在回访中。"))
    refuse_unless(reply == matter.replies.last(), _("请回访最近一次答复。"))
    refuse_unless(bool(solved) == bool(content), _("请同时回答是否解决、是否满意。"))
    refuse_unless(not solved or solved in Revisit.Solved, _("请选择是否解决。"))
    refuse_unless(not content or content in Revisit.Content, _("请选择是否满意。"))
    refuse_unless(solved or channel != Revisit.Channel.LINK, _("请回答是否解决、是否满意。"))
    tried = Revisit.objects.filter(reply=reply).first()
    refuse_unless(tried is None or not tried.solved, _("已回访。"))
    row = tried or Revisit(reply=reply)
    row.channel, row.solved, row.content = channel, solved, content
    row.note, row.by, row.at = note.strip()[:400], by, now()
    row.save()
    if not solved:
        return row
    note_step(matter, "revisited", by, change={"channel": channel, "solved": solved})
    if solved == Revisit.Solved.NO:
        desk = people_with(matter.alliance, Role.REVIEWER, Role.SECRETARIAT)
        tell(matter, desk, key=f"unsolved:{reply.pk}", message=_UNSOLVED)
    else:
        close(matter, by)
    return row


@transaction.atomic
def reopen(*, matter: Matter, reason: str, by: User) -> Matter:
    """Handled again by the same leader, with a period of its own (重新办理)."""
    matter = locked(matter)
    require_for(by, Permission.REVISIT, matter)
    refuse_unless_in(matter, [State.REPLIED, State.CLOSED], _("只有已答复的诉求可以重新办理。"))
    refuse_unless(reason.strip(), _("请写明为什么重新办理，诉求人会看到。"))
    leader = leading(matter)
    matter.state, matter.replied_at, matter.closed_at = State.HANDLING, None, None
    matter.counted_from = now()
    set_due(matter)
    matter.save(update_fields=["state", "replied_at", "closed_at", *FIELDS])
    leader.state = Assignment.State.ACCEPTED
    leader.save(update_fields=["state"])
    facts = {"reason": reason.strip()}
    note_step(matter, "reopened", by, organisation=leader.organisation, facts=facts)
    officers = liaison_officers(matter.alliance, leader.organisation)
    key = f"reopened:{matter.events.filter(what='reopened').count()}"
    tell(matter, officers, key=key, message=_REOPENED, reason=reason.strip())
    return matter


@transaction.atomic
def close_matter(*, matter: Matter, by: User) -> Matter:
    """Nothing is left to do: not reached, or «not solved» and yet rightly answered (办结)."""
    matter = locked(matter)
    require_for(by, Permission.REVISIT, matter)
    refuse_unless_in(matter, [State.REPLIED], _("只有已答复的诉求可以办结。"))
    close(matter, by)
    return matter


def close(matter: Matter, by: User | None) -> None:
    """Close a matter that the caller has locked."""
    matter.state, matter.closed_at = State.CLOSED, now()
    matter.save(update_fields=["state", "closed_at", "changed_at"])
    note_step(matter, "closed", by)


def _counts(written: Reply, matter: Matter, by: User) -> None:
    """The reply reaches the reporter."""
    matter.pauses.filter(until_at=None).update(until_at=now())
    matter.parkings.filter(ended_at=None).update(ended_at=now())
    set_due(matter)  # the clock stood still until now
    matter.state, matter.replied_at = State.REPLIED, now()
    if matter.contacted_at is None:  # the answer is the first they hear
        matter.contacted_at = matter.replied_at
    matter.save(update_fields=["state", "replied_at", *FIELDS])
    parts = matter.assignments.exclude(state=Assignment.State.MOVED)
    parts.update(state=Assignment.State.DONE)
    change = {"outcome": written.outcome}
    note_step(matter, "replied", by, organisation=written.organisation, change=change)


def _under_review(matter: Matter) -> bool:
    waiting = matter.replies.filter(outcome=Reply.Outcome.UNREASONABLE, is_confirmed=None)
    return waiting.exists()


def _may_revisit(matter: Matter, channel: str, by: User | None) -> None:
    refuse_unless(channel in Revisit.Channel, _("请选择回访方式。"))
    if channel == Revisit.Channel.LINK and by is None:
        return
    filed_it = by is not None and by == matter.entered_by and files_for(by, matter.alliance)
    if channel == Revisit.Channel.WORKER and filed_it:
        return
    require_for(by, Permission.REVISIT, matter)
