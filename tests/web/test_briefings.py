"""Pages of the briefing."""

from io import BytesIO

import pytest
from docx import Document

from binglian.domain.alliance.models import today
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead
from binglian.domain.indicators.actions import start_briefing
from binglian.domain.indicators.models import Briefing

MONTH = f"{today():%Y-%m}"
BASE = "/a/historic/briefings/"
PAGE = f"{BASE}{MONTH}/"


@pytest.fixture
def draft(alliance, secretariat, propose):
    propose()
    return start_briefing(alliance=alliance, on=today(), by=secretariat)


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_secretariat_composes_writes_and_asks_in_the_browser(
    client_of, secretariat, propose, lead_a, lead_b, viewer
):
    propose()
    client = client_of(secretariat)

    client.post(f"{BASE}start/", {"month": MONTH})
    form = page(client, f"{PAGE}write/")
    client.post(
        f"{PAGE}write/",
        {"edition": 0, "text_done": "登记〔新登记的需求〕项，约 30 人次。", "text_stuck": ""},
    )
    shown = page(client, PAGE)
    client.post(f"{PAGE}ask/")

    assert "〔收到的诉求〕" in form
    assert "登记1项，约 30 人次。" in shown
    assert "这些手写的数字不随记录更新" in shown
    for lead, by in ((Lead.A, lead_a), (Lead.B, lead_b)):
        answer_decision(decision=Decision.objects.get(), lead=lead, is_yes=True, by=by)
    assert "登记1项" in page(client_of(viewer), PAGE)


def test_every_figure_leads_to_a_page_that_lists_as_many_records(client_of, secretariat, draft):
    client = client_of(secretariat)
    figures = draft.latest.composition["figures"]

    for figure in figures:
        answer = client.get(f"/a/historic/{figure['path']}")
        assert answer.status_code == 200, figure["path"]
        if "/figures/" in figure["path"] and figure["now"].isdigit():
            assert f"{MONTH} · {figure['now']}" in answer.content.decode()


def test_every_line_leads_to_its_record(client_of, secretariat, draft):
    client = client_of(secretariat)
    paths = {
        line["path"]
        for part in draft.latest.composition["parts"].values()
        for line in part["lines"]
    }
    for part in ("done", "stuck", "ahead", "cases"):
        page(client, f"{PAGE}parts/{part}/")

    assert {client.get(f"/a/historic/{path}").status_code for path in paths} <= {200}


def test_a_draft_is_not_there_for_others(client_of, viewer, draft):
    client = client_of(viewer)

    page(client, PAGE, 404)
    page(client, f"{PAGE}briefing.pdf", 404)
    assert "还没有报送过简报" in page(client, BASE)


def test_both_files_are_taken_along(client_of, secretariat, draft):
    client = client_of(secretariat)

    pdf = client.get(f"{PAGE}briefing.pdf").content
    docx = Document(BytesIO(client.get(f"{PAGE}briefing.docx").content))

    assert pdf.startswith(b"%PDF")
    assert "草稿，尚未报送。" in [p.text for p in docx.paragraphs]


def test_somebody_elses_change_is_not_overwritten(client_of, secretariat, draft):
    client = client_of(secretariat)
    client.post(f"{PAGE}write/", {"edition": 0, "text_done": "一"})

    answer = client.post(f"{PAGE}write/", {"edition": 0, "text_done": "二"})

    assert answer.status_code == 409
    assert Briefing.objects.get().latest.texts["done"] == "一"


@pytest.mark.parametrize("month", ["2026", "2026-13", "x"])
def test_what_is_no_month_is_not_there(client_of, secretariat, alliance, month):
    page(client_of(secretariat), f"{BASE}{month}/", 404)
    page(client_of(secretariat), f"{BASE}{month}/figures/needs/", 404)


def test_an_instant_nobody_can_read_is_now(client_of, secretariat, draft):
    client = client_of(secretariat)

    assert f"{MONTH} · 1" in page(client, f"{PAGE}figures/needs/?at=gestern")
    assert f"{MONTH} · 0" in page(client, f"{PAGE}figures/needs/?at=2020-01-01T00:00:00%2B08:00")
