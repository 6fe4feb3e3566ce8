"""Claims on coupling runs as their pages show them."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from binglian.domain.alliance.models import Organisation
from binglian.domain.coupling.actions import ask_publication, ask_run, begin_run, set_match
from binglian.domain.coupling.jobs import work_out_run
from binglian.domain.coupling.models import Component, CouplingRun, Match
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead

RUNS = "/a/historic/runs/"


@pytest.fixture
def work_out(alliance, secretariat):
    """Ask for a run and do a worker's work on it."""

    def do(**facts):
        run = ask_run(alliance=alliance, by=secretariat, seconds=2, **facts)
        work_out_run.func(run.pk)
        run.refresh_from_db()
        return run

    return do


@pytest.fixture
def worked_out(work_out, make_offer, make_need):
    """A run in which one of two needs is met: there is one room for ten, not for twelve."""
    make_offer(quantity=10)
    make_need(quantity=4, title="议事场地")
    make_need(quantity=12, title="大型展览")
    return work_out()


def test_the_page_of_runs_teaches_when_the_lists_are_empty(alliance, secretariat, client_of):
    page = client_of(secretariat).get(RUNS)

    assert page.status_code == 200
    assert "两张清单都要有内容才能耦合" in page.content.decode()


def test_the_secretariat_starts_a_run_and_is_taken_to_it(
    secretariat, client_of, make_offer, make_need
):
    make_offer(), make_need()

    answer = client_of(secretariat).post(
        RUNS, {"round": "annual", "title": "春季", "seconds": 5, "seed": 7}
    )

    run = CouplingRun.objects.get()
    assert (run.round, run.title, run.seconds, run.seed, run.state) == (
        "annual",
        "春季",
        5,
        7,
        "queued",
    )
    assert (answer.status_code, answer["Location"]) == (302, f"{RUNS}{run.pk}/")


def test_nobody_else_starts_a_run(giver, lead_a, viewer, client_of):
    answers = [
        client_of(user).post(RUNS, {"title": "", "seconds": 5, "seed": 0}).status_code
        for user in (giver, lead_a, viewer)
    ]
    assert answers == [403, 403, 403]
    assert CouplingRun.objects.count() == 0


def test_a_wrong_time_limit_is_told_beside_the_field(alliance, secretariat, client_of):
    answer = client_of(secretariat).post(RUNS, {"round": "monthly", "seconds": 9999, "seed": 0})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["seconds"]


def test_a_run_that_no_worker_takes_up_says_so(alliance, secretariat, client_of):
    run = ask_run(alliance=alliance, by=secretariat)
    CouplingRun.objects.update(asked_at=now() - timedelta(seconds=11))

    page = client_of(secretariat).get(f"{RUNS}{run.pk}/").content.decode()

    assert "binglian worker" in page


def test_progress_reloads_the_page_once_the_run_has_ended(alliance, secretariat, client_of):
    client, htmx = client_of(secretariat), {"HX-Request": "true"}
    run = ask_run(alliance=alliance, by=secretariat)
    begin_run(run_id=run.pk)

    under_way = client.get(f"{RUNS}{run.pk}/progress/", headers=htmx)
    CouplingRun.objects.update(state="cancelled")
    ended = client.get(f"{RUNS}{run.pk}/progress/", headers=htmx)

    assert (under_way.get("HX-Refresh"), ended.get("HX-Refresh")) == (None, "true")


def test_a_queued_run_is_cancelled_by_its_button(alliance, secretariat, client_of):
    run = ask_run(alliance=alliance, by=secretariat)

    answer = client_of(secretariat).post(f"{RUNS}{run.pk}/cancel/")

    run.refresh_from_db()
    assert (answer.status_code, run.state) == (302, "cancelled")


def test_a_finished_run_tells_result_bound_and_flows(worked_out, viewer, client_of):
    shown = client_of(viewer).get(f"{RUNS}{worked_out.pk}/").context

    assert shown["headline"] == "2 项需求中，1 项全部满足。"
    assert shown["bound_words"] == "已证明这是最优结果：按现有清单，没有任何安排能满足得更多。"
    assert shown["flows"]["links"] == [
        {
            "source": "建设集团（示例）",
            "target": "海关后社区（示例）",
            "value": 1,
            "label": "1 项匹配",
        }
    ]


def test_what_stays_open_is_told_with_its_reason(worked_out, viewer, client_of):
    shown = client_of(viewer).get(f"{RUNS}{worked_out.pk}/?show=unmet").context["rows"]

    assert [(row.need.title, bool(row.reason), bool(row.would_help)) for row in shown] == [
        ("大型展览", True, True)
    ]


def test_a_second_run_is_compared_with_the_first(worked_out, work_out, viewer, client_of):
    again = work_out()

    comparison = client_of(viewer).get(f"{RUNS}{again.pk}/?show=changes").context["comparison"]

    assert comparison.previous == worked_out
    assert (comparison.added, comparison.removed, comparison.changed) == ([], [], [])


