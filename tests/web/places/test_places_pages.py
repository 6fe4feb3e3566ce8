"""The pages of courtyards: what a click does, and what everybody may see."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from shapely.geometry import shape

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.coupling.models import Commitment
from binglian.domain.heritage.actions import add_guardian, grade_place, save_place
from binglian.domain.heritage.models import Place, SpaceApplication
from binglian.domain.heritage.queries import table_in_force
from binglian.domain.projects.actions import adopt_catalogue, create_project
from binglian.domain.projects.models import Project

DESK, PUBLIC = "/a/historic/places/", "/p/historic/places/"


@pytest.fixture
def desk(client: Client, secretariat: User) -> Client:
    client.force_login(secretariat)
    return client


@pytest.fixture
def place(alliance: Alliance, giving: Organisation, secretariat: User) -> Place:
    square = [[[120.32, 36.07], [120.33, 36.07], [120.33, 36.08], [120.32, 36.08], [120.32, 36.07]]]
    made = save_place(
        alliance=alliance,
        by=secretariat,
        name_zh="广兴里（示例）",
        units=36,
        vacant_units=30,
        longitude=120.325,
        latitude=36.075,
        outline={"type": "MultiPolygon", "coordinates": [square]},
        is_public=True,
    )
    made = grade_place(place=made, by=secretariat, grade="traditional", basis="示例〔2024〕1号")
    add_guardian(place=made, organisation=giving, role="owner", by=secretariat)
    return made


@pytest.fixture
def renewal(alliance: Alliance, giving: Organisation, secretariat: User, monday: Any) -> Project:
    adopt_catalogue(alliance=alliance, by=secretariat)
    return create_project(
        alliance=alliance,
        owner=giving,
        by=secretariat,
        title_zh="里院更新（示例）",
        kind="courtyard",
        features=[],
        starts_on=monday,
    )


@pytest.fixture
def monday() -> str:
    return "2027-03-01"


def test_a_place_is_entered_with_a_name_alone(desk: Client, alliance: Alliance):
    response = desk.post(f"{DESK}new/", {"name_zh": "平和里（示例）", "kind": "courtyard"})

    made = alliance.heritage.get()
    assert (response.status_code, made.number, made.state) == (302, "L-001", "surveyed")


def test_the_owner_changes_vacancy_and_nothing_else(client: Client, giver: User, place: Place):
    client.force_login(giver)
    typed = {"units": 36, "vacant_units": 10, "condition": "fair", "name_zh": "别的名字"}
    response = client.post(f"{DESK}{place.pk}/edit/", typed)

    place.refresh_from_db()
    assert response.status_code == 302
    assert (place.vacant_units, place.condition, place.name_zh) == (10, "fair", "广兴里（示例）")


def test_grading_shows_what_a_grade_would_add_to_a_project(
    desk: Client, renewal: Project, place: Place
):
    touched = desk.post(
        f"/a/historic/projects/{renewal.pk}/places/", {"place": place.pk, "changes": ["exterior"]}
    )
    page = desk.get(f"{DESK}{place.pk}/grade/").content.decode()

    assert touched.status_code == 302
    assert "B21 省级文物保护单位修缮方案审批" in page
    project = desk.get(f"/a/historic/projects/{renewal.pk}/").content.decode()
    assert "B61 传统风貌建筑方案审批" in project
    assert "还没进计划" in project


def test_what_is_forbidden_is_refused_on_the_page(desk: Client, renewal: Project, place: Place):
    response = desk.post(
        f"/a/historic/projects/{renewal.pk}/places/", {"place": place.pk, "changes": ["extension"]}
    )

    assert response.status_code == 409
    assert "不允许新建、扩建" in response.content.decode()


def test_a_rule_is_changed_by_a_new_version(desk: Client, alliance: Alliance, renewal: Project):
    typed = {"verdict": "approval", "items": ["13"], "basis_zh": "示例规划", "why": "规划公布"}
    response = desk.post(f"{DESK}rules/core/exterior/", typed)

    table, version = table_in_force(alliance)
    assert (response.status_code, version) == (302, 1)
    assert table.rule("core", "exterior").items == ("13",)


def test_the_page_tells_what_was_changed_from_what_to_what(
    desk: Client, alliance: Alliance, secretariat: User, place: Place
):
    save_place(alliance=alliance, by=secretariat, place=place, vacant_units=12)
    page = desk.get(f"{DESK}{place.pk}/").content.decode()

    assert "空置间数：30 → 12" in page
    assert "还没定级" not in page


def test_the_inventory_comes_in_by_the_wizard_and_goes_out_the_same(
    desk: Client, alliance: Alliance, place: Place
):
    exported = desk.get(f"{DESK}export/?format=csv").content
    file = SimpleUploadedFile("places.csv", exported)
    uploaded = desk.post("/a/historic/import/places/", {"file": file, "pasted": ""})
    page = desk.get(uploaded["Location"]).content.decode()

    assert uploaded.status_code == 302
    assert alliance.heritage.count() == 1
    assert "不变" in page


def test_everybody_sees_public_places_and_no_others(
    client: Client, alliance: Alliance, secretariat: User, place: Place
):
    hidden = save_place(alliance=alliance, by=secretariat, name_zh="内部里（示例）")

    assert "广兴里" in client.get(PUBLIC).content.decode()
    assert "内部里" not in client.get(PUBLIC).content.decode()
    assert client.get(f"{PUBLIC}{place.pk}/").status_code == 200
    assert client.get(f"{PUBLIC}{hidden.pk}/").status_code == 404


def test_the_geojson_is_wound_as_the_standard_asks(client: Client, place: Place):
    response = client.get(f"{PUBLIC}map.geojson")
    [feature] = json.loads(response.content)["features"]

    assert response["Content-Type"] == "application/geo+json"
    outline = shape(feature["geometry"])
    assert (outline.is_valid, outline.geoms[0].exterior.is_ccw) == (True, True)
    assert feature["properties"]["url"] == f"http://testserver{PUBLIC}{place.pk}/"


def test_a_merchant_asks_without_an_account_and_becomes_a_need(
    client: Client, secretariat: User, giver: User, place: Place, alliance: Alliance
):
    client.force_login(giver)
    terms = {"landlord": place.guardians.get().organisation_id, "area": "40", "is_public": "on"}
    entered = client.post(f"{DESK}{place.pk}/spaces/new/", terms)
    assert entered.status_code == 302
    space = place.spaces.get()
    client.logout()

    typed = {"applicant": "海边咖啡（示例）", "trade": "咖啡", "phone": "13900000000"}
    refused = client.post(f"/p/historic/space/{space.pk}/", typed)
    taken = client.post(f"/p/historic/space/{space.pk}/", typed | {"has_agreed": "on"})
    assert (refused.status_code, taken.status_code) == (422, 302)
    follow = client.get(taken["Location"])
    assert "请保存下面的链接" in follow.content.decode()
    assert follow["Cache-Control"] == "private, no-store"

    application = SpaceApplication.objects.get()
    assert application.doubts, "Nobody computed the proof of work."
    client.force_login(secretariat)
    address = f"/a/historic/space/applications/{application.pk}/"
    contact = client.post(f"{address}contact/", {"reason": "约看房"}).content.decode()
    assert "13900000000" in contact
    client.post(f"{address}take-up/", {"on_behalf": alliance.lead_b_id})
    commitment = Commitment.objects.get()
    assert (commitment.state, commitment.receiver) == ("proposed", alliance.lead_b)
    page = client.get(f"/a/historic/commitments/{commitment.pk}/")
    assert page.status_code == 200

    client.logout()
    told = client.get(taken["Location"].split("?")[0]).content.decode()
    assert "已受理，正等建设集团（示例）答复" in told
    assert "约看房" in told


def test_the_administrator_reads_no_applicants_contact(
    client: Client, administrator: User, alliance: Alliance
):
    client.force_login(administrator)

    assert "待受理的申请" in client.get("/a/historic/space/").content.decode()
    assert client.get("/a/historic/space/applications/1/").status_code == 404


def test_the_pages_speak_english(client: Client, place: Place):
    client.cookies["django_language"] = "en"
    with override("en"):
        page = client.get(f"{PUBLIC}{place.pk}/").content.decode()

    assert "Traditional-style building" in page
    assert "Who approves changes" in page


def test_many_of_everything_cost_no_more_statements(
    desk: Client,
    place: Place,
    alliance: Alliance,
    secretariat: User,
    django_assert_num_queries: Callable[[int], Any],
):
    for n in range(7):
        member = Organisation.objects.create(name=f"代管{n}")
        alliance.memberships.create(
            organisation=member, category="other", state="admitted", from_on=today()
        )
        add_guardian(place=place, organisation=member, role="agent", by=secretariat)
        save_place(alliance=alliance, by=secretariat, name_zh=f"厢房{n}", part_of=place)
    desk.get(f"{DESK}{place.pk}/")  # what the frame keeps is kept
    with django_assert_num_queries(9):
        page = desk.get(f"{DESK}{place.pk}/")

    assert len(page.context["parts"]) == 7
    assert len(page.context["guardians"]) >= 7
