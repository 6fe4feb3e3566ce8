"""Counting readers without knowing them."""

from datetime import timedelta

from django.utils.timezone import localdate

from binglian.domain.newsroom.actions import count_reading, withdraw_announcement
from binglian.domain.newsroom.models import ReadingCount
from binglian.domain.newsroom.queries import much_read


def read(announcement, times):
    for _time in range(times):
        count_reading(announcement=announcement)


def test_a_count_holds_a_day_and_a_number_and_nothing_else(published):
    read(published(), 3)

    assert ReadingCount.objects.values_list("on", "count").get() == (localdate(), 3)
    assert {field.name for field in ReadingCount._meta.fields} == {
        "id",
        "announcement",
        "on",
        "count",
    }


def test_fewer_than_five_are_not_told(alliance, published):
    once, often = published(title="甲"), published(title="乙")
    read(once, 4)
    read(often, 5)

    assert [(one.shown.title, one.times) for one in much_read(alliance)] == [("乙", 5)]


def test_what_was_read_last_year_is_not_much_read_now(alliance, published):
    read(published(), 9)
    ReadingCount.objects.update(on=localdate() - timedelta(days=30))

    assert list(much_read(alliance)) == []


def test_what_is_withdrawn_is_not_recommended(alliance, published, secretariat):
    announcement = published()
    read(announcement, 9)
    withdraw_announcement(announcement=announcement, why="有误。", by=secretariat)

    assert list(much_read(alliance)) == []
