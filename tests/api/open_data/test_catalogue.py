"""The catalogue as DCAT-AP 3: by shapes of our own, and by the published ones where they are.

The published shapes are other people's work and not part of this repository. With
``DCAT_AP_SHAPES`` naming a file or folder of them (releases/3.0.0 of SEMICeu/DCAT-AP), the
catalogues are validated by those too; without, the claim is skipped aloud.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.datasets import DATASETS
from tests.filled_alliance import fill

OWN = Path(__file__).with_name("dcat_ap_3.ttl")
PUBLISHED = os.environ.get("DCAT_AP_SHAPES", "")
PAGE = "http://127.0.0.1:8000/p/historic/data/"


@pytest.fixture
def full(alliance, giving, needing, secretariat) -> Alliance:
    return fill(alliance, giving, needing, secretariat)


def _graph(client: Client, path: str) -> Graph:
    response = client.get(path)
    assert response.status_code == 200
    form = "turtle" if path.endswith(".ttl") else "json-ld"
    return Graph().parse(data=response.content, format=form)


def _faults(graph: Graph, *shapes: Path) -> str:
    rules = Graph()
    for file in shapes:
        rules.parse(file, format="turtle")
    conforms, _report, text = validate(graph, shacl_graph=rules, inference="none")
    return "" if conforms else text


@pytest.mark.parametrize("place", ["historic/", ""])
def test_the_catalogue_keeps_the_obligations_of_dcat_ap(full, client: Client, place: str) -> None:
    assert _faults(_graph(client, f"/p/{place}data/catalogue.ttl"), OWN) == ""


@pytest.mark.skipif(
    not PUBLISHED,
    reason="DCAT_AP_SHAPES is not set: the catalogue was NOT validated by the published shapes",
)
@pytest.mark.parametrize("place", ["historic/", ""])
def test_the_catalogue_keeps_the_published_shapes(full, client: Client, place: str) -> None:
    where = Path(PUBLISHED)
    files = sorted(where.glob("*.ttl")) if where.is_dir() else [where]

    assert files != []
    assert _faults(_graph(client, f"/p/{place}data/catalogue.ttl"), *files) == ""


def test_the_shapes_would_find_a_fault(full, client: Client) -> None:
    graph = _graph(client, "/p/historic/data/catalogue.ttl")
    graph.remove((None, DCTERMS.publisher, None))
    graph.remove((None, DCAT.accessURL, None))

    assert _faults(graph, OWN).count("MinCountConstraintComponent") >= 2


# rdflib's reader of JSON-LD uses what rdflib itself calls outdated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("place", ["historic/", ""])
def test_both_forms_of_the_catalogue_say_the_same(full, client: Client, place: str) -> None:
    turtle, linked = (_graph(client, f"/p/{place}data/catalogue.{e}") for e in ("ttl", "jsonld"))

    assert isomorphic(turtle, linked)


def test_every_file_the_catalogue_names_is_there(full, client: Client) -> None:
    graph = _graph(client, "/p/historic/data/catalogue.ttl")
    named = {str(o) for p in (DCAT.downloadURL, DCAT.landingPage) for o in graph.objects(None, p)}
    named |= {
        str(o)
        for s in graph.subjects(RDF.type, DCAT.Dataset)
        for o in graph.objects(s, DCTERMS.conformsTo)
    }

    answers = {where: client.get(where.removeprefix("http://127.0.0.1:8000")) for where in named}

    assert {where for where, answer in answers.items() if answer.status_code != 200} == set()
    datasets = {str(one) for one in graph.objects(URIRef(PAGE + "#catalogue"), DCAT.dataset)}
    assert datasets == {f"{PAGE}{one.name}/#dataset" for one in DATASETS}


def test_what_is_not_published_is_not_in_the_catalogue(alliance, client: Client) -> None:
    graph = _graph(client, "/p/historic/data/catalogue.ttl")

    assert URIRef(f"{PAGE}offers/#dataset") not in set(graph.subjects(RDF.type, DCAT.Dataset))
    assert client.get("/p/historic/data/offers.csv").status_code == 404
    assert client.get("/p/historic/data/offers/").status_code == 404
