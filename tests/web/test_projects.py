"""Claims on the pages of projects."""

import json
from datetime import date, timedelta

import pytest

from binglian.domain.alliance.models import today
from binglian.domain.projects import jobs
from binglian.domain.projects.actions import (
    adopt_catalogue,
    ask_plan,
    create_project,
    save_precedence,
    save_task,
)
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import PlanningRun, Project, Task
from binglian.web.projects.chart_words import chart_words
from tests.browser.gantt_page import WORDS

HTMX = {"HX-Request": "true"}
#: Three tasks: design and survey at once, then the permit.
DAYS = {"设计": 10, "测绘": 4, "许可": 5}


@pytest.fixture
def project(alliance, giving, needing, giver):
    made = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="里院修缮",
        title_en="Courtyard repair",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )
    tasks = {
        title: save_task(
            project=made, by=giver, title_zh=title, organisation=needing, modes=[ModeFacts(days)]
        )
        for title, days in DAYS.items()
    }
    save_precedence(before=tasks["设计"], after=tasks["许可"], by=giver)
    save_precedence(before=tasks["测绘"], after=tasks["许可"], by=giver)
    return made


@pytest.fixture
def plan(project, giver):
    run = ask_plan(alliance=project.alliance, project=project, by=giver, seconds=1)
    jobs.work_out_planning.call(run.pk)
    project.refresh_from_db()
    project.state = Project.State.RUNNING
    project.save()
    return project.current


def address(project: Project, rest: str = "") -> str:
    return f"/a/historic/projects/{project.pk}/{rest}"


def chart_on(client, project: Project) -> dict:
    page = client.get(address(project, f"plans/{project.current_id}/"))
    return page.context["chart"]


def test_the_approvals_a_project_needs_are_seen_before_it_is_made(
    alliance, secretariat, giver, client_of
):
    adopt_catalogue(alliance=alliance, by=secretariat)

    chosen = {"kind": "underground", "features": ["government", "heritage_zone"]}
    seen = client_of(giver).get("/a/historic/projects/new/", chosen, headers=HTMX)

    text = seen.content.decode()
    assert "27 项；一项接一项办，按承诺 216 个工作日，按法定 470 个" in text
    assert "<html" not in text


def test_a_project_is_made_with_its_network(alliance, secretariat, giver, giving, client_of):
    adopt_catalogue(alliance=alliance, by=secretariat)
    typed = {
        "kind": "underground",
        "features": ["government", "heritage_zone"],
        "title_zh": "地下空间",
        "owner": giving.pk,
        "starts_on": "2027-03-01",
    }

    answer = client_of(giver).post("/a/historic/projects/new/", typed)

    made = Project.objects.get()
    assert answer["Location"] == address(made)
    assert made.tasks.count() == 27


def test_a_plan_is_asked_for_and_followed(project, giver, client_of):
    client = client_of(giver)

    asked = client.post(address(project, "plans/ask/"), {"aim": "shortest", "seconds": "1"})
    run = PlanningRun.objects.get()
    waiting = client.get(asked["Location"])
    jobs.work_out_planning.call(run.pk)
    done = client.get(f"{asked['Location']}progress/", headers=HTMX)
    plan = project.plans.get()

    assert waiting.status_code == 200
    assert done["HX-Refresh"] == "true"
    assert client.get(asked["Location"])["Location"] == address(project, f"plans/{plan.pk}/")


def test_the_chart_and_the_table_show_the_same_plan(project, plan, viewer, client_of):
    page = client_of(viewer).get(address(project, f"plans/{plan.pk}/"))

    chart = page.context["chart"]
    first = date.fromisoformat(chart["from"])
    drawn = {
        one["id"]: (first + timedelta(days=one["start"]), first + timedelta(days=one["finish"] - 1))
        for one in chart["tasks"]
    }
    listed = {row.task_id: (row.starts_on, row.finishes_on) for row in page.context["rows"]}
    assert drawn == listed
    assert sorted(chart["links"]) == [(0, 2, "FS"), (1, 2, "FS")]


