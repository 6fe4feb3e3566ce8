"""The pages of a site's books: what a click does, and what everybody may see."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
from django.test import Client
from django.utils.timezone import localtime, now
from icalendar import Calendar
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.checks.actions import announce_open_day
from binglian.domain.checks.models import (
    Contract,
    Donation,
    HandOut,
    OpenDay,
    SignUp,
    SupervisorNomination,
)
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project

DESK, PUBLIC = "/a/historic/", "/p/historic/"


@pytest.fixture
def site(alliance, giving, giver) -> Project:
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="地下空间综合体（示例）",
        kind="underground",
        features=[],
        starts_on=today(),
        is_public=True,
    )
    Project.objects.filter(pk=project.pk).update(state="baselined")
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def desk(client: Client, giver: User) -> Client:
    client.force_login(giver)
    return client


@pytest.fixture
def open_day(site, giver) -> OpenDay:
    starts_at = now() + timedelta(days=9)
    return announce_open_day(
        project=site,
        title_zh="开放日（示例）",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        meet_at="北门",
        capacity=3,
        by=giver,
    )


def goods_posted(site, **facts):
    lines = {"goods-TOTAL_FORMS": 2, "goods-INITIAL_FORMS": 0}
    lines |= {"goods-0-item": "矿泉水", "goods-0-quantity": 100, "goods-0-unit": "箱"}
    lines |= {"goods-0-unit_price": "24.50", "goods-1-item": ""}
    head = {
        "project": site.pk,
        "donor": "海关后社区（示例）",
        "receipt_number": "SJ-1",
        "given_on": str(today()),
        "are_no_wages": "on",
    }
    return lines | head | facts


def text_of(client: Client, path: str) -> str:
    """The words of a page's main part, without tags."""
    page = client.get(path).content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_goods_are_entered_handed_out_confirmed_and_public(
    desk, site, needing, giving, receiver, client_of
):
    answer = desk.post(f"{DESK}goods/new/", goods_posted(site, donor=needing.name))
    donation = Donation.objects.get()
    assert answer["Location"] == f"{DESK}goods/{donation.pk}/"
    assert "还没有公示的捐赠" in text_of(Client(), f"{PUBLIC}goods/")

    out = {"good": donation.goods.get().pk, "organisation": needing.pk, "quantity": 60}
    desk.post(f"{DESK}goods/{donation.pk}/hand-out/", out | {"on": str(today())})
    desk.post(f"{DESK}goods/{donation.pk}/publish/")
    client_of(receiver).post(f"{DESK}goods/hand-outs/{HandOut.objects.get().pk}/confirm/")

    told = text_of(Client(), f"{PUBLIC}goods/")
    assert "收到 2450.00 元 已发放 1470.00 元 结存 980.00 元" in told
    assert "矿泉水 24.50 100 箱 60 箱 40 箱" in told
    assert "海关后社区（示例） 60 箱" in told
    assert "已确认收到" in told


def test_a_private_donor_money_and_goods_for_wages_are_refused_on_the_form(desk, site, needing):
    for wrong, why in (
        ({"donor": "热心居民"}, "不接受个人捐赠"),
        ({"donor": needing.name, "goods-0-item": "现金"}, "这里只登记物资"),
        ({"donor": needing.name, "are_no_wages": ""}, "物资不抵工资"),
    ):
        answer = desk.post(f"{DESK}goods/new/", goods_posted(site, **wrong))
        assert (answer.status_code, why in answer.content.decode()) == (422, True)
    assert Donation.objects.count() == 0


def test_more_than_is_left_is_refused_in_words(desk, site, needing, giving):
    desk.post(f"{DESK}goods/new/", goods_posted(site, donor=needing.name))
    donation = Donation.objects.get()
    out = {"good": donation.goods.get().pk, "organisation": giving.pk, "quantity": 101}
    answer = desk.post(f"{DESK}goods/{donation.pk}/hand-out/", out | {"on": str(today())})

    assert (answer.status_code, "结存 100 箱，不够发放" in answer.content.decode()) == (422, True)


