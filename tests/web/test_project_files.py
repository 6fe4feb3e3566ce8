"""Claims on plans as files and feeds."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binglian.domain.alliance.models import today
from binglian.domain.projects.actions import create_project

TABLE = "序号,任务,单位,工期,前置\n1,设计,海关后社区（示例）,5,\n2,施工,没有的单位,8,1\n"


@pytest.fixture
def project(alliance, giving, giver):
    return create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="里院修缮",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )


@pytest.fixture
def url(project):
    return f"/a/historic/projects/{project.pk}/import/"


def uploaded(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("tasks.csv", text.encode("utf-8-sig"))


def test_a_file_is_looked_at_before_anything_is_written(url, project, needing, giver, client_of):
    page = client_of(giver).post(url, {"file": uploaded(TABLE)})

    assert [task.title for task in page.context["tasks"]] == ["设计", "施工"]
    assert page.context["unknown"] == ["没有的单位"]
    assert project.tasks.count() == 0


def test_what_was_seen_is_then_imported(url, project, needing, giver, client_of):
    client = client_of(giver)
    page = client.post(url, {"file": uploaded(TABLE)})
    seen = {name: page.context[name] for name in ("filename", "content")}

    answer = client.post(url, seen | {"seen": "1"})

    assert answer["Location"] == f"/a/historic/projects/{project.pk}/"
    design, works = project.tasks.order_by("pk")
    assert (design.organisation, works.organisation) == (needing, None)
    assert [tie.before for tie in works.precedences_before.all()] == [design]


@pytest.mark.parametrize("content", ["", "%%%", base64.b64encode(b"nothing").decode()])
def test_what_cannot_be_read_is_refused(content, url, project, giver, client_of):
    answer = client_of(giver).post(url, {"seen": "1", "filename": "tasks.csv", "content": content})

    assert (answer.status_code, project.tasks.count()) == (409, 0)


def test_the_calendar_feed_needs_its_own_address_and_no_sign_in(project, giver, client_of, client):
    feed = client_of(giver).get("/a/historic/week/").context["feed"]

    given, guessed = client.get(feed), client.get("/feeds/guess.ics")

    assert given["Content-Type"] == "text/calendar; charset=utf-8"
    assert given.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert guessed.status_code == 404


def test_the_feed_ends_with_the_seat(project, giver, client_of, client):
    feed = client_of(giver).get("/a/historic/week/").context["feed"]
    giver.appointments.all().delete()

    assert client.get(feed).status_code == 404