def test_the_workbook_has_matches_and_unmet_needs(worked_out, viewer, client_of):
    answer = client_of(viewer).get(f"{RUNS}{worked_out.pk}/export/")

    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("匹配", 2), ("未满足", 2)]


def test_the_secretariat_adjusts_a_need_by_hand(worked_out, secretariat, client_of):
    match = worked_out.matches.get()
    url = f"{RUNS}{worked_out.pk}/needs/{match.component.need_id}/"
    name = f"q-{match.offer_id}-{match.component_id}"

    answer = client_of(secretariat).post(url, {name: "0", "why": "另有安排"})

    assert answer.status_code == 302
    assert Match.objects.count() == 0


def test_an_adjustment_against_the_rules_is_refused_in_plain_words(
    worked_out, secretariat, client_of
):
    match = worked_out.matches.get()
    url = f"{RUNS}{worked_out.pk}/needs/{match.component.need_id}/"
    name = f"q-{match.offer_id}-{match.component_id}"

    answer = client_of(secretariat).post(url, {name: "3", "why": "少给一些"})

    assert answer.status_code == 409
    assert answer.context["refusal"] == (
        "这样修改不符合规则：需求 N-001 须全部满足，「场地」应为 4 间，只安排了 3；"
        "请一并安排，或全部不安排。"
    )
    assert Match.objects.get().quantity == 4


def test_only_the_secretariat_adjusts(worked_out, giver, lead_a, client_of):
    need = Component.objects.first().need_id
    url = f"{RUNS}{worked_out.pk}/needs/{need}/"

    assert [client_of(user).get(url).status_code for user in (giver, lead_a)] == [403, 403]


def test_the_result_is_put_before_both_leads_and_its_page_says_who_answered(
    worked_out, secretariat, lead_a, client_of
):
    client = client_of(secretariat)
    client.post(f"{RUNS}{worked_out.pk}/publish/")
    decision = Decision.objects.get()
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)

    answers = client.get(f"{RUNS}{worked_out.pk}/").context["answers"]

    assert [(body.name, bool(answer)) for body, answer in answers] == [
        ("历史城区管委会", True),
        ("即墨路街道", False),
    ]


def test_a_published_run_tells_what_became_of_it(
    worked_out, secretariat, lead_a, lead_b, client_of
):
    decision = ask_publication(run=worked_out, by=secretariat)
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=lead_b)

    fate = client_of(lead_a).get(f"{RUNS}{worked_out.pk}/").context["fate"]

    assert (fate.asked, fate.accepted, fate.judged) == (1, 0, 0)


def test_matches_set_by_hand_are_marked(worked_out, secretariat, viewer, make_offer, client_of):
    match = worked_out.matches.get()
    other = make_offer(quantity=4, title="另一间")
    set_match(
        run=worked_out, offer=match.offer, component=match.component, quantity=0, by=secretariat
    )
    set_match(run=worked_out, offer=other, component=match.component, quantity=4, by=secretariat)

    page = client_of(viewer).get(f"{RUNS}{worked_out.pk}/")

    assert page.context["by_hand"] == 1
    assert "人工调整" in page.content.decode()


def test_an_outsider_sees_no_run(worked_out, outsider, client_of):
    client = client_of(outsider)
    paths = (RUNS, f"{RUNS}{worked_out.pk}/", f"{RUNS}{worked_out.pk}/export/")

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_longer_result_asks_the_database_no_more_often(
    work_out, make_offer, make_need, viewer, client_of
):
    client = client_of(viewer)

    def queries(run):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{RUNS}{run.pk}/")
        return len(asked)

    make_offer(quantity=10), make_need()
    short = work_out()
    make_need(), make_need()
    long = work_out()

    assert (short.matches.count(), long.matches.count()) == (1, 3)
    assert queries(long) == queries(short)


# ---- rounds, long results, map -----------------------------------------------------------------


def test_the_kind_of_round_is_chosen_first(secretariat, client_of, make_offer, make_need):
    make_offer(), make_need(title="抢修", priority="urgent")
    client = client_of(secretariat)

    assert client.get(RUNS).context["form"] is None
    urgent = client.get(f"{RUNS}?start=urgent").context["form"]
    assert [need.title for need in urgent.fields["needs"].queryset] == ["抢修"]
    assert "needs" not in client.get(f"{RUNS}?start=annual").context["form"].fields


def test_the_list_of_runs_is_narrowed_by_round(work_out, secretariat, client_of):
    monthly, annual = work_out(), work_out(round="annual")

    shown = client_of(secretariat).get(f"{RUNS}?round=annual").context["rows"]

    assert (shown, monthly.round) == ([annual], "monthly")