def test_a_contracts_file_gives_its_fingerprint_and_is_not_kept(desk, site, giving, needing):
    file = SimpleUploadedFile("合同.pdf", b"abc")
    facts = {"project": site.pk, "number": "HT-1", "title": "施工合同", "subject": "主体结构"}
    facts |= {"signed_on": str(today()), "parties": [giving.pk, needing.pk], "file": file}
    desk.post(f"{DESK}contracts/new/", facts)

    # FIPS 180-2, appendix B.1: the digest of «abc».
    assert Contract.objects.get().digest == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_signatory_signs_on_one_page_and_everybody_reads_it(
    desk, alliance, site, giving, needing, client_of, settings
):
    settings.DEMO = True  # one click stands for the phone
    facts = {"project": site.pk, "number": "HT-1", "title": "施工合同", "subject": "主体结构"}
    facts |= {"signed_on": str(today()), "parties": [giving.pk, needing.pk], "digest": "0" * 64}
    desk.post(f"{DESK}contracts/new/", facts)
    contract = Contract.objects.get()
    desk.post(f"{DESK}contracts/{contract.pk}/", {"text": "不送礼，不收礼。"})
    for party in (giving, needing):
        signatory = User.objects.create(username=f"signatory-{party.pk}")
        Appointment.objects.create(
            alliance=alliance,
            user=signatory,
            role=Role.SIGNATORY.value,
            organisation=party,
            from_on=today(),
        )
        client = client_of(signatory)
        path = f"{DESK}contracts/{contract.pk}/sign/{party.pk}/"
        page = client.get(path)
        said = {"consent": page.context["consent"], "agree": "on", "demonstration": "1"}
        assert client.post(path, said)["Location"] == f"{DESK}contracts/{contract.pk}/"

    (promise,) = contract.promises.all()
    told = text_of(Client(), f"{PUBLIC}integrity/{promise.pk}/")
    assert "不送礼，不收礼。" in told
    assert "signatory" not in told  # organisations promise, persons stay unnamed


def test_somebody_signs_up_without_an_account_and_stays_away(client, open_day):
    path = f"{PUBLIC}open-days/{open_day.pk}/"
    answer = client.post(path, {"people": 2, "phone": "13900001234", "has_agreed": "on"})
    mine = answer["Location"].partition("?")[0]

    assert "还剩 1 个名额" in text_of(client, f"{PUBLIC}open-days/")
    assert "已报名，到时见" in text_of(client, f"{mine}?new=1")
    client.post(f"{mine}withdraw/")

    assert "联系方式已删除" in text_of(client, mine)
    assert "还剩 3 个名额" in text_of(client, f"{PUBLIC}open-days/")
    assert bytes(SignUp.objects.get().sealed) == b""


def test_a_full_day_says_so_and_shows_no_form(client, open_day):
    path = f"{PUBLIC}open-days/{open_day.pk}/"
    facts = {"people": 3, "email": "visitor@example.org", "has_agreed": "on"}
    client.post(path, facts)

    page = client.get(path)
    assert (page.context["form"], "名额已满" in page.content.decode()) == (None, True)
    again = client.post(path, facts)
    assert (again.status_code, "名额已满" in again.content.decode()) == (422, True)


def test_nobody_is_asked_for_a_name_and_consent_is(client, open_day):
    answer = client.post(f"{PUBLIC}open-days/{open_day.pk}/", {"people": 1, "phone": "13900001234"})

    assert answer.status_code == 422
    assert list(answer.context["form"].fields) == ["people", "phone", "email", "has_agreed"]
    assert "请先勾选同意" in answer.content.decode()


def test_contacts_are_shown_to_the_sites_owner_for_a_reason(client, desk, open_day):
    Client().post(
        f"{PUBLIC}open-days/{open_day.pk}/",
        {"people": 1, "phone": "13900001234", "has_agreed": "on"},
    )
    path = f"{DESK}open-days/{open_day.pk}/"
    assert "13900001234" not in desk.get(path).content.decode()

    answer = desk.post(f"{path}contacts/", {"reason": "改时间，逐个告知"})

    assert "13900001234" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "改时间，逐个告知" in text_of(desk, path)


def test_an_open_day_is_moved_by_its_form(desk, open_day):
    later = localtime(open_day.starts_at) + timedelta(days=1)
    facts = {"title_zh": "开放日（示例）", "on": later.date(), "starts": "09:00", "ends": "11:00"}
    desk.post(f"{DESK}open-days/{open_day.pk}/edit/", facts | {"meet_at": "南门", "capacity": 3})
    moved = OpenDay.objects.get(pk=open_day.pk)

    assert (localtime(moved.starts_at).strftime("%H:%M"), moved.meet_at, moved.edition) == (
        "09:00",
        "南门",
        1,
    )


def test_the_calendar_of_open_days_has_its_time_zone(client, open_day):
    answer = client.get(f"{PUBLIC}open-days/calendar.ics")
    book = Calendar.from_ical(answer.content)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(zone["tzid"]) for zone in book.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert [str(one["location"]) for one in book.walk("VEVENT")] == ["北门"]


