"""Problems of a check-up at the desk: brought in, found, marked on the need, settled."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binglian.domain.checkups.models import CheckupProblem

from .checkup_samples import checkup_samples

LIST = "/a/historic/checkups/"
FILE = "维度,指标,问题,责任单位,体检来源,年度\n住房,楼道安全,踏步松动,{who},示例区体检,2026\n"


@pytest.fixture
def found(alliance, needing, secretariat) -> CheckupProblem:
    pk = checkup_samples(alliance, needing, secretariat)["checkup_pk"]
    return CheckupProblem.objects.get(pk=pk)


def test_the_secretariat_imports_a_list_and_sees_it(alliance, needing, secretariat, client_of):
    client = client_of(secretariat)
    assert "导入体检问题" in client.get(LIST).content.decode()
    upload = SimpleUploadedFile("体检.csv", FILE.format(who=needing.name).encode())
    sent = client.post("/a/historic/import/checkup/", {"file": upload})
    draft = sent["Location"]
    dry_run = client.get(draft)
    assert alliance.checkup_problems.count() == 0
    client.post(draft, {"seen": dry_run.context["seen"]})

    page = client.get(LIST)
    assert [one.problem for one in page.context["rows"]] == ["踏步松动"]
    assert "解决 0 / 1" in page.content.decode()


def test_the_list_is_narrowed(found, viewer, client_of):
    client = client_of(viewer)

    shown = {
        query: len(client.get(f"{LIST}?{query}").context["rows"])
        for query in ("q=充电", "q=shequ", "q=nothing", "state=open", "state=resolved", "year=2025")
    }
    assert shown == {
        "q=充电": 1,
        "q=shequ": 1,
        "q=nothing": 0,
        "state=open": 1,
        "state=resolved": 0,
        "year=2025": 0,
    }


def test_the_needs_page_names_the_check_up_and_settles_it(found, secretariat, viewer, client_of):
    need, settle = f"/a/historic/needs/{found.need_id}/", f"{LIST}{found.pk}/settle/"
    seen = client_of(viewer).get(need).content.decode()
    assert ("来自城市体检" in seen, "示例区体检 · 2026" in seen, settle in seen) == (
        True,
        True,
        False,
    )

    client = client_of(secretariat)
    assert client.post(settle, {"evidence": ""}).status_code == 422
    client.post(settle, {"evidence": "验收单 7 号"})
    page = client.get(need).content.decode()
    assert ("已认定解决" in page, "验收单 7 号" in page, settle in page) == (True, True, False)


def test_an_export_holds_what_is_on_the_screen(found, viewer, client_of):
    sent = client_of(viewer).get(f"{LIST}export/?format=csv&state=open")

    assert b"".join(sent).decode("utf-8-sig").count("没有集中充电点") == 1
