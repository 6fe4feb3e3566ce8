"""Announcements in pages and feeds: what is told to whom."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from binglian.domain.newsroom.actions import (
    review_announcement,
    start_announcement,
    submit_for_review,
    withdraw_announcement,
)
from binglian.domain.newsroom.facts import Draft, IllustrationFacts
from binglian.domain.newsroom.models import Announcement, ReadingCount
from tests.web.news_samples import photograph

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
DESK = "/a/historic/news/"
PUBLIC = "/p/historic/news/"
ATOM = "{http://www.w3.org/2005/Atom}"
WRITTEN = {
    "title": "里院</script>开放",
    "summary": "周六 & 周日开放。",
    "body": "## 安排\n\n九点 <b>开始</b>。",
}
NO_PICTURE = {"pictures-TOTAL_FORMS": "1", "pictures-INITIAL_FORMS": "0"}


@pytest.fixture
def published(alliance, giving, giver, secretariat) -> Announcement:
    picture = IllustrationFacts("院门开着。", "东院门", giving, content=photograph())
    announcement = start_announcement(
        alliance=alliance,
        organisation=giving,
        draft=Draft(illustrations=(picture,), **WRITTEN),
        by=giver,
    )
    submit_for_review(announcement=announcement, by=giver)
    return review_announcement(announcement=announcement, is_yes=True, by=secretariat)


def page_of(announcement: Announcement, **headers: str) -> str:
    answer = Client(headers=headers).get(announcement.path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_machines_what_it_is(published):
    html = page_of(published)

    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    article = json.loads(told)
    here = f"http://testserver{published.path}"
    picture = f"http://testserver{PUBLIC}pictures/{published.pictures.get().pk}/"
    assert {name: article[name] for name in ("@type", "headline", "mainEntityOfPage")} == {
        "@type": "NewsArticle",
        "headline": WRITTEN["title"],
        "mainEntityOfPage": here,
    }
    assert article["author"]["name"] == "建设集团（示例）"
    assert [(one["url"], one["creditText"]) for one in article["image"]] == [
        (picture, "建设集团（示例）")
    ]
    graph = dict(re.findall(r'<meta property="(og:\w+)" content="(.*?)">', html))
    assert {name: graph[name] for name in ("og:type", "og:url", "og:image")} == {
        "og:type": "article",
        "og:url": here,
        "og:image": picture,
    }


def test_what_was_typed_is_shown_as_it_was_typed(published):
    html = page_of(published)

    assert html.count("<h2>安排</h2>\n<p>九点 &lt;b&gt;开始&lt;/b&gt;。</p>") == 1


def test_a_reader_of_english_gets_the_chinese_text_marked_as_such(published):
    html = page_of(published, **{"Accept-Language": "en"})

    assert (html.count('<div class="news-article" lang="zh-hans">'), html.count("Picture: ")) == (
        1,
        1,
    )


def test_the_withdrawn_one_leaves_its_note_at_the_address(published, secretariat):
    picture = f"{PUBLIC}pictures/{published.pictures.get().pk}/"
    assert Client().get(picture)["Content-Type"] == "image/jpeg"
    withdraw_announcement(announcement=published, why="日期有误。", by=secretariat)

    html = page_of(published)

    assert (html.count("日期有误。"), html.count("九点")) == (1, 0)
    assert Client().get(picture).status_code == 404


@pytest.mark.parametrize("path", [f"{PUBLIC}feed/", "/p/news.atom"])
def test_the_feed_holds_the_whole_text_and_says_what_was_withdrawn(published, secretariat, path):
    def entry():
        feed = ElementTree.fromstring(Client().get(path).content)
        (found,) = feed.findall(f"{ATOM}entry")
        return {name: found.findtext(f"{ATOM}{name}") for name in ("title", "summary", "content")}

    assert entry() == {
        "title": WRITTEN["title"],
        "summary": "周六 &amp; 周日开放。",
        "content": "<h2>安排</h2>\n<p>九点 &lt;b&gt;开始&lt;/b&gt;。</p>\n",
    }
    withdraw_announcement(announcement=published, why="日期有误。", by=secretariat)
    assert entry() == {
        "title": f"已撤回：{WRITTEN['title']}",
        "summary": "日期有误。",
        "content": None,
    }


def test_readers_are_counted_and_machines_and_the_desk_are_not(published, client_of, giver):
    readers = Client(headers=BROWSER)
    answer = readers.get(published.path)
    client_of(giver).get(published.path, headers=BROWSER)
    for name in ("Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.0", ""):
        Client(headers={"User-Agent": name}).get(published.path)
    readers.head(published.path)
    readers.get(published.path, headers={"Sec-Purpose": "prefetch"})

    assert ReadingCount.objects.get().count == 1
    assert dict(answer.cookies) == {}


def test_an_announcement_goes_from_the_form_to_the_public(client_of, giver, lead_a, giving):
    writer, reviewer = client_of(giver), client_of(lead_a)
    typed = WRITTEN | {"body": "王老师讲院史。", "organisation": giving.pk, "submit": "1"}
    pictured = NO_PICTURE | {"pictures-0-alternative": "院门", "pictures-0-file": _upload()}

    saved = writer.post(f"{DESK}new/", typed | pictured)
    one = Announcement.objects.get()
    unanswered = writer.post(saved["Location"], {})
    sent = writer.post(saved["Location"], {"may_be_public": ["王老师"]})
    reviewer.post(f"{DESK}{one.pk}/review/", {"verdict": "yes"})

    assert (saved["Location"], unanswered.status_code, sent.status_code) == (
        f"{DESK}{one.pk}/submit/",
        422,
        302,
    )
    assert page_of(one).count("王老师讲院史。") == 1


def test_a_picture_without_its_description_is_sent_back(client_of, giver, giving):
    typed = WRITTEN | {"organisation": giving.pk} | NO_PICTURE | {"pictures-0-file": _upload()}

    answer = client_of(giver).post(f"{DESK}new/", typed)

    html = answer.content.decode()
    assert (answer.status_code, html.count("请写替代文字"), html.count("请重新选择图片文件")) == (
        422,
        1,
        1,
    )
    assert Announcement.objects.count() == 0


def test_a_picture_is_kept_and_removed_by_the_form(client_of, giver, published):
    kept = {
        "pictures-TOTAL_FORMS": "2",
        "pictures-INITIAL_FORMS": "1",
        "pictures-0-picture": published.pictures.get().pk,
        "pictures-0-alternative": "院门关着。",
    }
    writer = client_of(giver)

    writer.post(f"{DESK}{published.pk}/edit/", WRITTEN | kept)
    said = [one.alternative for one in _latest(published).illustrations.all()]
    writer.post(f"{DESK}{published.pk}/edit/", WRITTEN | kept | {"pictures-0-DELETE": "on"})

    assert (said, _latest(published).illustrations.count()) == (["院门关着。"], 0)
    assert published.shown.illustrations.get().alternative == "院门开着。"


def test_the_queue_is_moved_by_the_secretariat(client_of, alliance, giving, giver, secretariat):
    one = start_announcement(
        alliance=alliance, organisation=giving, draft=Draft(**WRITTEN), by=giver
    )
    submit_for_review(announcement=one, by=giver, goes_out_at=now() + timedelta(days=1))
    review_announcement(announcement=one, is_yes=True, by=secretariat)
    desk = client_of(secretariat)

    desk.post(f"{DESK}{one.pk}/move/", {"goes_out_at": "2099-01-02T09:30"})
    later = Announcement.objects.get().goes_out_at
    desk.post(f"{DESK}{one.pk}/move/", {"goes_out_at": ""})

    assert later.isoformat() == "2099-01-02T01:30:00+00:00"
    assert Announcement.objects.get().state == "published"


def test_the_list_takes_the_same_number_of_queries_for_more_rows(
    published, django_assert_max_num_queries
):
    client = Client()
    with django_assert_max_num_queries(8):
        assert client.get(PUBLIC).content.decode().count("news-thumb") == 1


def _latest(announcement):
    return announcement.versions.order_by("number").last()


def _upload():
    return SimpleUploadedFile("gate.png", photograph(), "image/png")
