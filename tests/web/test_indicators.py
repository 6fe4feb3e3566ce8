"""The pages of the five promises and of the network."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions import accept_commitment, judge_delivery, report_delivery
from binglian.domain.indicators.kept import forget
from binglian.domain.indicators.measures import INDICATORS
from binglian.web.standing import pages

PUBLIC = ["figures", "commitments"]


@pytest.fixture
def fulfil(propose, giver, receiver):
    """A commitment kept, as its receiver has confirmed."""

    def make():
        commitment = propose()
        accept_commitment(commitment=commitment, by=giver, due_on=today())
        handed = report_delivery(commitment=commitment, quantity=1, delivered_on=today(), by=giver)
        judge_delivery(delivery=handed, verdict="met", by=receiver)
        return commitment

    return make


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_indicator_leads_to_the_records_behind_it(client_of, viewer, fulfil):
    for _ in range(5):
        commitment = fulfil()
    client = client_of(viewer)

    shown = page(client, "/a/historic/figures/")
    detail = page(client, "/a/historic/figures/D2/")

    for indicator in INDICATORS:
        assert f"/a/historic/figures/{indicator.code}/" in shown
        page(client, f"/a/historic/figures/{indicator.code}/")
    assert "100.0%" in shown
    assert f'href="/a/historic/commitments/{commitment.pk}/"' in detail
    assert "5 / 5" in detail


def test_a_figure_over_four_is_not_told(client_of, viewer, fulfil):
    for _ in range(4):
        fulfil()

    shown = page(client_of(viewer), "/a/historic/figures/D2/")

    assert "不足 5，不计" in shown
    assert "100.0%" not in shown


def test_the_public_sees_no_figure_until_the_alliance_publishes_them(alliance, fulfil):
    for _ in range(5):
        fulfil()
    client = Client()

    assert "还没有公开" in page(client, "/p/historic/promises/")
    assert client.get("/p/historic/promises/D2/").status_code == 404

    alliance.published = ["figures"]
    alliance.save()
    pages.clear()  # as after somebody's act: the alliance is changed in its table here

    assert "100.0%" in page(client, "/p/historic/promises/")
    hidden = page(client, "/p/historic/promises/D2/")
    assert "居民议事场地" not in hidden  # the commitments themselves are not public
    assert "这些记录没有公开，这里只计数。" in hidden

    alliance.published = PUBLIC
    alliance.save()
    pages.clear()

    assert "居民议事场地" in page(client, "/p/historic/promises/D2/")


def test_the_public_reads_no_small_numbers(alliance, fulfil):
    alliance.published = PUBLIC
    alliance.save()
    fulfil()

    assert not re.search(r"[0-9.]+ / [0-9.]+", page(Client(), "/p/historic/promises/D2/"))


def test_a_page_of_a_past_day_shows_what_was_known_then(client_of, viewer, fulfil):
    for _ in range(5):
        fulfil()
    client = client_of(viewer)

    assert "没有记录" in page(client, "/a/historic/figures/D2/?as_of=2020-01-01")
    assert client.get("/a/historic/figures/D9/").status_code == 404
    assert "五项承诺" in page(client, "/a/historic/figures/?period=kraut&as_of=kraut")


def test_the_network_is_a_graph_and_the_same_as_a_table(client_of, viewer, fulfil, giving, needing):
    fulfil()
    fulfil()
    client = client_of(viewer)

    shown = page(client, "/a/historic/network/?sort=commitments")
    key = "-".join(map(str, sorted((giving.pk, needing.pk))))

    assert '"ties": [[' in shown
    assert "[0, 1, 2, 0, 0]" in shown or "[1, 0, 2, 0, 0]" in shown
    assert f"tie={key}#tie" in shown
    assert page(client, f"/a/historic/network/?tie={key}").count("居民议事场地") == 2


def test_the_public_network_is_made_of_what_is_public(alliance, fulfil):
    fulfil()

    assert "没有公开的合作记录" in page(Client(), "/p/historic/network/")

    alliance.published = ["commitments"]
    alliance.save()

    assert '"ties": [[' in page(Client(), "/p/historic/network/")


def test_a_tie_worth_making_leads_to_an_urgent_run_for_its_need(
    client_of, secretariat, viewer, make_offer, make_need
):
    make_offer()
    need = make_need()

    link = f"/a/historic/runs/?start=urgent&amp;need={need.pk}"
    assert link in page(client_of(secretariat), "/a/historic/network/")
    assert link not in page(client_of(viewer), "/a/historic/network/")
    form = page(client_of(secretariat), link.replace("&amp;", "&"))
    assert f'<option value="{need.pk}" selected>' in form


@pytest.mark.parametrize("path", ["figures/", "figures/D2/", "network/"])
def test_pages_ask_as_many_questions_for_three_as_for_one(client_of, viewer, fulfil, path):
    client = client_of(viewer)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, f"/a/historic/{path}")
        return len(asked)

    fulfil()
    page(client, f"/a/historic/{path}")
    forget()
    for_one = questions()
    fulfil()
    fulfil()
    forget()

    assert questions() == for_one
    # Until the next act anywhere, what was worked out for one reader serves all.
    assert questions() <= 15
