"""Files over HTTP: validators, ranges, compression, and who may read them."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from binglian.domain.alliance.models import Alliance
from tests.filled_alliance import fill

FILE = "/p/historic/data/members.json"


@pytest.fixture
def full(alliance, giving, needing, secretariat) -> Alliance:
    return fill(alliance, giving, needing, secretariat)


@pytest.fixture
def whole(full, client: Client) -> bytes:
    return client.get(FILE).content


def test_a_file_says_what_it_is_and_what_belongs_to_it(full, client: Client) -> None:
    response = client.get("/p/historic/data/members.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Link"].split(", ") == [
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        '<http://127.0.0.1:8000/p/historic/data/>; rel="collection"',
        '<http://127.0.0.1:8000/p/historic/data/members.schema.json>; rel="describedby"',
    ]
    assert "Set-Cookie" not in response


def test_who_has_the_file_is_told_so(full, client: Client) -> None:
    first = client.get(FILE)

    for headers in (
        {"If-None-Match": first["ETag"]},
        {"If-None-Match": f'"other", W/{first["ETag"]}'},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(FILE, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert not first["ETag"].startswith("W/")
    # The tag is the stronger word.
    changed = {"If-None-Match": '"old"', "If-Modified-Since": first["Last-Modified"]}
    assert client.get(FILE, headers=changed).status_code == 200
    assert client.get(FILE, headers={"If-Match": '"old"'}).status_code == 412


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=3-999999", 3, None),
    ],
)
def test_a_part_of_the_file(
    whole, client: Client, asked: str, first: int, last: int | None
) -> None:
    response = client.get(FILE, headers={"Range": asked})

    end = len(whole) if last is None else last + 1
    assert (response.status_code, response.content) == (206, whole[first:end])
    begin = first % len(whole)
    assert response["Content-Range"] == f"bytes {begin}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_size(whole, client: Client, asked: str) -> None:
    response = client.get(FILE, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=0-1", "bytes=9-3", "bytes=-", "bytes"])
def test_what_is_no_single_part_gets_the_whole(whole, client: Client, asked: str) -> None:
    response = client.get(FILE, headers={"Range": asked})

    assert (response.status_code, response.content) == (200, whole)


def test_a_part_of_another_version_is_never_put_to_this_one(whole, client: Client) -> None:
    etag = client.get(FILE)["ETag"]
    same = client.get(FILE, headers={"Range": "bytes=0-3", "If-Range": etag})
    other = client.get(FILE, headers={"Range": "bytes=0-3", "If-Range": '"old"'})

    assert (same.status_code, same.content) == (206, whole[:4])
    assert (other.status_code, other.content) == (200, whole)


def test_a_file_is_compressed_for_who_takes_it(whole, client: Client) -> None:
    plain = client.get(FILE, headers={"Accept-Encoding": "br, gzip;q=0"})
    packed = client.get(FILE, headers={"Accept-Encoding": "gzip, br"})
    part = client.get(FILE, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-3"})

    assert (plain.content, plain.get("Content-Encoding")) == (whole, None)
    assert (gzip.decompress(packed.content), packed["Content-Encoding"]) == (whole, "gzip")
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert (part.content, part.get("Content-Encoding")) == (whole[:4], None)


def test_head_tells_all_but_the_content(whole, client: Client) -> None:
    response = client.head(FILE, headers={"Range": "bytes=0-3"})

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(len(whole))
    assert response["ETag"] == client.get(FILE)["ETag"]


@pytest.mark.parametrize(
    "path", ["nothing.csv", "members.ttl", "decisions.geojson", "catalogue.csv", "members.xlsx"]
)
def test_what_there_is_not_is_not_found(full, client: Client, path: str) -> None:
    assert client.get(f"/p/historic/data/{path}").status_code == 404


def test_a_file_takes_no_orders(full, client: Client) -> None:
    assert client.post(FILE).status_code == 405
