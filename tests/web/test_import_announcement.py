"""From a saved page to a draft and members put forward, by the hand of a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binglian.domain.alliance.models import Membership, Organisation
from binglian.domain.newsroom.actions import discard_old_imports
from binglian.domain.newsroom.models import Announcement, NewsImport

IMPORT = "/a/historic/news/import/"
TEXT = """片区党建联盟成立
2025-10-23
10月23日，片区党建联盟成立。联盟由临川建设集团、槐安路街道党工委共同牵头，\
临川文旅集团、三和茶社、临川市建筑设计研究院等成员单位签约。槐安路街道党工委书记贺敏宣读章程。
"""


@pytest.fixture
def client(alliance, giving, secretariat, client_of):
    Organisation.objects.filter(pk=giving.pk).update(name="临川建设集团有限公司")
    return client_of(secretariat)


@pytest.fixture
def address(client):
    """The page of what was read."""
    answer = client.post(IMPORT, {"pasted": TEXT})
    assert answer.status_code == 302
    return answer.url


def sent(client, address, **changed):
    """What the browser sends when nothing was touched but ``changed``."""
    context = client.get(address).context
    told = {name: context["form"][name].value() or "" for name in context["form"].fields}
    for row in context["rows"]:
        for name in row.form.fields:
            value = row.form[name].value()
            if value is True:
                told[f"{row.form.prefix}-{name}"] = "on"
            elif value not in (False, None):
                told[f"{row.form.prefix}-{name}"] = value
    return client.post(address, told | changed)


def test_sending_a_page_writes_nothing_but_the_proposal(client, address):
    assert NewsImport.objects.count() == 1
    assert (Announcement.objects.count(), Organisation.objects.filter(name="三和茶社").count()) == (
        0,
        0,
    )


def test_a_member_is_recognised_by_its_short_name_and_the_others_are_ticked(client, address):
    rows = client.get(address).context["rows"]

    assert [
        (row.named.name, row.known and row.known.organisation.name, row.form["take"].value())
        for row in rows
    ] == [
        ("临川建设集团", "临川建设集团有限公司", False),
        ("槐安路街道党工委", None, True),
        ("临川文旅集团", None, True),
        ("三和茶社", None, True),
        ("临川市建筑设计研究院", None, True),
    ]


def test_confirming_drafts_the_news_and_puts_members_forward(client, address, giving):
    answer = sent(client, address, organisation=giving.pk)

    drafted = Announcement.objects.get()
    assert answer.url == f"/a/historic/news/{drafted.pk}/"
    assert (drafted.state, drafted.organisation) == ("draft", giving)
    assert "贺敏" not in drafted.latest.body
    proposed = Membership.objects.filter(state="applied")
    assert {one.organisation.name for one in proposed} == {
        "槐安路街道党工委",
        "临川文旅集团",
        "三和茶社",
        "临川市建筑设计研究院",
    }
    assert NewsImport.objects.get().announcement == drafted


def test_a_name_is_corrected_before_it_is_entered(client, address):
    rows = client.get(address).context["rows"]
    prefix = next(row.form.prefix for row in rows if row.named.name == "三和茶社")

    sent(client, address, organisation="", **{f"{prefix}-name": "三和老茶社"})

    assert (
        Organisation.objects.filter(name__in=["三和茶社", "三和老茶社"]).get().name == "三和老茶社"
    )
    assert Announcement.objects.count() == 0


def test_nothing_is_confirmed_twice(client, address):
    sent(client, address)
    before = Membership.objects.count()

    assert client.post(address, {}).status_code in (409, 422)
    assert Membership.objects.count() == before


def test_it_can_be_forgotten(client, address):
    client.post(f"{address}discard/")

    assert NewsImport.objects.count() == 0


def test_a_saved_page_is_taken_in_any_encoding(client):
    page = f'<meta charset="gbk"><title>公告</title><div>{TEXT}</div>'.encode("gb18030")

    answer = client.post(IMPORT, {"file": SimpleUploadedFile("公告.html", page)})

    assert answer.status_code == 302
    assert NewsImport.objects.get().told["organisations"] != []


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\0\0", b"<html><a href=x>x</a></html>"])
def test_what_is_no_news_is_refused_with_a_remedy(client, content):
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("x.html", content)})

    assert answer.status_code == 422
    assert "粘贴全文" in answer.content.decode()


def test_members_without_the_duty_do_not_import(alliance, giver, client_of):
    assert client_of(giver).get(IMPORT).status_code == 403


def test_what_nobody_confirms_is_erased_after_a_week(client, address):
    NewsImport.objects.update(uploaded_at="2025-01-01T00:00Z")

    assert discard_old_imports() == 1
