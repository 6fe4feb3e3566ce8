"""Claims on the pages of offices' capacity and days, and on templates of networks."""

from datetime import date, timedelta

import pytest

from binglian.domain.alliance.models import today
from binglian.domain.projects.actions import create_project, save_precedence, save_task
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import Capacity, Precedence, Project, Template


@pytest.fixture
def project(alliance, giving, giver):
    made = create_project(
        alliance=alliance,
        owner=giving,
        by=giver,
        title_zh="里院修缮",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )
    survey, permit = (
        save_task(project=made, by=giver, title_zh=title, modes=[ModeFacts(4)])
        for title in ("测绘", "许可")
    )
    save_precedence(before=survey, after=permit, by=giver)
    return made


def test_an_office_says_how_much_it_can_do_at_once(giving, giver, client_of):
    client = client_of(giver)
    url = f"/a/historic/offices/{giving.pk}/"

    answer = client.post(f"{url}capacity/", {"cases": "3", "note": "两名经办"})
    listed = client.get("/a/historic/offices/").context["used"]
    lifted = client.post(f"{url}capacity/", {"cases": "", "is_unlimited": "on"})

    assert answer["Location"] == url
    assert [(one.organisation, one.cases) for one in listed] == [(giving, 3)]
    assert lifted["Location"] == url
    assert not Capacity.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"), [({}, "cases"), ({"cases": "4", "is_unlimited": "on"}, "is_unlimited")]
)
def test_saying_nothing_or_both_of_the_limit_leaves_it_and_asks(
    giving, giver, client_of, typed, field
):
    client = client_of(giver)
    url = f"/a/historic/offices/{giving.pk}/capacity/"
    client.post(url, {"cases": "3"})

    answer = client.post(url, typed)

    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])
    assert Capacity.objects.get().cases == 3


def test_an_office_says_that_it_can_do_more_from_august_on(giving, giver, client_of):
    client = client_of(giver)
    url = f"/a/historic/offices/{giving.pk}/"
    client.post(f"{url}capacity/", {"cases": "2"})
    august = today() + timedelta(days=30)

    client.post(f"{url}periods/", {"period-from_on": august, "period-cases": "3"})
    (added,) = client.get(url).context["periods"]
    (listed,) = client.get("/a/historic/offices/").context["used"]
    client.post(f"{url}periods/{added.pk}/remove/")

    assert (added.from_on, added.until_on, added.cases) == (august, None, 3)
    assert (listed.cases, listed.to_come) == (2, [added])
    assert list(client.get(url).context["periods"]) == []


def test_an_office_says_on_which_days_it_is_closed(giving, giver, client_of):
    client = client_of(giver)
    url = f"/a/historic/offices/{giving.pk}/"
    first = today() + timedelta(days=7)
    typed = {"from_on": first, "until_on": first, "is_open": "0", "reason": "搬迁"}
    typed = {f"closure-{name}": value for name, value in typed.items()}

    client.post(f"{url}days/", typed)
    added = client.get(url).context["closures"].get()
    client.post(f"{url}days/{added.pk}/remove/")

    assert (added.from_on, added.is_open, added.reason) == (first, False, "搬迁")
    assert list(client.get(url).context["closures"]) == []


def test_days_without_a_reason_are_asked_for_again(giving, giver, client_of):
    day = date(2027, 3, 1)
    typed = {"closure-from_on": day, "closure-until_on": day, "closure-is_open": "1"}

    answer = client_of(giver).post(f"/a/historic/offices/{giving.pk}/days/", typed)

    assert answer.status_code == 422
    assert list(answer.context["closure_form"].errors) == ["reason"]


def test_a_project_begins_with_the_network_of_another(project, giver, giving, client_of):
    client = client_of(giver)
    client.post(f"/a/historic/projects/{project.pk}/keep/", {"title": "里院"})
    template = Template.objects.get()
    listed = client.get("/a/historic/projects/kept/").context["rows"]
    form = client.get(f"/a/historic/projects/new/?template={template.pk}").context["form"]
    typed = {"kind": "courtyard", "title_zh": "东院", "owner": giving.pk, "starts_on": today()}

    answer = client.post("/a/historic/projects/new/", typed | {"template": template.pk})

    made = Project.objects.get(title_zh="东院")
    tie = Precedence.objects.get(after__project=made)
    assert [(one, count) for one, _kind, count in listed] == [(template, 2)]
    assert (form["kind"].value(), form["template"].value()) == ("courtyard", template.pk)
    assert answer["Location"] == f"/a/historic/projects/{made.pk}/"
    assert (tie.before.title_zh, tie.after.title_zh) == ("测绘", "许可")
