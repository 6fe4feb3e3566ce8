"""Claims on the pages of offers and needs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binglian.domain.alliance.imports import Verdict, read_list
from binglian.domain.coupling.actions import accept_commitment
from binglian.domain.coupling.imports import plan_import
from binglian.domain.coupling.models import Need, Offer, SavedFilter

OFFERS = "/a/historic/offers/"
NEEDS = "/a/historic/needs/"


def titles(answer):
    return [row.title for row in answer.context["rows"]]


def parts(*rows, total=4):
    """A need form's components as the browser sends them."""
    sent = {"parts-TOTAL_FORMS": str(total), "parts-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        sent |= {f"parts-{number}-{name}": value for name, value in row.items()}
    return sent


@pytest.fixture
def offer_form(giving):
    return {
        "organisation": giving.pk,
        "title": "会客厅",
        "kind": "venue",
        "quantity": "2",
        "unit": "场",
        "tags": "会议、投影",
        "windows": "2026-03-01~2026-05-31 周二周四 14:00-17:00",
        "conditions": "提前预约",
    }


@pytest.fixture
def need_form(needing):
    return {
        "organisation": needing.pk,
        "title": "法律课堂",
        "priority": "important",
        "deadline": "2026-06-30",
        "is_all_or_nothing": "on",
    }


# ---- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [OFFERS, NEEDS])
def test_whoever_sees_the_alliance_sees_its_lists(alliance, viewer, outsider, client_of, address):
    assert client_of(viewer).get(address).status_code == 200
    assert client_of(outsider).get(address).status_code == 404


def test_an_offer_shows_what_is_left_of_it(alliance, propose, giver, client_of):
    accept_commitment(commitment=propose(of=10, quantity=7), by=giver)

    [offer] = client_of(giver).get(OFFERS).context["rows"]

    assert (offer.left, offer.quantity) == (Decimal(3), Decimal(10))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["停车位", "会议室"]),
        ("?q=会议", ["会议室"]),
        ("?q=hys", ["会议室"]),
        ("?q=jsjt", ["停车位", "会议室"]),
        ("?kind=parking", ["停车位"]),
        ("?tag=投影", ["会议室"]),
        ("?tag=投", []),
        ("?state=withdrawn", ["旧设备"]),
        ("?state=all", ["旧设备", "停车位", "会议室"]),
        ("?mine=on", ["停车位", "会议室"]),
    ],
)
def test_offers_are_narrowed_by_the_query_string(
    alliance, make_offer, giver, client_of, query, found
):
    make_offer(title="会议室", tags=["投影", "会议"])
    make_offer(title="停车位", kind="parking")
    make_offer(title="旧设备", kind="equipment", state="withdrawn")

    assert titles(client_of(giver).get(OFFERS + query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=expertise", ["课堂"]),
        ("?tag=法律", ["课堂"]),
        ("?priority=urgent", ["展览"]),
        ("?mine=on", []),
    ],
)
def test_needs_are_narrowed_by_their_components_and_priority(
    alliance, make_need, giver, client_of, query, found
):
    lesson = [
        {"kind": "venue", "quantity": 1},
        {"kind": "expertise", "quantity": 4, "tags": ["法律"]},
    ]
    make_need(title="课堂", components=lesson)
    make_need(title="展览", priority="urgent")

    assert titles(client_of(giver).get(NEEDS + query)) == found


def test_rows_of_one_organisation_only(alliance, make_offer, needing, giver, client_of):
    make_offer(title="甲")
    make_offer(title="乙", organisation=needing)

    answer = client_of(giver).get(f"{OFFERS}?organisation={needing.pk}")

    assert titles(answer) == ["乙"]


@pytest.mark.parametrize(("address", "maker"), [(OFFERS, "make_offer"), (NEEDS, "make_need")])
def test_a_list_asks_the_database_no_more_for_more_rows(
    alliance, giver, client_of, address, maker, request
):
    make, client = request.getfixturevalue(maker), client_of(giver)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    make()
    client.get(address)
    with_one = queries()
    make(), make()
    assert queries() == with_one


