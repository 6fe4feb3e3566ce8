"""GeoReport v2: what can be reported, what is public, and how it is said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.timezone import localtime, now

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Category, Matter

from .conftest import PHONE

SERVICES = "/open311/v2/services"


# ---- discovery and formats ---------------------------------------------------------------------


def test_discovery_names_a_place_in_earnest_and_one_for_trying(client: Client) -> None:
    found = client.get("/open311/discovery.json").json()

    assert [(point["type"], point["url"]) for point in found["endpoints"]] == [
        ("production", "http://127.0.0.1:8000/open311/v2"),
        ("test", "http://127.0.0.1:8000/open311/test/v2"),
    ]
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    assert client.get("/open311/v2/discovery.json").json() == found


@pytest.mark.parametrize(
    ("path", "accept", "status", "kind"),
    [
        ("services.json", "*/*", 200, "application/json"),
        ("services.xml", "application/json", 200, "text/xml"),
        ("services.JSON", "*/*", 200, "application/json"),
        ("services", "application/json", 200, "application/json"),
        ("services", "text/html, */*;q=0.1", 200, "text/xml"),
        ("services", "image/png", 406, "text/xml"),
        ("services.yaml", "application/json", 406, "text/xml"),
        ("service/drains.json", "application/json", 404, "application/json"),
    ],
)
def test_the_ending_or_else_accept_says_the_format(
    client: Client, lamps: Category, path: str, accept: str, status: int, kind: str
) -> None:
    response = client.get(f"/open311/v2/{path}", headers={"accept": accept})

    assert (response.status_code, response["Content-Type"]) == (status, kind)


def test_xml_declares_itself_and_holds_what_json_holds(client: Client, drains: Category) -> None:
    response = client.get(f"{SERVICES}.xml")
    told = client.get(f"{SERVICES}.json").json()

    assert response.content.startswith(
        b'<?xml version="1.0" encoding="utf-8"?>\n<services><service>'
    )
    one = ElementTree.fromstring(response.content)[0]
    assert {field.tag: field.text for field in one} == told[0] | {
        "metadata": "true",
        "description": None,
    }


def test_a_character_that_xml_cannot_write_breaks_nothing(
    client: Client, make_matter: Callable[..., Matter]
) -> None:
    make_matter("路灯\x0b不亮 <b>&")

    content = client.get("/open311/v2/requests.xml").content

    assert ElementTree.fromstring(content)[0].findtext("description") == "路灯\ufffd不亮 <b>&"


# ---- services ----------------------------------------------------------------------------------


def test_the_list_says_what_can_be_reported(ask, drains: Category, lamps: Category) -> None:
    told = {one["service_code"]: one for one in ask("services.json")}

    assert told["drains"] == {
        "service_code": "drains",
        "service_name": "排水",
        "description": "",
        "metadata": True,
        "type": "realtime",
        "keywords": "积水, 下水道",
        "group": "市政",
    }
    assert told["lamps"]["metadata"] is False


def test_names_are_in_the_readers_language(client: Client, lamps: Category) -> None:
    told = client.get(f"{SERVICES}.json", headers={"accept-language": "en"}).json()

    assert told[0]["service_name"] == "Street lamps"


def test_a_definition_holds_the_questions_in_order(ask, drains: Category) -> None:
    told = ask("services/drains.json")

    assert told["service_code"] == "drains"
    assert [(one["order"], one["code"], one["variable"]) for one in told["attributes"]] == [
        (1, "NOTE", False),
        (2, "DEPTH", True),
        (3, "SINCE", True),
    ]
    assert told["attributes"][1]["required"] is True
    assert told["attributes"][1]["values"][0] == {"key": "ankle", "name": "脚踝"}


def test_a_category_out_of_use_is_no_service(ask, lamps: Category) -> None:
    lamps.is_active = False
    lamps.save()

    assert ask("services.json") == []
    assert ask("services/lamps.json")[0]["code"] == 404


# ---- jurisdictions -----------------------------------------------------------------------------


def test_the_only_jurisdiction_need_not_be_named(client: Client, alliance: Alliance) -> None:
    assert client.get(f"{SERVICES}.json").status_code == 200


def test_one_of_several_must_be_named(client: Client, alliance: Alliance) -> None:
    Alliance.objects.create(
        slug="port", name="港区联盟", lead_a=alliance.lead_a, lead_b=alliance.lead_b
    )

    missing = client.get(f"{SERVICES}.json")
    unknown = client.get(f"{SERVICES}.json", {"jurisdiction_id": "nowhere"})

    assert (missing.status_code, missing.json()) == (
        400,
        [{"code": 400, "description": "请给出 jurisdiction_id，即联盟的网址名。"}],
    )
    assert (unknown.status_code, unknown.json()[0]["code"]) == (404, 404)
    assert client.get(f"{SERVICES}.json", {"jurisdiction_id": "port"}).json() == []


def test_an_error_in_xml_has_the_standards_form(client: Client, alliance: Alliance) -> None:
    response = client.get(f"{SERVICES}/none.xml")

    assert response.status_code == 404
    errors = ElementTree.fromstring(response.content)
    assert [errors.tag, errors[0].tag, errors.findtext("error/code")] == ["errors", "error", "404"]


# ---- requests ----------------------------------------------------------------------------------


def test_a_public_matter_is_told_in_the_standards_words(
    ask, make_matter: Callable[..., Matter]
) -> None:
    matter = make_matter(longitude=120.32, latitude=36.07)

    [told] = ask("requests.json")

    assert datetime.fromisoformat(told.pop("requested_datetime")) == matter.reported_at.replace(
        microsecond=0
    )
    assert told.pop("updated_datetime").endswith("+08:00")
    assert {field: value for field, value in told.items() if value is not None} == {
        "service_request_id": matter.number,
        "status": "open",
        "service_name": "路灯",
        "service_code": "lamps",
        "description": "路灯不亮",
        "service_notice": "待分派",
        "address": "中山路",
        "lat": 36.07,
        "long": 120.32,
    }
    assert ask(f"requests/{matter.number}.json")[0]["description"] == "路灯不亮"


def test_a_place_that_tells_who_reported_is_left_out(client: Client, ask, make_matter) -> None:
    make_matter(address="黄岛路17号3单元502室", courtyard="17 号院")

    assert ask("requests.json")[0]["address"] == "17 号院"
    assert "502" not in client.get("/api/v1/alliances/historic/matters").content.decode()


def test_a_place_is_told_and_found_to_ten_metres(client: Client, ask, make_matter) -> None:
    make_matter(longitude=120.320041, latitude=36.070041)

    [told] = ask("requests.json")
    [item] = client.get("/api/v1/alliances/historic/matters").json()["items"]

    assert (told["long"], told["lat"]) == (item["longitude"], item["latitude"]) == (120.32, 36.07)
    # A narrow search finds the coarse place, and nothing at the door itself.
    assert len(ask("requests.json", lat=36.07, long=120.32, radius=1)) == 1
    assert ask("requests.json", lat=36.070041, long=120.320041, radius=1) == []


def test_what_is_not_public_never_leaves(client: Client, ask, make_matter) -> None:
    held, private = make_matter(is_public=None), make_matter(is_public=False)

    assert ask("requests.json") == []
    assert ask("requests.json", service_request_id=f"{held.number},{private.number}") == []
    for matter, note in ((held, "审核后公开"), (private, "不公开")):
        [told] = ask(f"requests/{matter.number}.json")
        kept = {field: value for field, value in told.items() if value is not None}
        assert note in kept.pop("status_notes")
        assert kept == {"service_request_id": matter.number, "status": "open"}


def test_no_answer_holds_how_to_reach_somebody(client: Client, make_matter) -> None:
    number = make_matter().number
    paths = ["requests", f"requests/{number}", "servicerequestupdates"]

    answers = [
        client.get(f"/open311/v2/{path}.{form}") for path in paths for form in ("json", "xml")
    ]
    answers += [
        client.get(f"/api/v1/alliances/historic/matters{tail}") for tail in ("", f"/{number}")
    ]

    assert [answer.status_code for answer in answers] == [200] * 8
    assert [PHONE in answer.content.decode() for answer in answers] == [False] * 8
    assert ["测试诉求人" in answer.content.decode() for answer in answers] == [False] * 8


def test_requests_are_found_by_their_conditions(ask, make_matter, drains: Category) -> None:
    old = _moved(make_matter("旧的"), days=100)
    water = make_matter("积水", category=drains, longitude=120.32, latitude=36.07)
    closed = _moved(make_matter("修好了", longitude=120.40, latitude=36.07), days=10)
    Matter.objects.filter(pk=closed.pk).update(state="closed", closed_at=now())

    def numbers(**conditions: Any) -> list[str]:
        return [one["service_request_id"] for one in ask("requests.json", **conditions)]

    assert numbers() == [water.number, closed.number]  # of the last 90 days
    assert numbers(status="closed") == [closed.number]
    assert numbers(status="open") == [water.number]
    assert numbers(status="open,closed") == [water.number, closed.number]
    assert numbers(service_code="drains") == [water.number]
    assert numbers(service_code="drains,lamps", status="closed") == [closed.number]
    assert numbers(lat=36.07, long=120.321, radius=200) == [water.number]
    assert numbers(lat=36.07, long=120.36, radius=5000) == [water.number, closed.number]
    assert numbers(end_date=_w3c(95)) == [old.number]
    assert numbers(start_date=_w3c(101), end_date=_w3c(99)) == [old.number]
    assert numbers(start_date=_w3c(5)) == [water.number]
    assert numbers(service_request_id=old.number, status="closed") == [old.number]
    assert numbers(page_size=1) == [water.number]
    assert numbers(page_size=1, page=2) == [closed.number]
    assert numbers(status="") == [water.number, closed.number]


def test_what_was_closed_says_when(ask, make_matter) -> None:
    matter = make_matter()
    Matter.objects.filter(pk=matter.pk).update(
        state="closed", closed_at=datetime(2026, 10, 8, 1, tzinfo=UTC)
    )

    [told] = ask("requests.json", service_request_id=matter.number)

    assert (told["status"], told["updated_datetime"]) == ("closed", "2026-10-08T09:00:00+08:00")


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"status": "done"}, "status 只有 open 和 closed，收到的是“done”。"),
        ({"start_date": "yesterday"}, "start_date 须是带时区的时间"),
        ({"start_date": "2026-01-01T00:00:00"}, "start_date 须是带时区的时间"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "start_date 须是带时区的时间"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "90 天"),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, "start_date 晚于 end_date"),
        ({"page": "0"}, "page 须是 1 与 100000 之间的整数"),
        ({"page_size": "1001"}, "page_size 须是 1 与 1000 之间的整数"),
        ({"page_size": "١"}, "page_size 须是"),
        ({"lat": "36", "radius": "10"}, "lat 与 long 须同时给出"),
        ({"lat": "nan", "long": "120"}, "lat 须是 -90 与 90 之间的数"),
        ({"lat": "36", "long": "120", "radius": "1e9"}, "radius 须是 0 与 50000 之间的数"),
        ({"service_code": "a\0b"}, "service_code 含有不能保存的字符"),
        ({"service_request_id": "1," * 300}, "service_request_id 一次最多 200 个"),
    ],
)
def test_a_condition_that_cannot_be_is_named(
    ask, alliance: Alliance, conditions: dict[str, str], said: str
) -> None:
    [error] = ask("requests.json", **conditions)

    assert error["code"] == 400
    assert said in error["description"]


def test_a_plus_sign_lost_in_the_address_is_found_again(client: Client, make_matter) -> None:
    number = make_matter().number
    yesterday = (localtime() - timedelta(days=1)).isoformat(timespec="seconds")
    assert yesterday.endswith("+08:00")

    found = client.get(f"/open311/v2/requests.json?start_date={yesterday}").json()

    assert [one["service_request_id"] for one in found] == [number]


def test_a_page_takes_the_same_few_queries_however_long(
    client: Client, make_matter, django_assert_max_num_queries
) -> None:
    for number in range(12):
        make_matter(f"第{number}盏灯")

    with django_assert_max_num_queries(5):
        assert len(client.get("/open311/v2/requests.json").json()) == 12


def test_the_steps_of_public_matters_are_told(ask, make_matter) -> None:
    matter = make_matter()
    make_matter("不公开的", is_public=False)

    [told] = ask("servicerequestupdates.json")

    assert told["service_request_id"] == matter.number
    assert (told["status"], told["description"]) == ("open", "诉求已收到。")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_told_which_are_taken(client: Client, alliance, method: str) -> None:
    response = getattr(client, method)("/open311/v2/requests.json")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert response.json()[0]["code"] == 405


def _moved(matter: Matter, *, days: int) -> Matter:
    Matter.objects.filter(pk=matter.pk).update(reported_at=now() - timedelta(days=days))
    return matter


def _w3c(days: int) -> str:
    return (now() - timedelta(days=days)).isoformat(timespec="seconds")