def test_only_who_keeps_the_project_may_drag(project, plan, giver, viewer, client_of):
    own = chart_on(client_of(giver), project)
    others = chart_on(client_of(viewer), project)

    assert (own["form"], all(one["movable"] for one in own["tasks"])) == ("moves", True)
    assert ("form" in others, any("movable" in one for one in others["tasks"])) == (False, False)


def test_what_was_dragged_is_saved_at_once_and_the_rest_follows(project, plan, giver, client_of):
    design = plan.rows.get(task__title_zh="设计")
    permit = plan.rows.get(task__title_zh="许可")
    later = design.starts_on + timedelta(days=7)
    edits = [{"task": design.task_id, "start": later.isoformat(), "duration": 10}]

    answer = client_of(giver).post(address(project, "plans/move/"), {"changes": json.dumps(edits)})

    new = project.plans.first()
    assert answer["Location"] == address(project, f"plans/{new.pk}/")
    assert (new.number, new.rows.get(task=design.task).starts_on) == (2, later)
    assert new.rows.get(task=permit.task).starts_on == permit.starts_on + timedelta(days=7)
    changes = client_of(giver).get(answer["Location"]).context["changes"]
    moved = {one.after.task.title_zh for _office, rows in changes["by_office"] for one in rows}
    assert moved == {"设计", "许可"}


@pytest.mark.parametrize("sent", ["", "[", '[{"task": 0}]', '[{"task": "x", "start": 1}]', "3"])
def test_edits_that_cannot_be_read_change_nothing(sent, project, plan, giver, client_of):
    answer = client_of(giver).post(address(project, "plans/move/"), {"changes": sent})

    assert (answer.status_code, project.plans.count()) == (409, 1)


def test_one_click_reports_and_comes_back(project, plan, receiver, client_of):
    client = client_of(receiver)
    week = client.get("/a/historic/week/")
    one, steps = week.context["awaited"][0]
    task = one.task

    answer = client.post(
        address(project, f"tasks/{task.pk}/report/"),
        {"event": steps[0].value, "on": today().isoformat(), "next": "/a/historic/week/"},
    )

    task.refresh_from_db()
    assert answer["Location"] == "/a/historic/week/"
    assert (task.state, task.started_on) == (Task.State.UNDER_WAY, today())


def test_a_report_never_sends_the_reader_to_another_site(project, plan, receiver, client_of):
    task = project.tasks.get(title_zh="设计")

    answer = client_of(receiver).post(
        address(project, f"tasks/{task.pk}/report/"),
        {"event": "accepted", "on": today().isoformat(), "next": "https://example.org/"},
    )

    assert answer["Location"] == address(project, f"tasks/{task.pk}/")


def test_a_slip_is_taken_back(project, plan, receiver, client_of):
    client, task = client_of(receiver), project.tasks.get(title_zh="设计")
    url = address(project, f"tasks/{task.pk}/")
    client.post(f"{url}report/", {"event": "accepted", "on": today().isoformat()})

    client.post(f"{url}take-back/", {"report": task.reports.get().pk, "why": "点错了"})

    task.refresh_from_db()
    assert task.state == Task.State.WAITING


def test_who_is_awaited_comes_with_what_it_holds_up(project, plan, needing, viewer, client_of):
    page = client_of(viewer).get("/a/historic/awaited/")

    told = [
        (office, [(one.task.title_zh, len(one.holds_up)) for one in rows])
        for office, rows in page.context["by_office"]
    ]
    assert told == [(needing, [("设计", 1), ("测绘", 1)])]


def test_what_if_answers_beside_the_plan_and_writes_nothing(project, plan, giver, client_of):
    design = project.tasks.get(title_zh="设计")

    answer = client_of(giver).get(
        address(project, "what-if/"), {f"days-{design.pk}": 6}, headers=HTMX
    )

    shown = answer.context["answer"]
    assert (shown.now.working_days, shown.then.working_days) == (15, 11)
    assert answer.context["asked"] == ["“设计”改为 6 个工作日"]
    assert design.modes.get().days == 10


