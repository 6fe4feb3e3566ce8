"""Reporting without an account: in one page, with or without scripts."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from binglian.domain.matters.contact_seal import opened
from binglian.domain.matters.models import Matter
from binglian.domain.places.models import Area
from binglian.web.matters.doubting import is_worked, new_token
from binglian.web.matters.report_islands import pin_map

from .conftest import REPORT, work_for

HINTS = REPORT + "hints/"


def photo(name: str = "a.jpg", size: tuple[int, int] = (30, 20)) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", size).save(written, "JPEG", comment=b"MARKER")
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def doubts(matter: Matter) -> str:
    events = matter.events.filter(what="doubted")
    return events[0].facts["signs"] if events else ""


def test_words_alone_are_enough(send):
    response = send()

    matter = Matter.objects.get()
    assert response.status_code == 302
    assert re.fullmatch(r"/m/[\w-]{32}/\?new=1", response["Location"])
    assert (matter.text, matter.state, matter.visibility) == ("路灯不亮", "received", "held")
    assert doubts(matter) == ""


def test_the_secret_link_is_shown_to_be_kept(client, send):
    page = client.get(send()["Location"]).content.decode()

    assert "请保存下面的链接" in page
    assert page.count("<svg") == 1
    assert re.search(r"http://testserver/m/[\w-]{32}/", page)


def test_everything_told_is_kept(send, drains):
    send(
        category=drains.pk,
        answer_depth="knee",
        longitude="120.33",
        latitude="36.07",
        address="中山路 66 号",
        courtyard="广兴里",
        photos=[photo(), photo()],
    )

    matter = Matter.objects.get()
    assert (matter.category, matter.answers) == (drains, {"depth": "knee"})
    assert (matter.longitude, matter.latitude) == (120.33, 36.07)
    assert (matter.address, matter.courtyard) == ("中山路 66 号", "广兴里")
    assert [(p.width, p.is_public, p.alternative) for p in matter.photos.all()] == [
        (30, False, "诉求照片 1"),
        (30, False, "诉求照片 2"),
    ]
    assert b"MARKER" not in bytes(matter.photos.first().image)


def test_a_contact_is_kept_only_with_consent_and_with_its_words(send):
    refused = send(phone="13900000000")
    assert (refused.status_code, Matter.objects.count()) == (422, 0)
    assert "留联系方式须先同意" in refused.content.decode()

    send(phone="13900000000", has_agreed="on")

    contact = Matter.objects.get().contact
    assert opened(bytes(contact.sealed), contact.matter_id).phone == "13900000000"
    assert contact.consent_text.startswith("我同意历史城区片区联盟为办理这件事使用")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "请写一句话"),
        ({"text": "长" * 4001}, "4000"),
        ({"is_place_unknown": ""}, "请写大致地点，或勾选"),
        ({"email": "nobody", "has_agreed": "on"}, "邮"),
        ({"phone": "call me", "has_agreed": "on"}, "电话只写数字"),
        ({"photos": [photo() for _ in range(5)]}, "最多 4 张照片"),
        ({"photos": [SimpleUploadedFile("a.jpg", b"no")]}, "第 1 张照片：这不是照片"),
    ],
)
def test_what_is_missing_is_said_at_its_place(send, fields, words):
    response = send(**fields)

    assert (response.status_code, Matter.objects.count()) == (422, 0)
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("seconds", "page", "signs"),
    [
        (60, {"website": "https://spam.example"}, "填了人看不见的栏目"),
        (1, {}, "打开页面几秒内就提交"),
        (90_000, {}, "页面凭据过期或不是本站发出的"),
        (60, {"work": "1"}, "浏览器没有完成后台校验（可能没有启用脚本）"),
    ],
)
def test_a_machine_is_doubted_but_nothing_is_lost(send, page_of, seconds, page, signs):
    response = send(page_of(seconds) | page)

    assert response.status_code == 302
    assert doubts(Matter.objects.get()) == signs


def test_the_same_page_sent_twice_is_doubted(send, page_of):
    page = page_of()
    send(page)
    send(page, text="路灯还是不亮")

    assert [doubts(m) for m in Matter.objects.order_by("id")] == ["", "同一页面重复提交"]


def test_without_scripts_a_person_looks_first(send, page_of):
    send(page_of(is_worked=False))

    assert doubts(Matter.objects.get()) == "浏览器没有完成后台校验（可能没有启用脚本）"


def test_many_links_are_doubted(send):
    send(text="看 http://a.example http://b.example http://c.example")

    assert doubts(Matter.objects.get()) == "内容含多个网址"


def test_a_flood_from_one_address_is_turned_away(send, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "report": "1/h/ip",
        "report_flood": "2/h/ip",
    }

    statuses = [send(text=f"第 {n} 件").status_code for n in range(3)]

    assert statuses == [302, 302, 429]


def test_the_work_is_the_number_the_page_asks_for():
    token = new_token()

    assert is_worked(token, work_for(token))
    assert [is_worked(token, wrong) for wrong in ("", "-1", "x", "٣", "1" * 13)] == [False] * 5


def test_what_somebody_reported_already_is_shown_first_and_can_be_joined(send, shown):
    same = {"text": "院里下水道堵塞，积水排不出去。"}

    asked = send(**same)
    assert (asked.status_code, Matter.objects.count()) == (422, 1)
    assert shown.public_text in asked.content.decode()

    send(**same, join=shown.pk)
    send(**same, seen_similar="1")

    joined, other = Matter.objects.order_by("id")[1:]
    assert (joined.state, joined.joined_to, other.state) == ("joined", shown, "received")


def test_me_too_needs_no_words(client, send, shown):
    assert shown.public_text in client.get(f"{REPORT}?join={shown.pk}").content.decode()

    send(text="", is_place_unknown="", join=shown.pk)

    joined = Matter.objects.exclude(pk=shown.pk).get()
    assert (joined.text, joined.joined_to) == ("我也遇到了同样的问题。", shown)
    assert joined.category == shown.category


def test_what_is_held_is_neither_shown_nor_joined(send, reported):
    response = send(text="院里下水道堵塞，积水排不出去。", join=reported.matter.pk)

    assert response.status_code == 302
    assert Matter.objects.exclude(pk=reported.matter.pk).get().state == "received"


def test_while_writing_the_category_and_its_questions_appear(client, drains):
    page = client.post(HINTS, {"text": "楼下下水道堵塞三天了"}).content.decode()

    assert f'<option value="{drains.pk}" selected>' in page
    assert "按您写的“下水道、堵塞”先选了这一类" in page
    assert "积水多深" in page


def test_a_category_chosen_by_hand_stays(client, drains, alliance):
    other = alliance.matter_categories.create(code="x", name_zh="路灯", name_en="Lamps")

    page = client.post(HINTS, {"text": "下水道堵塞", "category": other.pk, "suggested": drains.pk})

    assert 'id="category-field"' not in page.content.decode()


def test_danger_is_answered_with_the_numbers_to_call(client, alliance):
    page = client.post(HINTS, {"text": "楼上着火了"}).content.decode()

    assert [f"tel:{n}" in page for n in (110, 119, 120)] == [True] * 3
    assert "也可以继续提交" in page


def test_a_dangerous_text_is_sent_all_the_same(send):
    assert send(text="楼上着火了").status_code == 302


def test_what_is_written_is_shown_as_text(client, send):
    page = client.get(send(text="<script>alert(1)</script>")["Location"]).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_the_map_for_the_pin_shows_the_sub_districts_around(client, alliance):
    district = Area.objects.create(name="某区", kind="district")
    for name, parent in (("甲街道", district), ("乙街道", None)):
        Area.objects.create(
            name=name, kind="subdistrict", parent=parent, longitude=120.3, latitude=36.0
        )
    alliance.area = Area.objects.get(name="甲街道")
    alliance.save()

    assert [area["name"] for area in pin_map(alliance)["areas"]] == ["甲街道"]
    assert client.get(REPORT).status_code == 200
