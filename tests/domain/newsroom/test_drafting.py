"""Writing: who may, what is kept as a version, what a picture needs."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.newsroom.actions import (
    change_announcement,
    drop_changes,
    start_announcement,
    take_back,
)
from binglian.domain.newsroom.differences import version_changes
from binglian.domain.newsroom.facts import IllustrationFacts
from binglian.domain.newsroom.models import Announcement, NewsPicture
from binglian.domain.refusals import ActionRefused

from .conftest import drafted, photograph


def texts(announcement):
    return [(one.number, one.body) for one in announcement.versions.all()]


def test_a_draft_is_written_on_in_one_version(written, giver):
    announcement = written()

    change_announcement(announcement=announcement, draft=drafted(body="周日。"), by=giver)

    assert texts(announcement) == [(1, "周日。")]


def test_what_was_put_up_for_review_stays_as_it_was(submitted, giver):
    announcement = submitted(body="周六。")
    take_back(announcement=announcement, by=giver)

    change_announcement(announcement=announcement, draft=drafted(body="周日。"), by=giver)

    assert texts(announcement) == [(1, "周六。"), (2, "周日。")]


def test_what_another_person_wrote_stays_theirs(written, secretariat, giver):
    announcement = written(body="周六。")

    version = change_announcement(
        announcement=announcement, draft=drafted(body="周日。"), by=secretariat
    )

    assert texts(announcement) == [(1, "周六。"), (2, "周日。")]
    assert (version.written_by, announcement.versions.get(number=1).written_by) == (
        secretariat,
        giver,
    )


def test_nothing_different_is_no_version(submitted, pictured, giver):
    announcement = submitted(illustrations=(pictured(),))
    take_back(announcement=announcement, by=giver)
    kept = announcement.latest.illustrations.get()
    same = IllustrationFacts(alternative=kept.alternative, picture=kept.picture)

    found = change_announcement(
        announcement=announcement, draft=drafted(illustrations=(same,)), by=giver
    )

    assert (found, announcement.versions.count()) == (None, 1)
    assert announcement.latest.illustrations.get().picture == kept.picture


def test_a_neighbour_does_not_write_in_our_name(alliance, giving, receiver, written):
    with pytest.raises(PermissionDenied):
        start_announcement(alliance=alliance, organisation=giving, draft=drafted(), by=receiver)
    with pytest.raises(PermissionDenied):
        change_announcement(announcement=written(), draft=drafted(), by=receiver)


@pytest.mark.parametrize("gone", ["title", "summary", "body"])
def test_title_summary_and_text_are_needed(written, gone):
    with pytest.raises(ActionRefused, match="请写"):
        written(**{gone: "  "})
    assert Announcement.objects.count() == 0


def test_english_is_whole_or_not_at_all(written):
    with pytest.raises(ActionRefused, match="英文"):
        written(title_en="Open courtyards")


def test_no_picture_without_alternative_text(written, pictured):
    with pytest.raises(ActionRefused, match="第 2 张图写替代文字"):
        written(illustrations=(pictured(), pictured(alternative=" ")))


def test_what_is_no_picture_is_refused_with_a_remedy(written, pictured):
    with pytest.raises(ActionRefused, match="请选 JPG、PNG 或 WebP"):
        written(illustrations=(pictured(content=b"%PDF-1.7"),))


def test_a_picture_is_kept_once_for_all_versions(submitted, pictured, giver, giving):
    announcement = submitted(illustrations=(pictured(),))
    take_back(announcement=announcement, by=giver)
    picture = NewsPicture.objects.get()
    again = IllustrationFacts(alternative="院门", caption="东院", credit=giving, picture=picture)

    new = change_announcement(
        announcement=announcement, draft=drafted(illustrations=(again,)), by=giver
    )

    old = announcement.versions.get(number=1)
    assert [one.alternative for one in old.illustrations.all()] == ["院门开着，门口摆着花。"]
    assert [one.alternative for one in new.illustrations.all()] == ["院门"]
    assert (NewsPicture.objects.count(), picture.width, picture.small_width) == (1, 1200, 640)


def test_a_picture_of_another_announcement_is_refused(written, pictured, giver):
    written(illustrations=(pictured(),))
    foreign = IllustrationFacts(alternative="院门", picture=NewsPicture.objects.get())

    with pytest.raises(ActionRefused, match="已不在这则公告里"):
        change_announcement(
            announcement=written(), draft=drafted(illustrations=(foreign,)), by=giver
        )


def test_the_difference_of_two_versions_is_shown_word_by_word(submitted, pictured, giver):
    announcement = submitted(body="周六开放。")
    take_back(announcement=announcement, by=giver)
    new = change_announcement(
        announcement=announcement,
        draft=drafted(body="周日开放。", illustrations=(pictured(content=photograph("red")),)),
        by=giver,
    )

    body, picture = version_changes(announcement.versions.get(number=1), new)

    assert [(one.kind, one.text) for one in body.pieces] == [
        ("same", "周"),
        ("removed", "六"),
        ("added", "日"),
        ("same", "开放。"),
    ]
    assert (str(picture.label), picture.pieces[0].kind) == ("图 1", "added")


def test_a_draft_that_is_dropped_is_kept_but_never_public(written, giver):
    announcement = drop_changes(announcement=written(), by=giver)

    assert (announcement.state, announcement.versions.count()) == ("dropped", 1)
    with pytest.raises(ActionRefused):
        change_announcement(announcement=announcement, draft=drafted(), by=giver)


def test_a_dropped_correction_leaves_what_is_published(published, giver):
    announcement = published()
    change_announcement(announcement=announcement, draft=drafted(body="周日。"), by=giver)

    announcement = drop_changes(announcement=announcement, by=giver)

    assert (announcement.state, announcement.shown.number) == ("published", 1)


def test_every_act_is_in_the_ledger(written, giver):
    announcement = written()
    change_announcement(announcement=announcement, draft=drafted(body="周日。"), by=giver)
    drop_changes(announcement=announcement, by=giver)

    rows = LedgerEntry.objects.filter(object_type="newsroom.announcement")
    assert [(row.act, row.user) for row in rows.order_by("number")] == [
        ("announcement.entered", "giver"),
        ("announcement.changed", "giver"),
        ("announcement.dropped", "giver"),
    ]