@pytest.mark.parametrize("kind", ["offers", "needs"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_imports_as_no_change(
    alliance, make_offer, make_need, giving, giver, client_of, kind, ending, language
):
    offer = make_offer(
        title="会议室（大）",
        tags=["会议", "投影"],
        lot=2,
        windows=[{"first_on": "2026-03-01", "weekdays": [2, 4], "start": "14:00", "end": "17:00"}],
        conditions=["提前：三天"],
    )
    offer.excludes.add(giving)
    lesson = [
        {"title": "教室", "kind": "venue", "quantity": 1, "unit": "场"},
        {"title": "讲师", "kind": "expertise", "quantity": "2.5", "tags": ["法律", "合同"]},
    ]
    need = make_need(title="课堂", components=lesson, deadline="2026-06-30", within_km=1.5)
    need.prefers.add(giving)
    giver.language = language
    giver.save()

    answer = client_of(giver).get(f"/a/historic/{kind}/export/?format={ending}")

    read = read_list(
        alliance=alliance, kind=kind, content=answer.content, filename=f"清单.{ending}"
    )
    plan = plan_import(alliance, kind, read)
    assert [(line.verdict, line.changes) for line in plan.lines] == [(Verdict.SAME, {})]
    assert plan.problems == ()


def test_only_what_is_seen_is_exported(alliance, make_offer, giver, client_of):
    make_offer(title="甲")
    make_offer(title="乙", kind="parking")

    answer = client_of(giver).get("/a/historic/offers/export/?kind=parking&format=csv")

    assert [line.split(",")[2] for line in answer.content.decode("utf-8-sig").splitlines()] == [
        "资源名称",
        "乙",
    ]


# ---- saved filters -------------------------------------------------------------------------------


def test_a_filter_is_kept_shown_and_dropped(alliance, giver, client_of):
    client = client_of(giver)
    kept = client.post("/a/historic/filters/offers/", {"name": "车位", "query": "kind=parking"})
    saved = SavedFilter.objects.get()

    assert kept.url == "/a/historic/offers/?kind=parking"
    assert list(client.get(OFFERS).context["saved"]) == [saved]

    client.post(f"/a/historic/filters/{saved.pk}/drop/")
    assert SavedFilter.objects.count() == 0


def test_filters_of_others_are_neither_shown_nor_dropped(alliance, giver, receiver, client_of):
    client_of(giver).post("/a/historic/filters/offers/", {"name": "车位", "query": "kind=parking"})
    saved, other = SavedFilter.objects.get(), client_of(receiver)

    assert list(other.get(OFFERS).context["saved"]) == []
    assert other.post(f"/a/historic/filters/{saved.pk}/drop/").status_code == 404


# ---- one offer -----------------------------------------------------------------------------------


def test_an_offer_is_entered(alliance, giver, client_of, offer_form):
    answer = client_of(giver).post(f"{OFFERS}new/", offer_form)

    offer = Offer.objects.get()
    assert answer.url == f"{OFFERS}{offer.pk}/"
    assert (offer.number, offer.quantity, offer.tags) == ("R-001", 2, ["会议", "投影"])
    assert offer.windows == [
        {
            "first_on": "2026-03-01",
            "last_on": "2026-05-31",
            "weekdays": [2, 4],
            "start": "14:00",
            "end": "17:00",
        }
    ]


def test_a_liaison_officers_organisation_is_already_chosen(alliance, giver, giving, client_of):
    form = client_of(giver).get(f"{OFFERS}new/").context["form"]

    assert form.initial["organisation"] == giving
    assert [o for _value, o in form.fields["organisation"].choices] == [str(giving)]


def test_a_window_that_cannot_be_read_is_said_beside_the_field(
    alliance, giver, client_of, offer_form
):
    answer = client_of(giver).post(f"{OFFERS}new/", offer_form | {"windows": "有空再说"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["windows"]
    assert Offer.objects.count() == 0


def test_what_the_facts_forbid_is_said_on_the_form(alliance, propose, giver, client_of, offer_form):
    commitment = propose(of=10, quantity=7)
    accept_commitment(commitment=commitment, by=giver)

    answer = client_of(giver).post(f"{OFFERS}{commitment.offer_id}/edit/", offer_form)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["__all__"]


def test_an_edit_changes_the_offer(alliance, make_offer, giver, client_of, offer_form):
    offer = make_offer(tags=["旧"])
    client = client_of(giver)
    shown = client.get(f"{OFFERS}{offer.pk}/edit/").context["form"]

    client.post(f"{OFFERS}{offer.pk}/edit/", offer_form)

    offer.refresh_from_db()
    assert shown["tags"].value() == "旧"
    assert (offer.title, offer.tags, offer.number) == ("会客厅", ["会议", "投影"], "R-001")


def test_only_those_who_keep_a_list_change_or_withdraw_its_rows(
    alliance, make_offer, receiver, viewer, client_of, offer_form
):
    address = f"{OFFERS}{make_offer().pk}/"

    for user in (receiver, viewer):
        assert client_of(user).get(f"{address}edit/").status_code == 403
        assert client_of(user).post(f"{address}withdraw/").status_code == 403
    assert client_of(viewer).get(f"{OFFERS}new/").status_code == 403


def test_a_liaison_officer_cannot_offer_in_the_name_of_a_neighbour(
    alliance, giver, needing, client_of, offer_form
):
    answer = client_of(giver).post(f"{OFFERS}new/", offer_form | {"organisation": needing.pk})

    assert list(answer.context["form"].errors) == ["organisation"]


def test_a_withdrawn_offer_leaves_the_list(alliance, make_offer, giver, client_of):
    offer, client = make_offer(), client_of(giver)

    client.post(f"{OFFERS}{offer.pk}/withdraw/")

    assert titles(client.get(OFFERS)) == []
    assert client.get(f"{OFFERS}{offer.pk}/").context["offer"].state == "withdrawn"


# ---- one need ------------------------------------------------------------------------------------


def test_a_bundle_is_entered(alliance, receiver, client_of, need_form):
    rows = parts(
        {"title": "教室", "kind": "venue", "quantity": "1", "unit": "场"},
        {},
        {"title": "讲师", "kind": "expertise", "quantity": "4", "tags": "法律、合同"},
    )

    answer = client_of(receiver).post(f"{NEEDS}new/", need_form | rows)

    need = Need.objects.get()
    assert answer.url == f"{NEEDS}{need.pk}/"
    assert [(c.title, c.quantity, c.tags) for c in need.components.all()] == [
        ("教室", 1, []),
        ("讲师", 4, ["法律", "合同"]),
    ]


def test_a_need_without_components_is_refused(alliance, receiver, client_of, need_form):
    answer = client_of(receiver).post(f"{NEEDS}new/", need_form | parts())

    assert answer.status_code == 422
    assert answer.context["parts"].non_form_errors() == ["请至少填写一项组成。"]


def test_a_half_filled_component_says_what_is_missing(alliance, receiver, client_of, need_form):
    answer = client_of(receiver).post(f"{NEEDS}new/", need_form | parts({"title": "教室"}))

    assert [sorted(errors) for errors in answer.context["parts"].errors] == [
        ["kind", "quantity"],
        [],
        [],
        [],
    ]


def test_asking_for_another_row_keeps_what_was_typed(alliance, receiver, client_of, need_form):
    rows = parts(*[{"title": f"第{i}", "kind": "venue", "quantity": "1"} for i in range(4)])

    answer = client_of(receiver).post(f"{NEEDS}new/", need_form | rows | {"add": "1"})

    shown = answer.context["parts"]
    assert answer.status_code == 200
    assert [form["title"].value() for form in shown.forms] == [
        "第0", "第1", "第2", "第3", None, None,
    ]  # fmt: skip
    assert answer.context["form"]["title"].value() == "法律课堂"
    assert Need.objects.count() == 0


def test_an_edit_changes_the_need_and_its_components(
    alliance, make_need, receiver, client_of, need_form
):
    need = make_need(title="旧名")
    rows = parts({"kind": "expertise", "quantity": "3", "unit": "小时"})

    client_of(receiver).post(f"{NEEDS}{need.pk}/edit/", need_form | rows)

    need = Need.objects.get()
    assert (need.title, need.priority, str(need.deadline)) == (
        "法律课堂",
        "important",
        "2026-06-30",
    )
    assert [(c.kind, c.quantity) for c in need.components.all()] == [("expertise", 3)]


def test_the_pages_of_one_row_show_its_promises(alliance, propose, viewer, client_of):
    commitment, client = propose(), client_of(viewer)

    offer = client.get(f"{OFFERS}{commitment.offer_id}/")
    need = client.get(f"{NEEDS}{commitment.component.need_id}/")

    assert list(offer.context["commitments"]) == [commitment]
    assert list(need.context["commitments"]) == [commitment]