def test_what_if_is_kept_and_adopted_as_a_new_version(project, plan, giver, client_of):
    client, design = client_of(giver), project.tasks.get(title_zh="设计")
    client.post(address(project, "what-if/"), {f"days-{design.pk}": 6, "title": "快四天"})
    kept = project.what_ifs.get()
    page = client.get(address(project, f"what-if/{kept.pk}/"))

    client.post(address(project, "what-if/adopt/"), {"kept": kept.pk})

    assert page.context["answer"].gained_days == 4
    assert (design.modes.get().days, project.plans.first().working_days) == (6, 11)


def test_another_version_is_worked_by_once_adopted(project, plan, giver, client_of):
    run = ask_plan(alliance=project.alliance, project=project, by=giver, seconds=1)
    jobs.work_out_planning.call(run.pk)
    second = project.plans.first()

    client_of(giver).post(address(project, f"plans/{second.pk}/adopt/"))

    project.refresh_from_db()
    assert (second.number, project.current) == (2, second)


def test_a_baseline_goes_before_both_leads(project, plan, giver, client_of):
    client = client_of(giver)

    client.post(address(project, f"plans/{plan.pk}/baseline/"))

    page = client.get(address(project, f"plans/{plan.pk}/"))
    assert page.context["decision"].act == "projects.baseline"


def test_the_public_sees_a_public_project_and_no_other(project, plan, giver, client):
    url = f"/p/historic/projects/{project.pk}/"
    before = client.get(url).status_code
    project.is_public = True
    project.save()
    task = project.tasks.get(title_zh="设计")
    task.note = "内部备注"
    task.save()

    page = client.get(url)

    assert (before, page.status_code) == (404, 200)
    assert "内部备注" not in page.content.decode()
    assert "/tasks/" not in page.content.decode()
    assert {"url", "movable"} & {
        key for one in page.context["chart"]["tasks"] for key in one
    } == set()


def test_the_catalogue_is_kept_by_the_secretariat(alliance, secretariat, viewer, client_of):
    client_of(secretariat).post("/a/historic/catalogue/adopt/")
    item = alliance.approval_items.get(code="13")
    before = {link.before.code for link in item.links_before.all()}
    url = f"/a/historic/catalogue/{item.pk}/"
    form = client_of(secretariat).get(url).context["form"]
    typed = {name: value for name, value in form.initial.items() if value not in (None, "")}
    typed |= {"pledged_days": 5, "papers": "\n".join(item.papers)}

    answer = client_of(secretariat).post(url, typed)

    item.refresh_from_db()
    assert (answer.status_code, item.pledged_days) == (302, 5)
    assert {link.before.code for link in item.links_before.all()} == before
    assert client_of(viewer).get(url).context["form"] is None


def test_a_version_is_not_taken_for_another_projects(
    project, plan, alliance, giving, giver, client_of
):
    other = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="别的项目",
        kind="other",
        features=[],
        starts_on=today(),
    )

    assert client_of(giver).get(address(other, f"plans/{plan.pk}/")).status_code == 404


def test_the_list_costs_the_same_for_one_project_and_for_three(
    project, plan, alliance, giving, giver, viewer, client_of, django_assert_max_num_queries
):
    client = client_of(viewer)
    for number in range(3):
        create_project(
            alliance=alliance,
            owner=giving,
            by=giver,
            title_zh=f"项目{number}",
            kind="other",
            features=[],
            starts_on=today(),
        )
    client.get("/a/historic/projects/")

    with django_assert_max_num_queries(20):
        page = client.get("/a/historic/projects/")
    assert len(page.context["rows"]) == 4


def test_every_word_of_the_chart_is_given():
    assert set(chart_words(by_project=True)) == set(WORDS)
