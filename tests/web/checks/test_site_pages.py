"""The pages of a site: who builds it, its day, checklists, inspections by plan and by lot."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Appointment, today
from binglian.domain.checks.actions import (
    bring_into_force,
    enter_team,
    name_unit,
    plan_inspection,
    report_day,
)
from binglian.domain.checks.models import Checklist, Draw, Finding, Inspection, Team, TeamDay
from binglian.domain.projects.actions import create_project
from binglian.domain.projects.models import Project
from tests.web.checks.test_books_pages import text_of
from tests.web.news_samples import photograph

DESK = "/a/historic/"


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
    Project.objects.filter(pk=project.pk).update(state=Project.State.RUNNING)
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def team(site, needing, giver) -> Team:
    name_unit(project=site, organisation=needing, role="contractor", by=giver)
    return enter_team(
        project=site,
        organisation=needing,
        name="支护班",
        flag="pioneer",
        headcount=40,
        task="基坑支护",
        by=giver,
    )


@pytest.fixture
def inspector(alliance) -> User:
    user = User.objects.create(username="inspector")
    Appointment.objects.create(
        alliance=alliance, user=user, role=Role.INSPECTOR.value, from_on=today()
    )
    return user


@pytest.fixture
def edges(alliance, secretariat) -> Checklist:
    return bring_into_force(
        alliance=alliance,
        code="edges",
        family="quality",
        title_zh="临边防护",
        items=[("临边有防护", "Edges are guarded"), ("通道畅通", "")],
        by=secretariat,
    )


@pytest.fixture
def planned(site, edges, inspector, secretariat) -> Inspection:
    return plan_inspection(
        project=site, checklist=edges, inspector=inspector, due_on=today(), by=secretariat
    )


def verdicts(inspection: Inspection, *said: str) -> dict[str, str]:
    points = inspection.checklist.items.values_list("pk", flat=True)
    answers = {f"item-{point}": one for point, one in zip(points, said, strict=True)}
    return answers | {"key": str(uuid4()), "words": "总体较好"}


def test_the_owner_names_units_and_enters_teams(client_of, giver, site, needing):
    desk = client_of(giver)
    address = f"{DESK}sites/{site.pk}/"
    desk.post(f"{address}units/new/", {"organisation": needing.pk, "role": "contractor"})
    facts = {"organisation": needing.pk, "name": "支护班", "headcount": 40, "task": "基坑支护"}
    answer = desk.post(f"{address}teams/new/", facts | {"flag": "pioneer"})
    assert answer["Location"] == address

    told = text_of(desk, address)
    assert "支护班 工人先锋号 · 创建中 海关后社区（示例） 未上报 / 40" in told
    assert "施工单位 海关后社区（示例）" in told


def test_an_impossible_unit_is_refused_on_the_form(client_of, giver, site, needing, team):
    facts = {"organisation": needing.pk, "role": "contractor"}
    answer = client_of(giver).post(f"{DESK}sites/{site.pk}/units/new/", facts)
    assert (answer.status_code, "已登记为这一身份" in answer.content.decode()) == (422, True)


def test_a_flag_is_awarded_and_revoked_on_the_teams_page(client_of, giver, team):
    desk = client_of(giver)
    address = f"{DESK}sites/teams/{team.pk}/"
    desk.post(f"{address}award/", {"words": "市总工会 18 号"})
    assert "工人先锋号 · 已授予 · 市总工会 18 号" in text_of(desk, address)
    desk.post(f"{address}revoke/", {"words": "发生事故"})
    assert "旗帜 普通班组" in text_of(desk, address)
    desk.post(f"{address}end/")
    assert "已退场" in text_of(desk, address)


def test_the_teams_own_organisation_reports_its_day(client_of, receiver, giver, site, team):
    desk = client_of(receiver)
    address = f"{DESK}sites/teams/{team.pk}/report/"
    facts = {"on": str(today()), "headcount": 30, "trained": 27, "owes_wages": "yes"}
    missing = desk.post(address, facts | {"owes_wages": ""})
    assert missing.status_code == 422
    with_board = facts | {"board": photograph_file()}
    assert desk.post(address, with_board)["Location"] == f"{DESK}sites/{site.pk}/"

    told = text_of(desk, f"{DESK}sites/{site.pk}/")
    assert "有拖欠工资 ：支护班" in told
    assert "到场 30 人 安全教育 90%（27 人）" in told
    day = TeamDay.objects.get()
    board = desk.get(f"{DESK}sites/days/{day.pk}/board/")
    assert (board["Content-Type"], board["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert client_of(giver).get(address).status_code == 403


def test_another_days_figures_are_shown_and_nonsense_is_no_day(client_of, receiver, site, team):
    yesterday = today() - timedelta(days=1)
    report_day(team=team, headcount=12, trained=12, owes_wages=False, on=yesterday, by=receiver)
    desk = client_of(receiver)
    assert "到场 12 人 安全教育 100%（12 人）" in text_of(
        desk, f"{DESK}sites/{site.pk}/?on={yesterday}"
    )
    assert "还没有人到场" in text_of(desk, f"{DESK}sites/{site.pk}/")
    assert desk.get(f"{DESK}sites/{site.pk}/?on=soon").status_code == 404


def test_shipped_lists_are_taken_by_one_click_and_changed_to_a_new_version(client_of, secretariat):
    desk = client_of(secretariat)
    assert "启用自带的检查表" in text_of(desk, f"{DESK}checklists/")
    desk.post(f"{DESK}checklists/take/")
    first = Checklist.objects.order_by("pk").first()
    form = {"title_zh": first.title_zh, "family": first.family, "items": "临边有防护｜Guarded\n\n"}
    answer = desk.post(f"{DESK}checklists/{first.pk}/edit/", form)

    second = Checklist.objects.get(code=first.code, version=2)
    assert answer["Location"] == f"{DESK}checklists/{second.pk}/"
    assert [(one.text_zh, one.text_en) for one in second.items.all()] == [("临边有防护", "Guarded")]
    assert "第 1 版 · 已停用" in text_of(desk, f"{DESK}checklists/{first.pk}/")
    desk.post(f"{DESK}checklists/{second.pk}/retire/")
    assert not Checklist.objects.filter(code=first.code, replaced_at=None).exists()


def test_an_own_list_shows_as_typed_when_it_is_changed(client_of, secretariat, edges):
    desk = client_of(secretariat)
    page = desk.get(f"{DESK}checklists/{edges.pk}/edit/").content.decode()
    assert "临边有防护 | Edges are guarded\n通道畅通</textarea>" in page
    new = {"title_zh": "自己的", "family": "bottom_line", "items": "有人值守"}
    desk.post(f"{DESK}checklists/new/", new)
    made = Checklist.objects.get(title_zh="自己的")
    assert (made.version, made.code[:4]) == (1, "own-")
    too_long = desk.post(f"{DESK}checklists/new/", new | {"items": "长" * 201})
    assert "第 1 项太长" in too_long.content.decode()


def test_the_secretariat_plans_and_the_inspector_sees_what_waits(
    client_of, secretariat, inspector, site, edges
):
    form = {"project": site.pk, "checklist": edges.pk, "inspector": inspector.pk}
    client_of(secretariat).post(f"{DESK}inspections/plan/", form | {"due_on": str(today())})
    planned = Inspection.objects.get()
    assert (planned.inspector, planned.draw) == (inspector, None)
    waiting = client_of(inspector).get(f"{DESK}inspections/").content.decode()
    assert f'href="{DESK}inspections/{planned.pk}/">去检查' in waiting


def test_a_draw_shows_its_seed_and_everything_that_was_in_it(
    client_of, secretariat, inspector, site, edges
):
    desk = client_of(secretariat)
    before = text_of(desk, f"{DESK}inspections/draw/")
    assert "工地 地下空间综合体（示例） 检查员 inspector" in before
    form = {"checklist": edges.pk, "count": 1, "due_on": str(today())}
    answer = desk.post(f"{DESK}inspections/draw/", form)
    draw = Draw.objects.get()
    assert answer["Location"] == f"{DESK}inspections/draws/{draw.pk}/"
    told = text_of(desk, answer["Location"])
    assert draw.seed in told
    assert f"工地 {site.pk} 地下空间综合体（示例） 检查员 {inspector.pk} inspector" in told
    too_many = desk.post(f"{DESK}inspections/draw/", form | {"count": 2})
    assert (too_many.status_code, Draw.objects.count()) == (422, 1)


def test_without_lists_or_inspectors_the_page_says_what_to_do_first(client_of, secretariat):
    told = text_of(client_of(secretariat), f"{DESK}inspections/")
    assert "还没有检查表，先启用一套。" in told
    assert "还没有检查员。" in told


def test_an_inspection_is_filled_in_once_and_a_point_not_met_leads_to_a_finding(
    client_of, inspector, planned
):
    desk, address = client_of(inspector), f"{DESK}inspections/{planned.pk}/"
    said = verdicts(planned, "met", "not_met")
    half = {name: one for name, one in said.items() if one != "not_met"}
    assert "第 2 项还没有结果。" in desk.post(address, half).content.decode()
    told = desk.post(address, said, headers={"Accept": "application/json"}).json()
    assert told == {"number": "临边防护", "url": address}
    # The answer was lost on the way: the phone sends the same again and hears the same.
    assert desk.post(address, said, headers={"Accept": "application/json"}).json() == told

    point = planned.checklist.items.get(number=2)
    form = f"{DESK}findings/new/{planned.project_id}/?inspection={planned.pk}&amp;item={point.pk}"
    assert form in desk.get(address).content.decode()
    shown = desk.get(form.replace("&amp;", "&")).content.decode()
    assert f'<option value="{point.pk}" selected>' in shown
    assert re.search(rf'name="inspection" value="{planned.pk}"', shown)
    desk.post(
        f"{DESK}findings/new/{planned.project_id}/",
        {
            "key": str(uuid4()),
            "inspection": planned.pk,
            "item": point.pk,
            "family": "safety",
            "what": "北侧堆料",
            "place": "北侧",
            "grade": "general",
            "organisation": planned.project.owner_id,
            "due_on": str(today()),
        },
    )
    finding = Finding.objects.get()
    assert (finding.inspection, finding.family, finding.standard) == (
        planned,
        "quality",
        "通道畅通",
    )
    assert finding.number in text_of(desk, address)


def test_only_its_inspector_fills_it_in_and_others_read_the_points(client_of, secretariat, planned):
    desk, address = client_of(secretariat), f"{DESK}inspections/{planned.pk}/"
    assert "1. 临边有防护 2. 通道畅通" in text_of(desk, address)
    assert "提交检查结果" not in text_of(desk, address)
    assert desk.post(address, verdicts(planned, "met", "met")).status_code == 403


def test_strangers_see_nothing_of_a_site(client_of, outsider, planned, team):
    stranger = client_of(outsider)
    for path in (f"sites/{planned.project_id}/", f"inspections/{planned.pk}/", "checklists/"):
        assert stranger.get(DESK + path).status_code == 404
    assert Client().get(f"{DESK}sites/").status_code == 302


def photograph_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("board.jpg", photograph(), "image/jpeg")


def test_what_a_supervisor_saw_is_filed_with_a_photo_and_becomes_a_notice(
    client_of, alliance, site, needing, inspector, giver
):
    supervisor = User.objects.create(username="supervisor")
    Appointment.objects.create(
        alliance=alliance,
        user=supervisor,
        role=Role.SUPERVISOR.value,
        organisation=needing,
        from_on=today(),
    )
    seen = {"project": site.pk, "place": "三层北侧", "text": "栏杆少一段。"}
    answer = client_of(supervisor).post(
        f"{DESK}observations/new/", seen | {"photo": photograph_file()}
    )
    page = answer["Location"]
    photo = client_of(giver).get(f"{page}photo/")
    assert (photo["Content-Type"], photo["Cache-Control"]) == ("image/jpeg", "private, no-store")

    desk = client_of(inspector)
    assert "三层北侧" in text_of(desk, f"{DESK}findings/")
    pk = page.rstrip("/").rsplit("/", 1)[1]
    form = f"{DESK}findings/new/{site.pk}/"
    assert "栏杆少一段。" in text_of(desk, f"{form}?observation={pk}")
    facts = {
        "key": str(uuid4()),
        "observation": pk,
        "what": "栏杆少一段。",
        "place": "三层北侧",
        "grade": "general",
        "family": "safety",
        "standard": "连续牢固",
        "organisation": site.owner_id,
        "due_on": str(today()),
    }
    desk.post(form, facts)

    assert "已转为整改" in text_of(client_of(supervisor), page)
    assert "三层北侧" not in text_of(desk, f"{DESK}findings/").split("等您办理")[0]


def test_who_builds_the_site_is_told_to_stand_back(client_of, alliance, site, giving, inspector):
    Appointment.objects.create(
        alliance=alliance,
        user=inspector,
        role=Role.SIGNATORY.value,
        organisation=giving,
        from_on=today(),
    )
    answer = client_of(inspector).get(f"{DESK}findings/new/{site.pk}/")

    assert (answer.status_code, "须回避" in answer.content.decode()) == (409, True)


def test_an_accident_stands_on_the_teams_page_and_takes_the_award_away(
    client_of, giver, secretariat, team
):
    address = f"{DESK}sites/teams/{team.pk}/"
    told = {"on": str(today()), "what": "吊物坠落，无人受伤。"}
    client_of(giver).post(f"{address}accident/", told)
    page = text_of(client_of(giver), address)
    assert "发生过事故，三年内不能授予旗帜" in page
    assert "评上了？登记授予" not in page

    accident = team.accidents.get()
    client_of(secretariat).post(
        f"{DESK}sites/accidents/{accident.pk}/withdraw/", {"reason": "报错了队伍"}
    )
    assert "评上了？登记授予" in text_of(client_of(giver), address)


def test_a_day_that_the_phone_kept_is_taken_once_and_answered_with_its_name(
    client_of, receiver, site, team
):
    desk = client_of(receiver)
    address = f"{DESK}sites/teams/{team.pk}/report/"
    facts = {"key": str(uuid4()), "on": str(today()), "headcount": 30, "trained": 27}
    asking = {"HTTP_ACCEPT": "application/json"}
    missing = desk.post(address, facts, **asking)
    assert (missing.status_code, len(missing.json()["problems"])) == (422, 1)

    for _again in range(2):
        answer = desk.post(address, facts | {"owes_wages": "no"}, **asking)
        assert answer.json() == {
            "number": f"{team} · {today()}",
            "url": f"{DESK}sites/{site.pk}/",
        }
    assert TeamDay.objects.count() == 1
