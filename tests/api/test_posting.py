"""Another program reports a matter."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.actions import Registered, register_client, revoke_client
from binglian.domain.ledger.models import KeptAnswer, LedgerEntry
from binglian.domain.matters.actions import read_contact
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.queries import matter_by_token

REQUESTS = "/open311/v2/requests.json"


@pytest.fixture
def post(client: Client, alliance: Alliance, app: Registered, lamps: Category) -> Callable:
    """Post a good report, with whatever is said to be different; ``None`` leaves a field out."""

    def send(path: str = REQUESTS, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        good = {
            "api_key": app.key,
            "jurisdiction_id": alliance.slug,
            "service_code": "lamps",
            "description": "巷口路灯不亮，老人夜里怕摔。",
            "address_string": "黄岛路17号",
        }
        said = {name: value for name, value in (good | fields).items() if value is not None}
        return client.post(path, said, headers=headers or {})

    return send


def test_a_report_comes_in_and_waits_to_be_looked_at(post, client: Client) -> None:
    response = post(lat="36.0671", long="120.3185")

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    [told] = response.json()
    matter = Matter.objects.get(number=told["service_request_id"])
    assert (matter.text, matter.address, matter.latitude, matter.longitude) == (
        "巷口路灯不亮，老人夜里怕摔。",
        "黄岛路17号",
        36.0671,
        120.3185,
    )
    assert (matter.source, matter.visibility, matter.category.code) == ("api", "held", "lamps")
    assert told["token"] in told["service_notice"]
    assert client.get(REQUESTS).json() == []


def test_the_token_leads_to_the_number(post, client: Client) -> None:
    [told] = post().json()

    found = client.get(f"/open311/v2/tokens/{told['token']}.json").json()

    assert found == [{"token": told["token"], "service_request_id": told["service_request_id"]}]
    assert client.get("/open311/v2/tokens/guess.json").status_code == 404


def test_a_contact_is_kept_sealed_with_the_words_it_was_left_under(post, secretariat: User) -> None:
    [told] = post(
        first_name="小明", last_name="王", phone="+86 139 0000 0000", email="w@example.org"
    ).json()
    matter = Matter.objects.get(number=told["service_request_id"])

    contact = read_contact(matter=matter, reason="回访", by=secretariat)

    assert (contact.name, contact.phone, contact.email) == (
        "王小明",
        "+86 139 0000 0000",
        "w@example.org",
    )
    assert "随手拍" in matter.contact.consent_text
    assert b"w@example.org" not in bytes(matter.contact.sealed)


def test_answers_to_the_questions_are_checked_and_kept(post, drains: Category) -> None:
    given = {"attribute[DEPTH]": "knee", "attribute[SINCE]": "2026-09-01T08:00:00Z"}
    [told] = post(service_code="drains", **given).json()

    matter = Matter.objects.get(number=told["service_request_id"])

    assert matter.answers == {"DEPTH": "knee", "SINCE": "2026-09-01T16:00:00+08:00"}


def test_the_address_of_a_picture_is_kept_as_text_and_not_opened(post) -> None:
    [told] = post(media_url="http://127.0.0.1:1/a.jpg").json()

    matter = Matter.objects.get(number=told["service_request_id"])

    assert matter.text.endswith("附图网址（未核实）：http://127.0.0.1:1/a.jpg")


def test_a_picture_sent_as_a_file_becomes_a_photo_and_anything_else_is_refused(post) -> None:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    [told] = post(media=SimpleUploadedFile("a.png", content.getvalue())).json()

    photo = Matter.objects.get(number=told["service_request_id"]).photos.get()
    refused = post(media=SimpleUploadedFile("a.png", b"<script>"))

    assert (photo.width, photo.height, photo.is_public) == (40, 30, False)
    assert (refused.status_code, Matter.objects.count()) == (400, 1)


def test_something_is_added_to_a_matter_for_whoever_handles_it(post, client: Client) -> None:
    number = post().json()[0]["service_request_id"]
    path = "/open311/v2/servicerequestupdates.json"

    added = post(path, service_request_id=number, description="今晚又不亮了。")
    unknown = post(path, service_request_id="none", description="今晚又不亮了。")
    tried = post(path.replace("v2", "test/v2"), service_request_id=number, description="试一试")

    addition = Matter.objects.get(number=number).additions.get()
    assert added.json() == [{"update_id": str(addition.pk)}]
    assert addition.text == "今晚又不亮了。"
    assert unknown.status_code == 404
    assert tried.json() == [{"update_id": "test"}]


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"api_key": None}, 403, "请给出 api_key"),
        ({"api_key": "guess"}, 403, "api_key 无效"),
        ({"jurisdiction_id": "nowhere"}, 404, "没有 jurisdiction_id"),
        ({"service_code": None}, 400, "请给出 service_code"),
        ({"service_code": "none"}, 404, "没有 service_code"),
        ({"description": " "}, 400, "description"),
        ({"description": "字" * 4001}, 400, "description 太长"),
        ({"description": "a\0b"}, 400, "不能保存的字符"),
        ({"address_string": None}, 400, "请给出地点"),
        ({"address_string": "路" * 121}, 400, "address_string 太长"),
        ({"lat": "36"}, 400, "lat 与 long"),
        ({"lat": "91", "long": "120"}, 400, "lat 须是"),
        ({"email": "nobody"}, 400, "email"),
        ({"phone": "call me"}, 400, "phone"),
        ({"media_url": "file:///etc/passwd"}, 400, "media_url"),
        ({"media_url": "http://[bad"}, 400, "media_url"),
        ({"attribute[X]": "1"}, 400, "没有附加问题 attribute[X]"),
        ({"service_code": "drains"}, 400, "attribute[DEPTH] 必填"),
        ({"service_code": "drains", "attribute[DEPTH]": "neck"}, 400, "ankle、knee"),
        (
            {"service_code": "drains", "attribute[DEPTH]": "knee", "attribute[SINCE]": "long"},
            400,
            "attribute[SINCE] 须是",
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    post, drains: Category, fields: dict[str, str], status: int, said: str
) -> None:
    response = post(**fields)

    assert (response.status_code, response.json()[0]["code"]) == (status, status)
    assert said in response.json()[0]["description"]
    assert Matter.objects.count() == 0


def test_only_a_form_is_taken(client: Client, app: Registered, lamps: Category) -> None:
    response = client.post(
        REQUESTS, {"service_code": "lamps"}, "application/json", headers={"x-api-key": app.key}
    )

    assert response.status_code == 400
    assert "application/x-www-form-urlencoded" in response.json()[0]["description"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"nonsense"),
        ("multipart/form-data", b""),
        ("application/x-www-form-urlencoded; charset=gb2312", b"a=%B0"),
    ],
)
def test_a_broken_body_is_no_fault_of_ours(
    client: Client, app: Registered, lamps: Category, kind: str, body: bytes
) -> None:
    response = client.generic("POST", REQUESTS, body, kind, headers={"x-api-key": app.key})

    assert response.status_code == 400


def test_a_key_works_only_for_its_alliance_and_its_scopes(
    post, alliance: Alliance, secretariat: User, administrator: User
) -> None:
    port = Alliance.objects.create(
        slug="port", name="港区联盟", lead_a=alliance.lead_a, lead_b=alliance.lead_b
    )
    Category.objects.create(alliance=port, code="lamps", name_zh="路灯", name_en="Lamps")
    facts = {"name": "统计", "contact": "a@example.org"}
    reader = register_client(alliance=alliance, scopes=["read"], by=secretariat, **facts)
    everywhere = register_client(alliance=None, scopes=["report"], by=administrator, **facts)

    assert post(jurisdiction_id="port").status_code == 403
    assert post(api_key=reader.key).status_code == 403
    assert post(api_key=everywhere.key, jurisdiction_id="port").status_code == 200


def test_a_revoked_key_is_refused_for_reading_too(
    post, client: Client, app: Registered, secretariat: User
) -> None:
    assert post().status_code == 200
    revoke_client(client=app.client, by=secretariat)

    assert post().status_code == 403
    assert client.get(REQUESTS, {"api_key": app.key}).status_code == 403


def test_the_test_endpoint_checks_everything_and_keeps_nothing(post, client: Client) -> None:
    path = "/open311/test/v2/requests.json"
    before = LedgerEntry.objects.count()

    good, bad = post(path, {"idempotency-key": "1"}), post(path, description="")

    assert good.json()[0]["service_request_id"] == "test"
    assert "没有保存" in good.json()[0]["service_notice"]
    assert bad.status_code == 400
    assert (Matter.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert LedgerEntry.objects.count() == before


def test_the_same_request_sent_twice_is_one_matter_and_one_answer(post) -> None:
    again = {"idempotency-key": "3f1c"}

    first, second = post(headers=again), post(headers=again)

    assert first.json() == second.json()
    assert Matter.objects.count() == 1
    assert matter_by_token(first.json()[0]["token"]).number == first.json()[0]["service_request_id"]


def test_a_kept_answer_holds_nothing_that_can_be_read(post) -> None:
    [told] = post(headers={"idempotency-key": "3f1c"}).json()

    sealed = bytes(KeptAnswer.objects.get().sealed)

    assert told["token"].encode() not in sealed
    assert told["service_request_id"].encode() not in sealed


def test_one_idempotency_key_does_not_serve_two_requests(post) -> None:
    again = {"idempotency-key": "3f1c"}
    post(headers=again)

    other = post(headers=again, description="另一件事")

    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()[0]["description"]
    assert Matter.objects.count() == 1


def test_a_request_that_was_refused_may_be_mended_under_the_same_key(post) -> None:
    again = {"idempotency-key": "3f1c"}

    assert post(headers=again, description="").status_code == 400
    assert post(headers=again).status_code == 200


def test_too_many_requests_are_told_when_to_come_back(
    post, client: Client, alliance: Alliance, secretariat: User, settings
) -> None:
    slow = register_client(
        alliance=alliance,
        name="慢",
        contact="a@example.org",
        scopes=["read", "report"],
        per_minute=2,
        by=secretariat,
    )
    settings.API_PER_MINUTE = 1

    assert [post(api_key=slow.key).status_code for _ in range(3)][-1] == 429
    assert client.get("/api/v1/alliances").status_code == 200
    late = client.get("/api/v1/alliances")
    assert late.status_code == 429
    assert 1 <= int(late["Retry-After"]) <= 60
    with_key = {"x-api-key": slow.key}
    assert client.get("/api/v1/alliances", headers=with_key).status_code == 200
    caches["default"].clear()
