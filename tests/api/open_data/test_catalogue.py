"""The catalogue as DCAT-AP 3: by the published shapes, and by obligations written down here."""

from __future__ import annotations

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
PUBLISHED = Path(__file__).parent / "shapes" / "dcat-ap-3.0.0.jsonld"
PAGE = "http://127.0.0.1:8000/p/historic/data/"


@pytest.fixture
def full(alliance, giving, needing, secretariat) -> Alliance:
    return fill(alliance, giving, needing, secretariat)


def _graph(client: Client, path: str) -> Graph:
    response = client.get(path)
    assert response.status_code == 200
    form = "turtle" if path.endswith(".ttl") else "json-ld"
    return Graph().parse(data=response.content, format=form)


def _faults(graph: Graph, shapes: Path) -> str:
    rules = Graph().parse(shapes)
    conforms, _report, text = validate(graph, shacl_graph=rules, inference="none")
    return "" if conforms else text


@pytest.mark.parametrize("place", ["historic/", ""])
def test_the_catalogue_keeps_the_obligations_of_dcat_ap(full, client: Client, place: str) -> None:
    assert _faults(_graph(client, f"/p/{place}data/catalogue.ttl"), OWN) == ""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("form", ["ttl", "jsonld"])
@pytest.mark.parametrize("place", ["historic/", ""])
def test_the_catalogue_keeps_the_published_shapes(
    full, client: Client, place: str, form: str
) -> None:
    assert _faults(_graph(client, f"/p/{place}data/catalogue.{form}"), PUBLISHED) == ""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_published_shapes_would_find_a_fault(full, client: Client) -> None:
    graph = _graph(client, "/p/historic/data/catalogue.ttl")
    graph.remove((None, DCTERMS.publisher, None))

    assert "MinCountConstraintComponent" in _faults(graph, PUBLISHED)


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
