"""Every feed keeps the grammar of Atom; every calendar brings its time zone along."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree

from binglian.domain.openness.topics import Kind, Topic
from tests.web.walk import routes

GRAMMAR = Path(__file__).resolve().parent.parent / "atom" / "atom.rng"
NAMES = {"atom": "http://www.w3.org/2005/Atom"}
#: Every route that answers with Atom; ``projects:feed`` is a calendar.
FEEDS = {"news:feed", "news:city_feed", "public_matters:feed", "openness:topic_feed"}

#: The Schematron rules of the appendix, as XPath.
RULES = {
    "a feed or each of its entries has an author": (
        "atom:author or not(atom:entry[not(atom:author)])"
    ),
    "an entry has an alternate link or content": (
        "not(atom:entry[not(atom:link[@rel='alternate' or not(@rel)] or atom:content)])"
    ),
}


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def feed_at(path: str) -> etree._Element:
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def faults_of(feed: etree._Element) -> list[str]:
    """What RFC 4287 finds wrong: its grammar, and the Schematron rules that stand beside it."""
    grammar().validate(feed)
    found = [f"{one.line}: {one.message}" for one in grammar().error_log]
    return found + [
        told for told, rule in RULES.items() if not feed.xpath(f"boolean({rule})", namespaces=NAMES)
    ]


def test_no_feed_is_missing_here():
    named = {route.name for route in routes() if route.name.endswith("feed")}

    assert named - {"projects:feed"} == FEEDS


@pytest.mark.parametrize(
    "path", ["/p/historic/news/feed/", "/p/news.atom", "/p/historic/matters/feed/"]
)
def test_feeds_of_lists_are_atom(busy: list[Topic], path: str):
    feed = feed_at(path)

    assert faults_of(feed) == []
    assert len(feed.findall("atom:entry", NAMES)) == 1


def test_the_feed_of_every_topic_is_atom_with_its_news_and_ids_of_their_own(busy: list[Topic]):
    counts = {}
    for topic in busy:
        feed = feed_at(f"/p/historic/follow/{topic.key}/feed/")
        ids = [one.text for one in feed.iterfind("atom:entry/atom:id", NAMES)]
        assert (faults_of(feed), len(ids)) == ([], len(set(ids)))
        counts[topic.kind] = len(ids)

    # One of each: announcement, need, answered question, matter; a matter by its steps.
    assert counts == {
        Kind.ALLIANCE: 5,  # and the answered request
        Kind.NEWS: 1,
        Kind.NEEDS: 1,
        Kind.PROJECT: 1,
        Kind.CATEGORY: 1,
        Kind.MATTER: 1,
    }


def test_an_empty_feed_is_atom_too(alliance):
    assert faults_of(feed_at("/p/historic/follow/news/feed/")) == []


def test_the_grammar_finds_what_is_wrong(busy: list[Topic]):
    feed = feed_at("/p/historic/follow/news/feed/")
    entry = feed.find("atom:entry", NAMES)
    assert entry is not None
    for name in ("id", "link"):
        entry.remove(entry.find(f"atom:{name}", NAMES))
    feed.remove(feed.find("atom:author", NAMES))

    assert not grammar().validate(feed)
    assert faults_of(feed)[-2:] == list(RULES)


def test_every_calendar_knows_the_zone_of_its_times_and_names_each_day_once(busy: list[Topic]):
    paths = [f"/p/historic/follow/{topic.key}/calendar.ics" for topic in busy]
    for path in [*paths, "/p/historic/calendar.ics"]:
        answer = Client().get(path)
        book = Calendar.from_ical(answer.content)
        zones = {str(zone["TZID"]) for zone in book.walk("VTIMEZONE")}
        names = [str(event["UID"]) for event in book.walk("VEVENT")]
        used = {
            event["DTSTART"].params["TZID"]
            for event in book.walk("VEVENT")
            if "TZID" in event["DTSTART"].params
        }
        assert (answer["Content-Type"], zones) == (
            "text/calendar; charset=utf-8",
            {"Asia/Shanghai"},
        )
        assert (used - zones, len(names)) == (set(), len(set(names)))


def test_a_calendar_tells_what_lies_ahead_in_its_topic(busy: list[Topic]):
    project = next(topic for topic in busy if topic.kind is Kind.PROJECT)
    book = Calendar.from_ical(
        Client().get(f"/p/historic/follow/{project.key}/calendar.ics").content
    )

    told = [
        (str(event["SUMMARY"]), type(event.decoded("DTSTART"))) for event in book.walk("VEVENT")
    ]
    assert told == [("建设集团（示例） 应答复提问 W-0002", date)]
