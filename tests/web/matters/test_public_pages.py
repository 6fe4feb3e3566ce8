"""What everybody sees, and nothing more."""

from xml.etree import ElementTree

import pytest

from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.matters.models import Photo

LIST = "/p/historic/matters/"
ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def photo(shown) -> Photo:
    facts = PhotoFacts(b"picture", "image/jpeg", 3, 2)
    return shown.photos.create(image=facts.image, media_type="image/jpeg", width=3, height=2)


def test_what_nobody_has_checked_is_nowhere(client, reported):
    pk = reported.matter.pk

    assert reported.matter.number not in text_of(client, LIST)
    assert reported.matter.number not in text_of(client, LIST + "feed/")
    assert client.get(f"{LIST}{pk}/").status_code == 404


def test_what_was_checked_is_shown_in_the_checked_words(client, shown):
    for address in (LIST, f"{LIST}{shown.pk}/", LIST + "feed/"):
        page = text_of(client, address)
        assert (shown.public_text in page, shown.text in page) == (True, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?q=下水道", True),
        ("?q=院里", False),  # only in the words nobody has checked
        ("?q=路灯", False),
        ("?state=open", True),
        ("?state=replied", False),
        ("?state=nonsense", True),
        ("?area=x&category=99999", True),
    ],
)
def test_the_list_is_narrowed_by_what_is_public(client, shown, query, found):
    assert (shown.public_text in text_of(client, LIST + query)) == found


def test_the_list_costs_the_same_however_long(client, shown, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_the_feed_is_atom(client, shown):
    response = client.get(LIST + "feed/")
    feed = ElementTree.fromstring(response.content)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(ATOM + "title") for entry in feed.iter(ATOM + "entry")] == [
        f"排水 · 待分派 · {shown.number}"
    ]


def test_a_photo_is_shown_once_it_is_public(client, shown, photo):
    address = f"{LIST}photos/{photo.pk}/"
    assert client.get(address).status_code == 404

    photo.is_public = True
    photo.save()

    response = client.get(address)
    assert (response.content, response["Content-Type"]) == (b"picture", "image/jpeg")


def test_a_photo_of_a_hidden_matter_is_not_shown(client, shown, photo):
    photo.is_public = True
    photo.save()
    shown.visibility = "private"
    shown.save()

    assert client.get(f"{LIST}photos/{photo.pk}/").status_code == 404


def test_whoever_holds_the_link_sees_their_own_photo(client, mine, photo):
    assert client.get(f"{mine}photos/{photo.pk}/").content == b"picture"


def test_the_notice_says_what_is_kept_and_how_long(client, alliance):
    page = text_of(client, LIST + "privacy/")

    assert "办结后最多保存 180 天" in page
