"""Claims on the maps of matters: the desk's, and everybody's."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from binglian.domain.matters.models import Matter
from binglian.domain.places.actions import add_area, draw_areas
from binglian.domain.places.imports import plan_outlines
from binglian.domain.places.models import Area
from binglian.geography.sketch import sketch
from binglian.web.standing import pages

TAIDONG = (120.35123456, 36.08512345)
DESK, PUBLIC = "/a/historic/matters/map/", "/p/historic/matters/map/"


@pytest.fixture
def shibei(alliance, administrator):
    """The alliance lies in a district of 22 sketched sub-districts."""
    district = add_area(by=administrator, name="市北区", kind=Area.Kind.DISTRICT, code="370203")
    plan = plan_outlines(sketch("370203"), home=district, is_approximate=True)
    areas = draw_areas(plan=plan, by=administrator)
    alliance.area = district
    alliance.save()
    return {area.name: area for area in areas}


@pytest.fixture
def matter(alliance, shibei):
    def make(state="handling", *, is_public=True, place=TAIDONG, **facts):
        number = Matter.objects.count() + 1
        longitude, latitude = place or (None, None)
        return Matter.objects.create(
            alliance=alliance,
            number=f"S{number}",
            source="web",
            text="门洞积水",
            public_text="门洞积水" if is_public else "",
            visibility="public" if is_public else "private",
            state=state,
            area=shibei["台东街道"] if place else None,
            longitude=longitude,
            latitude=latitude,
            reported_at=now(),
            token_digest=f"{number:064x}",
            **facts,
        )

    return make


def island(answer):
    page = answer.content.decode()
    block = re.search(r'<script id="matter-map" type="application/json">(.*?)</script>', page)
    return json.loads(block[1])


def numbers(answer):
    return [place[4] for place in island(answer)["places"]]


def test_everybody_sees_public_matters_only(matter):
    matter(is_public=True), matter(is_public=False)

    assert numbers(Client().get(PUBLIC)) == ["S1"]


def test_the_secretariat_sees_all_of_them(matter, client_of, secretariat):
    matter(is_public=True), matter(is_public=False)

    assert numbers(client_of(secretariat).get(DESK)) == ["S2", "S1"]


def test_an_organisation_sees_on_the_map_what_it_may_read(matter, client_of, giver):
    matter(is_public=False)

    assert numbers(client_of(giver).get(DESK)) == []


def test_the_public_place_is_a_street_corner_not_a_doorbell(matter, client_of, secretariat):
    matter()

    assert island(Client().get(PUBLIC))["places"][0][:2] == [120.3512, 36.0851]
    assert island(client_of(secretariat).get(DESK))["places"][0][:2] == [120.351235, 36.085123]


def test_states_differ_by_colour_and_by_shape(matter):
    late = now() - timedelta(days=1)
    matter("received"), matter("handling"), matter("handling", due_at=late)
    matter("parked"), matter("closed")

    content = island(Client().get(PUBLIC))

    kinds = [content["kinds"][place[2]]["label"] for place in reversed(content["places"])]
    assert kinds == ["待分派", "办理中", "已逾期", "挂账", "已答复"]
    assert len({kind["shape"] for kind in content["kinds"]}) == 5
    assert len({kind["colour"] for kind in content["kinds"]}) == 5


def test_a_stopped_clock_is_not_late(matter):
    stopped = matter("handling", due_at=now() - timedelta(days=1))
    stopped.pauses.create(reason="等待鉴定", from_at=now() - timedelta(days=3))

    assert island(Client().get(PUBLIC))["places"][0][2] == 1


def test_what_went_elsewhere_is_not_drawn(matter):
    matter("diverted"), matter("rejected")

    assert numbers(Client().get(PUBLIC)) == []


def test_conditions_narrow_map_and_tables(matter, shibei):
    matter("handling"), matter("closed")

    answered = Client().get(PUBLIC, {"kind": "4"})
    elsewhere = Client().get(PUBLIC, {"area": str(shibei["大港街道"].pk)})

    assert numbers(answered) == ["S2"]
    assert numbers(elsewhere) == []
    assert "没有符合条件的诉求" in elsewhere.content.decode()


def test_whatever_cannot_be_read_narrows_nothing(matter):
    matter()

    assert numbers(Client().get(PUBLIC, {"kind": "x", "area": "-1", "category": "9"})) == ["S1"]


def test_without_script_the_tables_say_the_same(matter):
    first = matter("closed")
    matter("closed", place=None)

    answer = Client().get(PUBLIC)

    rows = {row.name: row.counts for row in answer.context["areas"]}
    assert len(rows) == 23
    assert rows["台东街道"] == (0, 0, 0, 0, 1)
    assert rows["没有写明，或在图外"] == (0, 0, 0, 0, 1)
    assert f'href="/p/historic/matters/{first.pk}/"' in answer.content.decode()


def test_areas_carry_their_names_and_that_they_are_approximate(shibei):
    answer = Client().get(PUBLIC)

    properties = [area["properties"] for area in island(answer)["areas"]]
    assert len(properties) == 22
    assert {"name": "台东", "isApproximate": True} in properties
    assert "虚线是示意界线" in answer.content.decode()


def test_areas_are_named_in_the_language_of_the_reader(shibei):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")

    names = [area["properties"]["name"] for area in island(client.get(PUBLIC))["areas"]]

    assert "Taidong" in names


def test_no_outside_server_is_asked_unless_the_operator_names_one(shibei, settings):
    assert island(Client().get(PUBLIC))["tiles"] is None

    settings.TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.TILES_ATTRIBUTION = "© 地图的主人"
    pages.clear()  # as after a start with other settings
    answer = Client().get(PUBLIC)

    assert island(answer)["tiles"]["url"] == "https://tiles.example/{z}/{x}/{y}.png"
    assert "© 地图的主人" in answer.content.decode()
