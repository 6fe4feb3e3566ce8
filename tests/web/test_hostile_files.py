"""Every door that takes a file, and files sent to do harm: refused by what they are, not by name.

What is kept is a picture of our own making, or a file that browsers only ever save.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import binglian
from binglian.domain.alliance.models import ImportDraft
from binglian.domain.heritage.models import PlaceFile
from binglian.domain.matters.models import Matter
from binglian.domain.newsroom.models import NewsImport, NewsPicture
from binglian.domain.projects.models import Task
from tests.web import hostile_files as hostile

from .news_samples import photograph
from .place_samples import place_samples
from .route_samples import planned_project
from .test_agreements import draft, frozen  # noqa: F401

# What a file is told by does not depend on the database.
pytestmark = pytest.mark.once

WEB = Path(binglian.__file__).parent / "web"
ROOT = Path(__file__).parents[2]

NO_PICTURES = {
    "svg": hostile.SVG,
    "html": hostile.HTML,
    "program": hostile.PROGRAM,
    "polyglot": hostile.POLYGLOT,
    "pixel bomb": hostile.pixel_bomb(),
}
NO_LISTS = {
    "svg": hostile.SVG,
    "program": hostile.PROGRAM,
    "packed bomb": hostile.packed_bomb(),
    "lying bomb": hostile.lying_bomb(),
    "entity bomb": hostile.entity_bomb(),
    "prying": hostile.prying_workbook(),
}


def named(content: bytes, name: str, media_type: str = "") -> SimpleUploadedFile:
    """The file as somebody sends it who lies about its name and type."""
    return SimpleUploadedFile(name, content, media_type or "image/jpeg")


def test_a_report_takes_pictures_only(alliance, client) -> None:
    def sent(content: bytes) -> tuple[int, bool]:
        facts = {"text": "积水", "photos": [named(content, "院里.jpg")]}
        answer = client.post("/p/historic/report/", facts)
        return answer.status_code, "第 1 张照片" in answer.content.decode()

    answers = {kind: sent(content) for kind, content in NO_PICTURES.items()}

    assert answers == dict.fromkeys(NO_PICTURES, (422, True))
    assert Matter.objects.count() == 0


def test_an_announcement_takes_pictures_only(alliance, giving, giver, client_of) -> None:
    facts = {
        **{"organisation": giving.pk, "title": "开放日", "summary": "欢迎", "body": "欢迎。"},
        **{"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-alternative": "院门"},
    }
    desk = client_of(giver)

    def sent(content: bytes) -> int:
        picture = {"form-0-file": named(content, "院门.png", "image/png")}
        return int(desk.post("/a/historic/news/new/", facts | picture).status_code)

    assert {kind: sent(content) for kind, content in NO_PICTURES.items()} == dict.fromkeys(
        NO_PICTURES, 422
    )
    assert NewsPicture.objects.count() == 0


@pytest.fixture
def place(alliance, giving, secretariat) -> int:
    project = planned_project(alliance, giving, secretariat)
    return int(place_samples(alliance, giving, project, secretariat)["place_pk"])


def test_a_place_takes_pictures_and_papers_only(place, secretariat, client_of) -> None:
    before = PlaceFile.objects.count()
    desk = client_of(secretariat)

    def sent(content: bytes) -> int:
        facts = {"file": named(content, "测绘.pdf", "application/pdf"), "caption_zh": "测绘"}
        return int(desk.post(f"/a/historic/places/{place}/files/", facts).status_code)

    assert {kind: sent(content) for kind, content in NO_PICTURES.items()} == dict.fromkeys(
        NO_PICTURES, 422
    )
    assert PlaceFile.objects.count() == before


def test_a_paper_is_only_ever_a_file_to_keep(place, secretariat, client_of, client) -> None:
    """A PDF may hold scripts and forms: it is never opened, and no browser shows it as ours."""
    paper = (
        b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj" + hostile.HTML
    )
    sent = {"file": named(paper, "x.html", "text/html"), "caption_zh": "测绘", "is_public": "on"}
    desk = client_of(secretariat)
    desk.post(f"/a/historic/places/{place}/files/", sent)
    kept = PlaceFile.objects.order_by("-pk")[0]

    for answer in (
        desk.get(f"/a/historic/places/{place}/files/{kept.pk}/"),
        client.get(f"/p/historic/places/{place}/files/{kept.pk}/"),
    ):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_of_our_own_making(place, secretariat, client_of) -> None:
    """What was hidden behind the pixels does not come through, and it is no page of ours."""
    sent = {"file": named(photograph() + hostile.HTML, "x.html", "text/html"), "caption_zh": "院门"}
    desk = client_of(secretariat)
    desk.post(f"/a/historic/places/{place}/files/", sent)
    kept = PlaceFile.objects.order_by("-pk")[0]

    answer = desk.get(f"/a/historic/places/{place}/files/{kept.pk}/")

    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert hostile.SCRIPT not in answer.content


@pytest.mark.parametrize("door", ["import/offers/", "matters/catalogue/import/"])
def test_a_list_is_read_only_when_reading_it_is_safe(
    alliance, secretariat, client_of, door
) -> None:
    desk = client_of(secretariat)

    def sent(content: bytes, name: str) -> tuple[int, bool]:
        answer = desk.post(f"/a/historic/{door}", {"file": named(content, name)})
        return answer.status_code, b"root:" in answer.content

    for name in ("清单.xlsx", "清单.csv"):
        answers = {kind: sent(content, name) for kind, content in NO_LISTS.items()}
        assert answers == dict.fromkeys(NO_LISTS, (422, False))
    assert ImportDraft.objects.count() == 0


def test_a_plan_is_read_only_when_reading_it_is_safe(
    alliance, giving, secretariat, client_of
) -> None:
    project = planned_project(alliance, giving, secretariat)
    before = Task.objects.count()
    desk = client_of(secretariat)
    files = NO_LISTS | {"prying plan": hostile.prying_plan()}

    def sent(content: bytes) -> tuple[bool, bool]:
        sent = {"file": named(content, "计划.xml")}
        answer = desk.post(f"/a/historic/projects/{project.pk}/import/", sent)
        return bool(answer.context["draft"].errors), b"root:" in answer.content

    assert {kind: sent(content) for kind, content in files.items()} == dict.fromkeys(
        files, (True, False)
    )
    assert Task.objects.count() == before


def test_a_saved_page_is_read_as_words_and_never_shown_as_a_page(
    alliance, secretariat, client_of
) -> None:
    page = (
        b"<h1>\xe5\x85\xac\xe5\x91\x8a</h1><p onclick=alert(1)>\xe4\xbb\x8a\xe5\xa4\xa9"
        + hostile.SCRIPT
    )
    desk = client_of(secretariat)

    answer = desk.post("/a/historic/news/import/", {"file": named(page, "a.html")}, follow=True)

    text = answer.content.decode()
    assert (answer.status_code, NewsImport.objects.count()) == (200, 1)
    assert ("taken over" in text, "onclick" in text) == (False, False)


def test_a_scan_is_what_it_says_and_a_file_to_keep(
    frozen,  # noqa: F811
    giving,
    secretariat,
    client_of,
) -> None:
    desk, path = client_of(secretariat), f"{frozen.path}paper/{giving.pk}/"
    for content in (hostile.SVG, hostile.HTML, hostile.PROGRAM, hostile.POLYGLOT):
        answer = desk.post(path, {"scan": named(content, "scan.pdf", "application/pdf")})
        assert answer.status_code == 409

    desk.post(path, {"scan": named(b"%PDF-1.7" + hostile.HTML, 'a"\r\nX-Bad: 1.html')})

    kept = desk.get(f"{path}scan/")
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment; filename")
    assert "X-Bad" not in kept


def test_every_field_that_takes_a_file_is_in_the_threat_model() -> None:
    """A new door for files is noticed: it belongs into the table with its limits."""
    table = (ROOT / "docs/threat-model.md").read_text()
    fields = [
        f"{path.relative_to(WEB)}:{target.id}"
        for path in sorted(WEB.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).endswith(("FileField", "ImageField", "PhotosField"))
        for target in node.targets
        if isinstance(target, ast.Name)
    ]

    assert len(fields) > 8
    assert [field for field in fields if f"`{field}`" not in table] == []
