"""What anybody may do without an account: report, join somebody else's report, tell more."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import liaison_officers, people_with
from binglian.domain.matters.doubts import Doubt
from binglian.domain.matters.facts import MatterFacts, Reported
from binglian.domain.matters.models import Addition, Matter
from binglian.domain.refusals import refuse_unless

from .reporting import report_matter
from .steps import lead_assignment, locked, note_step, tell

State = Matter.State
#: What one reporter may add to one matter.
MOST_ADDITIONS = 20
LONGEST_ADDITION = 1000
#: Told to whoever holds the link only as long as somebody reads it.
_ADDABLE = (*Matter.OPEN, State.REPLIED)
_ADDED = gettext_noop("诉求 %(number)s 的诉求人补充了情况。")


@transaction.atomic
def report_by_public(
    *,
    alliance: Alliance,
    facts: MatterFacts,
    doubts: Sequence[Doubt] = (),
    to: Matter | None = None,
) -> Reported:
    """Take a report in from somebody without an account.

    ``doubts`` are for whoever looks at new reports; nothing is thrown away for them. ``to`` is the
    public open matter the reporter recognised as theirs; this one is joined to it, unless there
    are doubts.

    Raises
    ------
    ActionRefused
        As :func:`report_matter`; or ``to`` is not public or not open any more.
    """
    to = None if doubts else to
    reported = report_matter(alliance=alliance, facts=facts, by=None, to=to)
    if doubts:
        with override(settings.LANGUAGE_CODE):  # kept as a text, whatever the reporter reads
            signs = "、".join(str(doubt.label) for doubt in doubts)
        note_step(
            reported.matter,
            "doubted",
            None,
            facts={"signs": signs},
            is_public=False,
            change={"signs": [doubt.value for doubt in doubts]},
        )
    return reported


@transaction.atomic
def add_to_matter(*, matter: Matter, text: str) -> Addition:
    """Whoever holds the secret link tells something new (补充), also once it was joined.

    Raises
    ------
    ActionRefused
        Nothing written or too much, too many additions, or nobody handles the matter any more.
    """
    matter = locked(matter)
    handled = matter.answered_by
    text = text.strip()
    refuse_unless(text, _("请写要补充的情况。"))
    too_long = _("太长了，请控制在 %(n)s 字以内。") % {"n": LONGEST_ADDITION}
    refuse_unless(len(text) <= LONGEST_ADDITION, too_long)
    refuse_unless(handled.state in _ADDABLE, _("这件诉求已办结；有新情况请重新反映。"))
    count = matter.additions.count()
    refuse_unless(count < MOST_ADDITIONS, _("补充的次数太多了，请等承办单位联系您。"))
    addition = Addition.objects.create(matter=matter, text=text, at=now())
    leader = lead_assignment(handled)
    if leader is None:
        readers = people_with(matter.alliance, Role.SECRETARIAT)
    else:
        readers = liaison_officers(matter.alliance, leader.organisation)
    note_step(matter, "added", None)
    tell(handled, readers, key=f"{matter.number}:added:{count + 1}", message=_ADDED)
    return addition
