"""Review by a second person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.governance.actions import ask_decision
from binglian.domain.newsroom.models import Announcement
from binglian.domain.newsroom.personal import flags_of, refuse_unanswered
from binglian.domain.newsroom.queries import reviewers_of, writers_of
from binglian.domain.refusals import refuse_unless

from .publishing import STATEMENT, line_up
from .steps import State, latest_version, locked, note, refuse_unless_in, require_writer, tell

_TO_REVIEW = gettext_noop("公告“%(title)s”等您审核。")
_SENT_BACK = gettext_noop("公告“%(title)s”审核未通过：%(why)s")


@transaction.atomic
def submit_for_review(
    *,
    announcement: Announcement,
    by: User,
    may_be_public: Collection[str] = (),
    goes_out_at: datetime | None = None,
) -> Announcement:
    """Put the draft up for review; from now on this version stays as it is.

    ``may_be_public``: the words that look personal and that the writer says may go out.
    ``goes_out_at``: not before this instant; none is as soon as it is approved.

    Raises
    ------
    PermissionDenied
        ``by`` does not write for the organisation.
    ActionRefused
        No draft or nothing new in it; a personal number in it, or personal words unanswered.
    """
    announcement = locked(announcement)
    require_writer(by, announcement)
    refuse_unless_in(announcement, State.DRAFT)
    version = latest_version(announcement)
    is_refused = version.is_approved is False
    refuse_unless(not is_refused, _("这一版审核未通过，请先修改再送审。"))
    is_new = version.pk != announcement.shown_id
    refuse_unless(is_new, _("与已发布的版本相比没有改动。"))
    flags = flags_of(version)
    refuse_unanswered(flags, may_be_public)
    version.cleared = [[flag.kind.name, flag.text] for flag in flags]
    version.submitted_at = now()
    version.reviewed_by = version.reviewed_at = version.is_approved = None
    version.save()
    announcement.state, announcement.goes_out_at = State.REVIEW, goes_out_at
    announcement.save(update_fields=["state", "goes_out_at"])
    change = {"version": version.number, "cleared": version.cleared, "goes_out_at": goes_out_at}
    note(announcement, "submitted", by, **change)
    tell(reviewers_of(announcement), announcement, f"review:{version.submitted_at}", _TO_REVIEW)
    return announcement


@transaction.atomic
def review_announcement(
    *, announcement: Announcement, is_yes: bool, by: User, why: str = ""
) -> Announcement:
    """A second person says whether it goes out.

    Approved, it waits for its time and goes out by itself; a public statement is first asked of
    the leads whom the alliance's table names.

    Raises
    ------
    PermissionDenied
        ``by`` reviews nothing here.
    ActionRefused
        ``by`` wrote what is to be reviewed; it is not up for review; a no without a reason.
    """
    announcement = locked(announcement)
    alliance = announcement.alliance
    require_permission(by, Permission.REVIEW_NEWS, within=alliance)
    refuse_unless_in(announcement, State.REVIEW)
    refuse_unless(by not in writers_of(announcement), _("自己写的公告要由另一个人审核。"))
    why = why.strip()
    refuse_unless(is_yes or why, _("请写明哪里要改。"))
    version = latest_version(announcement)
    version.reviewed_by, version.reviewed_at = by, now()
    version.is_approved, version.review_note = is_yes, why
    version.save()
    change = {"version": version.number, "why": why}
    note(announcement, "approved" if is_yes else "sent_back", by, **change)
    if not is_yes:
        announcement.state = State.DRAFT
        announcement.save(update_fields=["state"])
        tell([version.written_by], announcement, "sent_back", _SENT_BACK, why=why)
    elif version.is_statement:
        announcement.state = State.ASKED
        announcement.save(update_fields=["state"])
        ask_decision(
            alliance=alliance,
            act=STATEMENT,
            object_ids=[announcement.pk],
            by=by,
            permission=Permission.ASK_LEADS,
        )
        announcement.refresh_from_db()
    else:
        line_up(announcement)
    return announcement
