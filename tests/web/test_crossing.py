"""No page of an alliance looks through the rows of all alliances without saying so."""

import pytest
from django.test import Client

from binglian.domain.alliance.crossing import crossing_alliances
from binglian.domain.coupling.models import Offer

from .statements_within import crossing, watching

pytestmark = pytest.mark.once

#: Lists as people search them; the walk of all routes asks for no words (test_routes.py).
SEARCHED = ("offers/?q=会议", "needs/?q=场地", "matters/?q=路灯", "projects/?q=道路")
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
        (f'{OFFERS}WHERE ("coupling_offer"."id") IN ((%s), (%s))', []),
        (f'{COMPONENTS}{JOIN}"coupling_need"."alliance_id" = 1', []),
        (f'{COMPONENTS}{JOIN}"coupling_component"."id" = 1', []),
        (f'{OFFERS}WHERE "coupling_offer"."alliance_id" IS NULL', []),
        (f'{COMPONENTS}{JOIN}"coupling_need"."state" = 1', ["coupling_component", "coupling_need"]),
    ],
)
def test_the_checker_knows_what_stays_within_an_alliance(sql, tables):
    assert crossing(sql) == tables


@pytest.mark.parametrize("page", SEARCHED)
def test_a_searched_list_asks_for_its_own_alliance(page, secretariat, propose, client_of):
    propose()
    client: Client = client_of(secretariat)

    with watching() as watch:
        response = client.get(f"/a/historic/{page}")

    assert response.status_code == 200
    assert watch.crossing == {}


def test_a_page_that_crosses_without_a_reason_is_found(db, rf):
    with watching() as watch:
        watch.begin(rf.get("/p/").environ)
        with crossing_alliances("The whole city"):
            Offer.objects.filter(state="open").first()
        assert watch.crossing == {}
        Offer.objects.filter(state="open").first()

    assert [(tables, page) for (*tables, _sql), page in watch.crossing.items()] == [
        (["coupling_offer"], "/p/")
    ]
