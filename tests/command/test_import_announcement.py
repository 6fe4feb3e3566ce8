"""Claims on ``binglian import announcement``."""

import json

import pytest

from binglian.command.main import main
from binglian.domain.newsroom.models import NewsImport

TEXT = """柳河湾片区党建联盟成立
2025-10-23
10月23日，柳河湾片区党建联盟成立。联盟由市城市更新局、槐安路街道党工委共同牵头，\
临川文旅集团等23家成员单位签约。槐安路街道党工委书记贺敏宣读章程。
"""


@pytest.fixture
def file(tmp_path, alliance, administrator):
    path = tmp_path / "公告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def binglian(*arguments):
    return main(["import", "announcement", *arguments, "--alliance", "historic", "--lang", "zh"])


def test_a_dry_run_tells_and_keeps_nothing(file, capsys):
    assert binglian(file, "--dry-run", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["title"], told["published"], told["member_count"]) == (
        "柳河湾片区党建联盟成立",
        "2025-10-23",
        23,
    )
    assert [(one["name"], one["roles"]) for one in told["organisations"]] == [
        ("市城市更新局", ["lead"]),
        ("槐安路街道党工委", ["lead"]),
        ("临川文旅集团", ["signatory"]),
    ]
    assert NewsImport.objects.count() == 0


def test_what_was_read_waits_for_a_person_and_names_none(file, capsys):
    assert binglian(file) == 0

    kept = NewsImport.objects.get()
    assert f"/a/historic/news/import/{kept.pk}/" in capsys.readouterr().out
    assert kept.confirmed_at is None
    assert "贺敏" not in json.dumps(kept.told, ensure_ascii=False)


def test_the_json_alone_is_on_the_standard_output(file, capsys):
    assert binglian(file, "--json") == 0

    said = capsys.readouterr()
    assert json.loads(said.out)["title"] == "柳河湾片区党建联盟成立"
    address = f"/a/historic/news/import/{NewsImport.objects.get().pk}/"
    assert said.err == f"已存为待确认的导入稿，请到 {address} 核对确认。\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "这不是网页或文字稿"),
        (b"<html><body><a href='/'>x</a></body></html>", "没有读到正文"),
    ],
)
def test_what_is_no_page_is_refused_with_a_remedy(tmp_path, alliance, content, why, capsys):
    path = tmp_path / "x.html"
    path.write_bytes(content)

    assert binglian(str(path), "--dry-run") == 2
    assert why in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(alliance, capsys):
    assert binglian("nowhere.html") == 2
    assert "nowhere.html" in capsys.readouterr().err


def test_only_who_manages_members_may_keep_it(file, viewer, capsys):
    assert binglian(file, "--by", viewer.username) == 2
    assert NewsImport.objects.count() == 0
