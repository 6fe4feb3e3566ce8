"""The words of DCAT-AP we use: namespaces, and terms of the European Union's lists."""

from __future__ import annotations

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, Literal, Namespace, URIRef

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
_LISTS = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"

#: A term of a list, and what class it is of; a catalogue that says so needs no look-up elsewhere.
Term = tuple[URIRef, URIRef]


def _term(path: str, kind: URIRef) -> Term:
    return URIRef(_LISTS + path), kind


CHINESE = _term("language/ZHO", DCTERMS.LinguisticSystem)
ENGLISH = _term("language/ENG", DCTERMS.LinguisticSystem)
CONTINUOUS = _term("frequency/UPDATE_CONT", DCTERMS.Frequency)
PUBLIC = _term("access-right/PUBLIC", DCTERMS.RightsStatement)
STABLE = _term("planned-availability/STABLE", SKOS.Concept)
THEMES = _term("data-theme", SKOS.ConceptScheme)
THEME_NAMES = {
    "GOVE": ("政府与公共部门", "Government and public sector"),
    "REGI": ("地区与城市", "Regions and cities"),
    "SOCI": ("人口与社会", "Population and society"),
    "EDUC": ("教育、文化与体育", "Education, culture and sport"),
}


def theme(code: str) -> Term:
    return _term(f"data-theme/{code}", SKOS.Concept)


def file_type(code: str) -> Term:
    return _term(f"file-type/{code}", DCTERMS.MediaTypeOrExtent)


def media_type(name: str) -> Term:
    return URIRef(_MEDIA + name), DCTERMS.MediaType


def new_graph() -> Graph:
    """A graph whose prefixes are the ones readers know."""
    graph = Graph(bind_namespaces="none")
    known = {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "skos": SKOS, "vcard": VCARD}
    for prefix, namespace in {**known, "dcatap": DCATAP, "geo": GEO}.items():
        graph.bind(prefix, namespace)
    return graph


def say(graph: Graph, subject: URIRef, predicate: URIRef, term: Term) -> None:
    """``subject`` has this term, which is of its class."""
    graph.add((subject, predicate, term[0]))
    graph.add((term[0], RDF.type, term[1]))


def say_in_both(graph: Graph, subject: URIRef, predicate: URIRef, zh: str, en: str) -> None:
    """A text in each language there is."""
    graph.add((subject, predicate, Literal(zh, lang="zh")))
    if en:
        graph.add((subject, predicate, Literal(en, lang="en")))
