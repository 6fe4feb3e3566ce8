"""No hot page of an alliance looks through the rows of all alliances."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .statements_within import crossing

pytestmark = pytest.mark.once

#: The pages people open most, by what follows the alliance's address.
HOT = (
    "",
    "offers/",
    "offers/?q=会议",
    "needs/",
    "needs/?q=场地",
    "runs/",
    "commitments/",
    "matters/",
    "matters/?q=路灯",
    "projects/",
    "members/",
)
COLUMN = '"coupling_offer"."title"'
OFFERS = f'SELECT {COLUMN} FROM "coupling_offer" '
COMPONENTS = 'SELECT 1 FROM "coupling_component" INNER JOIN "coupling_need" ON '
JOIN = '("coupling_component"."need_id" = "coupling_need"."id") WHERE '


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        (f'{OFFERS}WHERE "coupling_offer"."state" = \'open\'', ["coupling_offer"]),
        (f'{OFFERS}WHERE "coupling_offer"."organisation_id" = 1', ["coupling_offer"]),
        (f'{OFFERS}WHERE "coupling_offer"."alliance_id" = 1', []),
        (f'{OFFERS}WHERE "coupling_offer"."id" IN (1, 2)', []),
        (f'{COMPONENTS}{JOIN}"coupling_need"."alliance_id" = 1', []),
        (f'{COMPONENTS}{JOIN}"coupling_component"."id" = 1', []),
        (f'{COMPONENTS}{JOIN}"coupling_need"."state" = 1', ["coupling_component", "coupling_need"]),
    ],
)
def test_the_checker_knows_what_stays_within_an_alliance(sql, tables):
    assert crossing(sql) == tables


@pytest.mark.parametrize("page", HOT)
def test_a_hot_page_asks_for_its_own_alliance(page, secretariat, propose, client_of):
    propose()
    client: Client = client_of(secretariat)

    with CaptureQueriesContext(connection) as seen:
        response = client.get(f"/a/historic/{page}")

    assert response.status_code == 200
    found = [(crossing(query["sql"]), query["sql"]) for query in seen.captured_queries]
    assert [(tables, sql) for tables, sql in found if tables] == []
