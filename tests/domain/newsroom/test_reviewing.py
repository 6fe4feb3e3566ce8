"""Review: personal words first, then a second person."""

import pytest
from django.core.exceptions import PermissionDenied

from binglian.domain.accounts.models import Notification
from binglian.domain.newsroom.actions import (
    change_announcement,
    review_announcement,
    submit_for_review,
)
from binglian.domain.newsroom.personal import flags_of
from binglian.domain.refusals import ActionRefused

from .conftest import drafted


def test_the_writer_does_not_review(alliance, written, secretariat):
    announcement = written()
    change_announcement(
        announcement=announcement, draft=drafted(body="秘书处改过。"), by=secretariat
    )
    submit_for_review(announcement=announcement, by=secretariat)

    with pytest.raises(ActionRefused, match="另一个人审核"):
        review_announcement(announcement=announcement, is_yes=True, by=secretariat)


def test_whoever_reviews_nothing_here_is_refused(submitted, receiver, viewer):
    for somebody in (receiver, viewer):
        with pytest.raises(PermissionDenied):
            review_announcement(announcement=submitted(), is_yes=True, by=somebody)


def test_those_who_may_review_are_told_and_the_writer_is_not(submitted, secretariat, lead_a):
    submitted()

    told = Notification.objects.filter(text_zh="公告“里院开放日”等您审核。")
    assert {notice.user for notice in told} == {secretariat, lead_a}


def test_a_personal_number_has_to_go(written, giver):
    announcement = written(body="请联系 139 0000 0000。")

    with pytest.raises(ActionRefused, match="正文里有手机号“139 0000 0000”，请删去"):
        submit_for_review(announcement=announcement, by=giver, may_be_public=["139 0000 0000"])
    assert announcement.versions.get().submitted_at is None


def test_what_looks_like_a_name_is_answered_before_review(written, giver, pictured):
    announcement = written(
        body="王老师讲院史。", illustrations=(pictured(caption="李师傅在修门。"),)
    )
    flags = [(flag.text, flag.where) for flag in flags_of(announcement.latest)]
    assert flags == [("王老师", "正文"), ("李师傅", "图片说明")]

    with pytest.raises(ActionRefused, match="图片说明里的“李师傅”"):
        submit_for_review(announcement=announcement, by=giver, may_be_public=["王老师"])
    submit_for_review(announcement=announcement, by=giver, may_be_public=["王老师", "李师傅"])

    assert announcement.latest.cleared == [["NAME", "王老师"], ["NAME", "李师傅"]]


def test_a_no_needs_a_reason_and_goes_back_to_the_writer(submitted, secretariat, giver):
    announcement = submitted()
    with pytest.raises(ActionRefused, match="写明哪里要改"):
        review_announcement(announcement=announcement, is_yes=False, by=secretariat, why=" ")

    announcement = review_announcement(
        announcement=announcement, is_yes=False, by=secretariat, why="写清时间"
    )

    assert (announcement.state, announcement.latest.review_note) == ("draft", "写清时间")
    assert giver.notifications.get().text_zh == "公告“里院开放日”审核未通过：写清时间"


def test_what_was_sent_back_is_changed_before_it_comes_again(submitted, secretariat, giver):
    announcement = submitted()
    review_announcement(announcement=announcement, is_yes=False, by=secretariat, why="写清时间")

    with pytest.raises(ActionRefused, match="请先修改"):
        submit_for_review(announcement=announcement, by=giver)
    change_announcement(announcement=announcement, draft=drafted(body="周六九点。"), by=giver)
    announcement = submit_for_review(announcement=announcement, by=giver)

    assert (announcement.state, announcement.latest.number) == ("review", 2)


def test_it_is_reviewed_once(published, secretariat):
    with pytest.raises(ActionRefused, match="现在是“已发布”"):
        review_announcement(announcement=published(), is_yes=True, by=secretariat)