def test_no_page_asks_for_money():
    """Raising money from the public needs a qualification the platform does not have."""
    names = (
        "public_goods",
        "public_open_day",
        "public_open_days",
        "parts/public_books",
        "donation_form",
    )
    sources = [get_template(f"checks/{name}.html").template.source for name in names]
    asking = re.compile(r"捐款|募款|打赏|收款码|支付宝|微信支付|银行账号|扫码捐|捐一笔|转账")

    assert [found for source in sources for found in asking.findall(source)] == []


def test_a_project_that_is_not_public_has_no_pages_of_its_site(client, site, open_day):
    Project.objects.filter(pk=site.pk).update(is_public=False)

    assert client.get(f"{PUBLIC}open-days/{open_day.pk}/").status_code == 404


def test_the_page_that_supervises_a_project_shows_its_open_days_and_goods(
    client, desk, site, needing, open_day
):
    desk.post(f"{DESK}goods/new/", goods_posted(site, donor=needing.name))
    path = f"{PUBLIC}projects/{site.pk}/supervise/"
    assert "还没有登记捐赠物资" in text_of(client, path)

    desk.post(f"{DESK}goods/{Donation.objects.get().pk}/publish/")

    told = text_of(Client(), path)
    assert "还剩 3 个名额" in told
    assert "收到 2450.00 元，已发放 0.00 元，结存 2450.00 元" in told


def test_a_community_names_a_supervisor_who_files_and_is_answered_in_public(
    desk, alliance, site, needing, receiver, secretariat, client_of, mailoutbox
):
    community, office = client_of(receiver), client_of(secretariat)
    facts = {"organisation": needing.pk, "email": "resident@example.org"}
    facts |= {"chosen_how": "居民会议举手推选"}
    community.post(f"{DESK}supervisors/nominate/", facts)
    nominated = SupervisorNomination.objects.get()
    office.post(f"{DESK}supervisors/{nominated.pk}/decide/")
    assert [letter.to for letter in mailoutbox] == [["resident@example.org"]]

    supervisor = client_of(User.objects.get(email="resident@example.org"))
    seen = {"project": site.pk, "place": "北门围挡", "text": "围挡缺一块。"}
    path = supervisor.post(f"{DESK}observations/new/", seen)["Location"]
    desk.post(path, {"answer": "当天补齐。", "is_public": "on"})

    told = text_of(Client(), f"{PUBLIC}projects/{site.pk}/supervise/")
    assert "北门围挡 ：围挡缺一块。" in told
    assert "答复：当天补齐。" in told
    assert "海关后社区（示例）的群众监督员提出" in told
    assert "resident@example.org" not in told


def test_goods_leave_as_a_spreadsheet_whose_quantities_balance(desk, site, needing, giving):
    desk.post(f"{DESK}goods/new/", goods_posted(site, donor=needing.name))
    donation = Donation.objects.get()
    out = {"good": donation.goods.get().pk, "organisation": giving.pk, "quantity": 60}
    desk.post(f"{DESK}goods/{donation.pk}/hand-out/", out | {"on": str(today())})

    file = desk.get(f"{DESK}goods/export/?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert [row[name] for name in ("品名", "单价（元）", "收到", "已发放", "结存")] == [
        "矿泉水",
        "24.5",
        "100",
        "60",
        "40",
    ]
    assert row["接收单位"] == f"{giving.name} 60"


def test_a_list_of_goods_comes_in_from_the_template_or_says_which_cell_is_wrong(
    client_of, giver, giving, site
):
    desk = client_of(giver)
    template = desk.get(f"{DESK}goods/template/").content
    book = load_workbook(io.BytesIO(template))
    headings = [cell.value for cell in book.active[1]]
    row = {
        "收据编号": "SJ-9",
        "捐赠单位": giving.name,
        "工地": site.title_zh,
        "接收日期": today(),
        "品名": "毛巾",
        "计量单位": "条",
        "单价（元）": 8.9,
        "收到": 10,
        "结存": 9,
    }

    def sent(**cells):
        book.active.delete_rows(2)
        book.active.append([(row | cells).get(heading) for heading in headings])
        file = io.BytesIO()
        book.save(file)
        upload = SimpleUploadedFile("goods.xlsx", file.getvalue())
        return desk.post(f"{DESK}goods/import/", {"file": upload, "are_no_wages": "on"})

    wrong = sent()
    letter = get_column_letter(headings.index("结存") + 1)
    assert wrong.status_code == 422
    assert f"第 2 行 {letter} 列（结存）：对不上：应是 10" in wrong.content.decode()
    assert Donation.objects.count() == 0

    assert sent(结存=10)["Location"] == f"{DESK}goods/"
    told = text_of(desk, f"{DESK}goods/")
    assert "收到 89.00 元 = 已发放 0.00 元 + 结存 89.00 元" in told
