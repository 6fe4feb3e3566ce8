"""Claims on what if as its pages show it."""

import pytest

from binglian.domain.coupling.actions import ask_run
from binglian.domain.coupling.jobs import work_out_run
from binglian.domain.coupling.models import Scenario
from binglian.domain.governance.models import Decision
from binglian.web.coupling import whatif_views

HTMX = {"HX-Request": "true"}
MORE = {"offer_kind": "venue", "offer_quantity": "12", "offer_unit": "间"}


@pytest.fixture
def run(alliance, secretariat, make_offer, make_need):
    """One of two needs is met: there is one room for ten, not for twelve."""
    make_offer(quantity=10)
    make_need(quantity=4, title="议事场地")
    make_need(quantity=12, title="大型展览")
    run = ask_run(alliance=alliance, by=secretariat, seconds=2)
    work_out_run.func(run.pk)
    run.refresh_from_db()
    return run


@pytest.fixture
def url(run):
    return f"/a/historic/runs/{run.pk}/what-if/"


def test_at_first_every_slider_stands_in_the_middle(url, secretariat, client_of):
    page = client_of(secretariat).get(url)

    sliders = [
        field for _label, fields, _open in page.context["form"].sliders() for field in fields
    ]
    assert {field.value() for field in sliders} == {0}
    assert "answer" not in page.context


def test_a_change_is_answered_at_once_beside_the_proposal(url, secretariat, client_of):
    answer = client_of(secretariat).get(url, MORE, headers=HTMX)

    shown = answer.context
    assert (shown["answer"].now["met"], shown["answer"].then["met"]) == (1, 2)
    assert [row.need.title for row in shown["gains"]] == ["大型展览"]
    assert "<html" not in answer.content.decode()


def test_without_script_the_same_address_is_a_whole_page(url, secretariat, client_of):
    answer = client_of(secretariat).get(url, MORE)

    assert answer.status_code == 200
    assert "<html" in answer.content.decode()
    assert answer.context["gain_count"] == 1


def test_what_cannot_be_asked_is_told(url, secretariat, client_of):
    answer = client_of(secretariat).get(url, {"offer_kind": "venue"}, headers=HTMX)

    assert answer.status_code == 422
    assert "请填写数量" in answer.content.decode()


def test_asking_keeps_nothing_and_saving_keeps_it_with_who_and_what(url, secretariat, client_of):
    client = client_of(secretariat)
    client.get(url, MORE)
    assert Scenario.objects.count() == 0

    answer = client.post(url, MORE | {"priority-urgent": "2", "title": "多一间"})

    kept = Scenario.objects.get()
    assert answer["Location"] == f"{url}{kept.pk}/"
    assert (kept.title, kept.kept_by, kept.state) == ("多一间", secretariat, "ready")
    page = client.get(answer["Location"])
    assert page.context["gain_count"] == 1


def test_long_lists_are_left_to_the_worker(
    url, secretariat, client_of, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(whatif_views, "MOST_ROWS", 2)
    client = client_of(secretariat)

    asked = client.get(url, MORE)
    client.post(url, MORE)

    assert "answer" not in asked.context
    assert Scenario.objects.get().state == "queued"
    assert client.get(f"{url}{Scenario.objects.get().pk}/").status_code == 200


def test_nobody_else_asks_and_only_who_watches_over_the_whole_reads(
    url, secretariat, giver, viewer, lead_a, auditor, client_of
):
    client_of(secretariat).post(url, MORE)
    kept = f"{url}{Scenario.objects.get().pk}/"

    people = (giver, viewer, lead_a, auditor)
    assert [client_of(user).get(url).status_code for user in people] == [403, 403, 403, 403]
    assert [client_of(user).get(kept).status_code for user in people] == [403, 403, 200, 200]


def test_its_weights_are_put_before_both_leads(url, secretariat, client_of):
    client = client_of(secretariat)
    client.post(url, {"kind-venue": "2"})
    kept = Scenario.objects.get()

    client.post(f"{url}{kept.pk}/adopt/")

    decision = Decision.objects.get()
    assert (decision.act, decision.object_ids) == ("coupling.policy", [kept.pk])
    page = client.get(f"/a/historic/decisions/{decision.pk}/")
    first = page.context["one"].changes[0]
    assert (first.label, first.before, first.after) == ("需求类别“场地”", "×1", "×2")


def test_a_run_without_a_result_sends_the_reader_back(alliance, secretariat, client_of):
    run = ask_run(alliance=alliance, by=secretariat)

    answer = client_of(secretariat).get(f"/a/historic/runs/{run.pk}/what-if/")

    assert answer["Location"] == f"/a/historic/runs/{run.pk}/"
