"""Pages of meetings: minutes that save themselves, files to take along, what awaits an answer."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils.timezone import now
from docx import Document

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.governance.actions import (
    add_agenda_item,
    convene_meeting,
    count_attendance,
    prepare_meeting,
    resolve,
    write_conclusion,
)
from binglian.domain.governance.models import AgendaItem, Meeting

ClientOf = Callable[[User], Client]


@pytest.fixture
def held(
    alliance: Alliance, secretariat: User, giving: Organisation, needing: Organisation
) -> Meeting:
    """A meeting of last week, with one point and what was resolved about it."""
    meeting = prepare_meeting(
        alliance=alliance, starts_at=now() - timedelta(7), place="三楼会议室", by=secretariat
    )
    item = add_agenda_item(meeting=meeting, title="停车共享", by=secretariat)
    write_conclusion(item=item, text="先试行一个月。", version=0, by=secretariat)
    resolve(
        meeting=meeting,
        item=item,
        text="开放夜间车位",
        owner=giving,
        receiver=needing,
        due_on=today() + timedelta(30),
        by=secretariat,
    )
    count_attendance(meeting=meeting, present={giving.pk: 2}, by=secretariat)
    return meeting


def typed(client: Client, meeting: Meeting, text: str, version: int, **headers: str):
    item = AgendaItem.objects.get()
    address = f"{meeting.path}minutes/points/{item.pk}/"
    return client.post(address, {"conclusion": text, "version": version}, headers=headers)


def test_typing_is_saved_and_says_so(held: Meeting, secretariat: User, client_of: ClientOf) -> None:
    answer = typed(client_of(secretariat), held, "改为两个月。", 1, hx_request="true")

    assert AgendaItem.objects.get().conclusion == "改为两个月。"
    assert 'name="version" value="2"' in answer.content.decode()


def test_a_second_writer_reads_why_nothing_was_saved(
    held: Meeting, secretariat: User, client_of: ClientOf
) -> None:
    answer = typed(client_of(secretariat), held, "我没看到新内容", 0, hx_request="true")

    assert (answer.status_code, "刚由别人改过" in answer.content.decode()) == (409, True)
    assert AgendaItem.objects.get().conclusion == "先试行一个月。"


def test_without_a_script_saving_comes_back_to_the_point(
    held: Meeting, secretariat: User, client_of: ClientOf
) -> None:
    answer = typed(client_of(secretariat), held, "改为两个月。", 1)

    assert answer["Location"] == f"{held.path}minutes/#point-{AgendaItem.objects.get().pk}"


def test_the_minutes_open_in_word(held: Meeting, secretariat: User, client_of: ClientOf) -> None:
    answer = client_of(secretariat).get(f"{held.path}minutes.docx")

    document = Document(BytesIO(answer.content))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[0] == "一、停车共享"
    assert [cell.text for cell in document.tables[0].rows[1].cells][:3] == [
        "1-1",
        "开放夜间车位",
        "建设集团（示例）",
    ]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is missing: poppler-utils")
def test_the_minutes_as_pdf_hold_their_text(
    held: Meeting, secretariat: User, client_of: ClientOf
) -> None:
    answer = client_of(secretariat).get(f"{held.path}minutes.pdf")

    read = subprocess.run(
        ["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True
    )
    text = "".join(read.stdout.decode().split())
    assert [
        words for words in ("停车共享", "先试行一个月。", "开放夜间车位") if words not in text
    ] == []


def test_the_home_page_asks_who_comes_until_it_is_answered(
    alliance: Alliance,
    secretariat: User,
    giver: User,
    giving: Organisation,
    client_of: ClientOf,
) -> None:
    meeting = prepare_meeting(
        alliance=alliance, starts_at=now() + timedelta(9), place="会议室", by=secretariat
    )
    add_agenda_item(meeting=meeting, title="停车共享", by=secretariat)
    convene_meeting(meeting=meeting, by=secretariat)
    client = client_of(giver)
    before = [row.meeting for row in client.get("/").context["replies"]]

    client.post(f"{meeting.path}reply/{giving.pk}/", {"reply": "coming", "expected": 2})

    assert (before, client.get("/").context["replies"]) == ([meeting], [])


def test_a_draft_of_the_minutes_is_the_secretariats_own(
    held: Meeting, giver: User, client_of: ClientOf
) -> None:
    assert client_of(giver).get(f"{held.path}minutes.pdf").status_code == 403


def test_minutes_are_not_offered_before_the_meeting(
    alliance: Alliance, secretariat: User, client_of: ClientOf
) -> None:
    coming = prepare_meeting(alliance=alliance, starts_at=now() + timedelta(7), by=secretariat)
    add_agenda_item(meeting=coming, title="停车共享", by=secretariat)

    page = client_of(secretariat).get(f"{coming.path}minutes/").content.decode()

    assert ("<textarea" in page, "会议开始之后才能记录" in page) == (False, True)


def test_home_names_the_next_step_of_the_meeting_to_whoever_runs_it(
    alliance: Alliance, secretariat: User, giver: User, client_of: ClientOf
) -> None:
    coming = prepare_meeting(alliance=alliance, starts_at=now() + timedelta(14), by=secretariat)

    def steps(user: User) -> list[tuple[Meeting, str]]:
        shown = client_of(user).get("/").context["to_prepare"]
        return [(one.meeting, one.step.code) for one in shown]

    assert steps(secretariat) == [(coming, "agenda")]
    assert steps(giver) == []
