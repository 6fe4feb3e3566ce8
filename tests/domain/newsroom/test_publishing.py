"""Publication: in its time, corrected, withdrawn; statements when both leads agree."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.actions.clock import lapse_what_changed
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.newsroom.actions import (
    change_announcement,
    move_announcement_back,
    move_publication,
    publish_due,
    review_announcement,
    submit_for_review,
    take_back,
    withdraw_announcement,
)
from binglian.domain.newsroom.models import Announcement, NewsPicture
from binglian.domain.newsroom.queries import (
    announcements_visible_to,
    public_announcements,
    public_pictures,
    standing_announcements,
)
from binglian.domain.refusals import ActionRefused

from .conftest import drafted


def state_of(announcement):
    return Announcement.objects.get(pk=announcement.pk).state


def test_without_a_time_it_goes_out_with_the_approval(published):
    announcement = published()

    assert (announcement.state, announcement.shown.body) == ("published", drafted().body)
    assert announcement.published_at == announcement.changed_at


def test_in_the_queue_it_waits_for_its_time(queued, secretariat):
    assert (publish_due(), state_of(queued)) == (0, "queued")

    Announcement.objects.update(goes_out_at=now() - timedelta(seconds=1))

    assert (publish_due(), state_of(queued), publish_due()) == (1, "published", 0)


def test_the_time_can_be_moved_and_now_is_at_once(queued, secretariat, giver):
    later = now() + timedelta(days=2)
    assert move_publication(announcement=queued, goes_out_at=later, by=secretariat).goes_out_at == (
        later
    )
    with pytest.raises(PermissionDenied):
        move_publication(announcement=queued, goes_out_at=None, by=giver)

    move_publication(announcement=queued, goes_out_at=None, by=secretariat)

    assert state_of(queued) == "published"


def test_taken_out_of_the_queue_it_does_not_go_out(queued, giver):
    take_back(announcement=queued, by=giver)
    Announcement.objects.update(goes_out_at=now() - timedelta(days=1))

    assert (publish_due(), state_of(queued)) == (0, "draft")


def test_a_correction_shows_only_when_it_is_approved(published, giver, secretariat, alliance):
    announcement = published(body="周六。")
    change_announcement(announcement=announcement, draft=drafted(body="周日。"), by=giver)
    submit_for_review(announcement=announcement, by=giver)
    assert [one.shown.body for one in public_announcements(alliance)] == ["周六。"]

    review_announcement(announcement=announcement, is_yes=True, by=secretariat)

    corrected = public_announcements(alliance).get()
    assert corrected.shown.body == "周日。"
    assert corrected.changed_at > corrected.published_at


def test_the_corrected_version_is_not_reviewed_by_its_writer_only_later_ones(
    published, giver, secretariat, lead_a
):
    announcement = published()
    change_announcement(announcement=announcement, draft=drafted(body="改。"), by=secretariat)
    submit_for_review(announcement=announcement, by=secretariat)

    with pytest.raises(ActionRefused, match="另一个人"):
        review_announcement(announcement=announcement, is_yes=True, by=secretariat)
    assert review_announcement(announcement=announcement, is_yes=True, by=lead_a).state == (
        "published"
    )


def test_a_withdrawn_one_leaves_its_note_and_nothing_else(
    published, pictured, secretariat, giver, alliance
):
    announcement = published(illustrations=(pictured(),))
    assert list(public_pictures(alliance)) == [NewsPicture.objects.get()]
    with pytest.raises(PermissionDenied):
        withdraw_announcement(announcement=announcement, why="日期有误。", by=giver)
    with pytest.raises(ActionRefused, match="撤回说明"):
        withdraw_announcement(announcement=announcement, why="", by=secretariat)
    with pytest.raises(ActionRefused, match="手机号"):
        withdraw_announcement(announcement=announcement, why="问13900000000", by=secretariat)

    withdraw_announcement(announcement=announcement, why="日期有误。", by=secretariat)

    assert [one.withdrawal_note for one in public_announcements(alliance)] == ["日期有误。"]
    assert list(standing_announcements(alliance)) == []
    assert list(public_pictures(alliance)) == []


def test_what_is_not_public_cannot_be_withdrawn(queued, secretariat):
    with pytest.raises(ActionRefused, match="只有已发布"):
        withdraw_announcement(announcement=queued, why="不发了", by=secretariat)


def test_a_statement_goes_out_when_both_leads_have_approved(submitted, secretariat, lead_a, lead_b):
    announcement = review_announcement(
        announcement=submitted(is_statement=True), is_yes=True, by=secretariat
    )
    decision = Decision.objects.get(act="newsroom.statement")
    assert announcement.state == "asked"

    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    assert state_of(announcement) == "asked"
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    assert state_of(announcement) == "published"


def test_a_statement_that_one_lead_refuses_goes_back(submitted, secretariat, lead_a):
    announcement = review_announcement(
        announcement=submitted(is_statement=True), is_yes=True, by=secretariat
    )
    decision = Decision.objects.get(act="newsroom.statement")

    answer_decision(decision=decision, lead=Lead.A, is_yes=False, by=lead_a, note="不妥")

    assert state_of(announcement) == "draft"


def test_where_the_table_reserves_no_statement_it_goes_out_at_once(
    alliance, submitted, secretariat
):
    alliance.reserved = {"newsroom.statement": ""}
    alliance.save()

    announcement = review_announcement(
        announcement=submitted(is_statement=True), is_yes=True, by=secretariat
    )

    assert announcement.state == "published"


def test_a_statement_taken_back_is_not_what_was_asked(submitted, secretariat, giver, lead_a):
    announcement = review_announcement(
        announcement=submitted(is_statement=True), is_yes=True, by=secretariat
    )
    take_back(announcement=announcement, by=giver)

    assert lapse_what_changed() == 1
    assert Decision.objects.get(act="newsroom.statement").state == "lapsed"
    assert state_of(announcement) == "draft"


def test_drafts_are_seen_by_those_who_write_or_review_them(
    written, published, giver, receiver, secretariat, lead_a, auditor, viewer, outsider
):
    draft, public = written(), published()

    def seen(user):
        return set(announcements_visible_to(user))

    for inside in (giver, secretariat, lead_a, auditor):
        assert seen(inside) == {draft, public}
    for outside in (receiver, viewer, outsider, AnonymousUser()):
        assert seen(outside) == {public}


def test_what_was_told_earlier_gets_its_own_dates(published, administrator, giver):
    announcement = published()
    told, reviewed = announcement.published_at, announcement.latest.reviewed_at
    with pytest.raises(PermissionDenied):
        move_announcement_back(announcement=announcement, days=30, by=giver)
    with pytest.raises(ActionRefused, match="早多少天"):
        move_announcement_back(announcement=announcement, days=0, by=administrator)

    moved = move_announcement_back(announcement=announcement, days=30, by=administrator)

    assert (told - moved.published_at, moved.withdrawn_at) == (timedelta(days=30), None)
    version = moved.versions.get()
    assert reviewed - version.reviewed_at == timedelta(days=30)
    entry = LedgerEntry.objects.filter(act="announcement.moved_back").get()
    assert entry.change == '{"days":30}'
