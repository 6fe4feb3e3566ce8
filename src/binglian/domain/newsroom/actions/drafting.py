"""Writing an announcement, and letting it be."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.ledger.chain import digest_of
from binglian.domain.newsroom.differences import content_of
from binglian.domain.newsroom.facts import TEXTS, Draft
from binglian.domain.newsroom.models import Announcement, AnnouncementVersion
from binglian.domain.refusals import refuse_unless

from .picturing import set_illustrations
from .steps import State, latest_version, locked, note, refuse_unless_in, require_writer


@transaction.atomic
def start_announcement(
    *, alliance: Alliance, organisation: Organisation, draft: Draft, by: User
) -> Announcement:
    """A new announcement of a member, as its first version.

    Raises
    ------
    PermissionDenied
        ``by`` does not write for this organisation.
    ActionRefused
        The organisation is no member; title, summary or text is missing; a picture cannot be
        read or has no alternative text.
    """
    announcement = Announcement(alliance=alliance, organisation=organisation, entered_by=by)
    require_writer(by, announcement)
    is_member = admitted_organisations(alliance).filter(pk=organisation.pk).exists()
    refuse_unless(is_member, _("“%(who)s”不是本联盟成员。") % {"who": organisation})
    announcement.save()
    version = AnnouncementVersion(announcement=announcement, number=1)
    _write(version, draft, by)
    note(announcement, "entered", by, version=1, digest=_digest(version))
    return announcement


@transaction.atomic
def change_announcement(
    *, announcement: Announcement, draft: Draft, by: User
) -> AnnouncementVersion | None:
    """Write the draft on, or begin the correction of what is published.

    What was put up for review stays as it was: the change is the next version. So does what
    another person wrote, so that each text has one writer. ``None`` where nothing differs.
    """
    announcement = locked(announcement)
    require_writer(by, announcement)
    refuse_unless_in(announcement, State.DRAFT, State.PUBLISHED)
    before = latest_version(announcement)
    known = {one.picture_id for one in before.illustrations.all()}
    ours = all(one.picture is None or one.picture.pk in known for one in draft.illustrations)
    refuse_unless(ours, _("图片已不在这则公告里，请刷新后再改。"))
    was = content_of(before)
    if before.submitted_at or before.written_by_id != by.pk:
        version = AnnouncementVersion(announcement=announcement, number=before.number + 1)
    else:
        version = before
    with transaction.atomic():
        _write(version, draft, by)
        if content_of(version) == was:
            transaction.set_rollback(True)
            return None
    if announcement.state != State.DRAFT:
        announcement.state, announcement.goes_out_at = State.DRAFT, None
        announcement.save(update_fields=["state", "goes_out_at"])
    note(announcement, "changed", by, version=version.number, digest=_digest(version))
    return version


@transaction.atomic
def take_back(*, announcement: Announcement, by: User) -> Announcement:
    """Back to the writer, from review, from the leads or from the queue; nothing goes out.

    What the leads were asked lapses, because it is not what they were asked any more.
    """
    announcement = locked(announcement)
    require_writer(by, announcement)
    refuse_unless_in(announcement, State.REVIEW, State.ASKED, State.QUEUED)
    announcement.state = State.DRAFT
    announcement.save(update_fields=["state"])
    note(announcement, "taken_back", by)
    return announcement


@transaction.atomic
def drop_changes(*, announcement: Announcement, by: User) -> Announcement:
    """Leave the draft be, though it is kept: what is published stands, or nothing ever was."""
    announcement = locked(announcement)
    require_writer(by, announcement)
    refuse_unless_in(announcement, State.DRAFT)
    announcement.state = State.PUBLISHED if announcement.shown else State.DROPPED
    announcement.save(update_fields=["state"])
    note(announcement, "dropped", by, version=latest_version(announcement).number)
    return announcement


def _write(version: AnnouncementVersion, draft: Draft, by: User) -> None:
    for name, field in TEXTS.items():
        text = getattr(draft, name).replace("\r\n", "\n").strip()
        most = field.max_length or len(text)
        facts = {"field": field.verbose_name, "most": most}
        refuse_unless(len(text) <= most, _("%(field)s超过 %(most)s 字，请缩短。") % facts)
        setattr(version, name, text)
    refuse_unless(version.title, _("请写标题。"))
    refuse_unless(version.summary, _("请写摘要：一两句话，列表和转发时显示。"))
    refuse_unless(version.body, _("请写正文。"))
    has_english = (bool(version.title_en), bool(version.summary_en), bool(version.body_en))
    refuse_unless(len(set(has_english)) == 1, _("英文的标题、摘要和正文要么都写，要么都不写。"))
    version.is_statement, version.written_by = draft.is_statement, by
    version.save()
    set_illustrations(version, draft.illustrations)


def _digest(version: AnnouncementVersion) -> str:
    return digest_of(content_of(version))
