"""Ten thousand matters over 22 sub-districts: pages ask the database fewer than ten times."""

import json
import re

from benchmarks.matters.crowd import crowd

N = 10_000
MOST_QUERIES = 9


def test_pages_of_ten_thousand_matters_ask_little(
    alliance, giving, needing, administrator, secretariat, client_of, django_assert_max_num_queries
):
    crowd(alliance, by=administrator, n=N)
    client = client_of(secretariat)
    for path in PAGES:
        client.get(path)  # what is asked once after a start is not the page's

        with django_assert_max_num_queries(MOST_QUERIES, info=path):
            answer = client.get(path)

        assert answer.status_code == 200, path


PAGES = [
    "/a/historic/matters/map/",
    "/a/historic/matters/list/",
    "/a/historic/matters/list/?state=open&overdue=on&q=排水",
    "/a/historic/matters/parked/",
    "/a/historic/matters/rates/",
    "/p/historic/matters/map/",
    "/p/historic/matters/",
]


def test_the_map_of_ten_thousand_holds_them_all(
    alliance, giving, needing, administrator, secretariat, client_of
):
    matters = crowd(alliance, by=administrator, n=N)
    elsewhere = {"diverted", "rejected"}
    placed = [m for m in matters if m.longitude is not None and m.state not in elsewhere]

    page = client_of(secretariat).get("/a/historic/matters/map/").content.decode()

    block = re.search(r'<script id="matter-map" type="application/json">(.*?)</script>', page)
    shown = json.loads(block[1])
    assert len(shown["places"]) == len(placed)
    assert len(shown["areas"]) == 22
    assert len(page.encode()) < 700_000  # bytes, before compression