@pytest.fixture
def many(alliance, secretariat, make_offer, make_need):
    """Twelve merchants are each served by one giver."""
    run = CouplingRun.objects.create(
        alliance=alliance, number=1, title="多", state="proposed", asked_by=secretariat
    )
    offer = make_offer(quantity=100, longitude=120.31, latitude=36.07)
    for number in range(12):
        shop = Organisation.objects.create(
            name=f"商户{number:02}", kind="merchant", longitude=120.3 + number / 100, latitude=36.0
        )
        need = make_need(organisation=shop, title=f"需求{number:02}")
        Match.objects.create(run=run, offer=offer, component=need.components.get(), quantity=1)
    return run


def test_small_organisations_are_drawn_as_one_and_unfolded_on_request(many, viewer, client_of):
    client, url = client_of(viewer), f"{RUNS}{many.pk}/"

    folded = client.get(url).context["flows"]
    unfolded = client.get(f"{url}?unfold=merchant").context["flows"]

    assert [group["name"] for group in folded["folded"]] == ["商户 4 家"]
    assert (len(folded["links"]), len(unfolded["links"]), unfolded["folded"]) == (9, 12, [])


def test_matches_are_found_by_a_word_and_paged_without_counting(many, viewer, client_of):
    client, url = client_of(viewer), f"{RUNS}{many.pk}/"

    found = client.get(f"{url}?q=需求07").context["rows"]
    last = client.get(url).context["rows"][-1][0]
    rest = client.get(f"{url}?after={last.pk}").context

    assert [need.title for need, _supplies in found] == ["需求07"]
    assert (rest["rows"], rest["flows"]) == ([], None)


def test_matches_are_narrowed_by_whether_the_need_is_met_in_full(many, viewer, client_of, alliance):
    need = many.matches.first().component.need
    many.unmet.create(need=need, served_share=0.5, reason_zh="缺", reason_en="short")
    client, url = client_of(viewer), f"{RUNS}{many.pk}/"

    partly = client.get(f"{url}?served=partly").context["rows"]
    met = client.get(f"{url}?served=met").context["rows"]

    assert [need for need, _supplies in partly] == [need]
    assert len(met) == 11


def test_the_map_has_a_line_for_each_pair_of_places_and_a_table_beside_it(
    many, viewer, client_of, make_offer, make_need
):
    offer, need = make_offer(), make_need()
    Match.objects.create(run=many, offer=offer, component=need.components.get(), quantity=1)

    shown = client_of(viewer).get(f"{RUNS}{many.pk}/?show=map").context

    assert (len(shown["map"]["flows"]), shown["map"]["unplaced"]) == (12, 1)
    assert len(shown["journeys"]) == 12


def test_the_multiplier_effect_is_shown_by_name_never_by_size(many, giving, viewer, client_of):
    small, large = Organisation.objects.filter(kind="merchant")[:2]
    many.multiplier = {
        "together": 30.0,
        "together_bound": 30.0,
        "alone": 10.0,
        "alone_bound": 10.0,
        "attribution": "sampled",
        "orders": 64,
        "gap": 0.0,
        "members": [
            {"organisation": large.pk, "alone": 5.0, "contribution": 20.0, "error": 0.5},
            {"organisation": small.pk, "alone": 5.0, "contribution": 10.0, "error": None},
        ],
    }
    many.published_at, many.state = now(), "published"
    many.save()

    shown = client_of(viewer).get(f"{RUNS}{many.pk}/?show=effect").context["multiplier"]

    assert (shown["factor"], shown["surplus"]) == (3.0, 20.0)
    assert [share.organisation for share in shown["shares"]] == [small, large]


def test_the_secretariat_reads_at_home_what_would_help_most(worked_out, secretariat, client_of):
    report = client_of(secretariat).get("/").context["reports"][0]

    assert report.wished_in == worked_out
    assert len(report.wishes) == 1


def test_a_renewing_offer_is_adjusted_slot_by_slot(
    work_out, secretariat, client_of, make_offer, make_need
):
    tuesday = {"weekdays": [2], "start": "14:00", "end": "17:00"}
    offer = make_offer(quantity=2, renews=True, windows=[tuesday, tuesday | {"weekdays": [4]}])
    need = make_need(is_all_or_nothing=False, quantity=2)
    run = work_out()
    was, other = run.matches.get().slot, {"2": "4", "4": "2"}[run.matches.get().slot[0]]
    url = f"{RUNS}{run.pk}/needs/{need.pk}/?slot={other} 12:00-18:00"
    component = need.components.get()

    page = client_of(secretariat).get(url)
    answer = client_of(secretariat).post(
        url,
        {
            f"q-{offer.pk}-{component.pk}-{was}": "0",
            f"q-{offer.pk}-{component.pk}-{other} 12:00-18:00": "2",
            "why": "换一天",
        },
    )

    assert len(page.context["parts"]) == 2
    assert answer.status_code == 302
    assert run.matches.get().slot == f"{other} 12:00-18:00"
