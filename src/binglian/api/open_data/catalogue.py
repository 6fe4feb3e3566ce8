"""The catalogue of an alliance, and of the city, as DCAT-AP 3 in Turtle and JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.dataset import Dataset
from binglian.domain.publishing.formats import SCHEMA, Format, formats_of
from binglian.domain.publishing.formats.schemas import in_chinese, in_english

from . import addresses
from .vocabulary import (
    CHINESE,
    CONTINUOUS,
    DCATAP,
    ENGLISH,
    GEO,
    PUBLIC,
    STABLE,
    THEME_NAMES,
    THEMES,
    VCARD,
    file_type,
    media_type,
    new_graph,
    say,
    say_in_both,
    theme,
)

#: Ending of the address → media type.
TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
_PROFILE = URIRef("https://semiceu.github.io/DCAT-AP/releases/3.0.0/")


def catalogue_of(
    alliance: Alliance, datasets: Sequence[tuple[Dataset, datetime]], ending: str
) -> bytes:
    """Everything the alliance publishes, each dataset with when it last changed."""
    graph = new_graph()
    catalogue = _catalogue(graph, addresses.page_of(alliance))
    _name(graph, catalogue, alliance)
    publisher = _publisher(graph, alliance)
    graph.add((catalogue, DCTERMS.publisher, publisher))
    place = _place(graph, alliance)
    if place:
        graph.add((catalogue, DCTERMS.spatial, place))
    for dataset, changed_at in datasets:
        found = _dataset(graph, dataset, alliance, publisher, changed_at)
        graph.add((catalogue, DCAT.dataset, found))
        if place:
            graph.add((found, DCTERMS.spatial, place))
    if datasets:
        latest = max(changed_at for _dataset, changed_at in datasets)
        graph.add((catalogue, DCTERMS.modified, _instant(latest)))
        _service(graph, catalogue, alliance, publisher)
    return _written(graph, ending)


def city_catalogue(alliances: Sequence[Alliance], ending: str) -> bytes:
    """A catalogue of catalogues: one for each alliance of this platform."""
    graph = new_graph()
    city = _catalogue(graph, addresses.city_page())
    say_in_both(graph, city, DCTERMS.title, "片区联盟开放数据", "Open data of the area alliances")
    say_in_both(
        graph,
        city,
        DCTERMS.description,
        "本平台各片区联盟公开的数据目录。",
        "The catalogues of what the area alliances on this platform publish.",
    )
    operator = URIRef(settings.SITE_URL + "/#operator")
    graph.add((operator, RDF.type, FOAF.Agent))
    say_in_both(graph, operator, FOAF.name, "并联平台", "Binglian platform")
    graph.add((city, DCTERMS.publisher, operator))
    for alliance in alliances:
        own = _catalogue(graph, addresses.page_of(alliance))
        _name(graph, own, alliance)
        graph.add((own, DCTERMS.publisher, _publisher(graph, alliance)))
        graph.add((city, DCAT.catalog, own))
    return _written(graph, ending)


def _catalogue(graph: Graph, page: str) -> URIRef:
    """What every catalogue has; the page is where people read it."""
    catalogue = URIRef(page + "#catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    say(graph, catalogue, FOAF.homepage, (URIRef(page), FOAF.Document))
    for language in (CHINESE, ENGLISH):
        say(graph, catalogue, DCTERMS.language, language)
    say(graph, catalogue, DCAT.themeTaxonomy, THEMES)
    say_in_both(graph, THEMES[0], DCTERMS.title, "数据主题", "Data theme")
    say(graph, catalogue, DCTERMS.conformsTo, (_PROFILE, DCTERMS.Standard))
    _licence(graph, catalogue)
    return catalogue


def _name(graph: Graph, catalogue: URIRef, alliance: Alliance) -> None:
    name_en = alliance.name_en or alliance.name
    say_in_both(
        graph, catalogue, DCTERMS.title, f"{alliance.name}开放数据", f"Open data: {name_en}"
    )
    say_in_both(
        graph,
        catalogue,
        DCTERMS.description,
        f"{alliance.name}向公众公开的数据，由平台记录直接生成，不含个人信息。",
        f"What {name_en} publishes, straight from its records, without anything about people.",
    )
    if alliance.founded_on:
        graph.add((catalogue, DCTERMS.issued, Literal(alliance.founded_on)))


def _publisher(graph: Graph, alliance: Alliance) -> URIRef:
    publisher = URIRef(addresses.page_of(alliance) + "#publisher")
    graph.add((publisher, RDF.type, FOAF.Agent))
    say_in_both(graph, publisher, FOAF.name, alliance.name, alliance.name_en)
    return publisher


def _place(graph: Graph, alliance: Alliance) -> URIRef | None:
    area = alliance.area
    if area is None:
        return None
    place = URIRef(addresses.page_of(alliance) + "#area")
    graph.add((place, RDF.type, DCTERMS.Location))
    say_in_both(graph, place, SKOS.prefLabel, area.name, area.name_en)
    if area.longitude is not None and area.latitude is not None:
        centre = f"POINT({area.longitude} {area.latitude})"
        graph.add((place, DCAT.centroid, Literal(centre, datatype=GEO.wktLiteral)))
    return place


def _dataset(
    graph: Graph, dataset: Dataset, alliance: Alliance, publisher: URIRef, changed_at: datetime
) -> URIRef:
    page = addresses.page_about(dataset, alliance)
    found = URIRef(page + "#dataset")
    graph.add((found, RDF.type, DCAT.Dataset))
    _in_both(graph, found, DCTERMS.title, dataset.title)
    _in_both(graph, found, DCTERMS.description, dataset.description)
    for word in dataset.keywords:
        _in_both(graph, found, DCAT.keyword, word)
    graph.add((found, DCTERMS.identifier, Literal(f"{alliance.slug}/{dataset.name}")))
    graph.add((found, DCTERMS.modified, _instant(changed_at)))
    graph.add((found, DCTERMS.publisher, publisher))
    graph.add((found, DCAT.contactPoint, _contact(graph, alliance)))
    say(graph, found, DCAT.landingPage, (URIRef(page), FOAF.Document))
    say(graph, found, DCAT.theme, theme(dataset.theme))
    say_in_both(graph, theme(dataset.theme)[0], SKOS.prefLabel, *THEME_NAMES[dataset.theme])
    graph.add((theme(dataset.theme)[0], SKOS.inScheme, THEMES[0]))
    say(graph, found, DCTERMS.accrualPeriodicity, CONTINUOUS)
    say(graph, found, DCTERMS.accessRights, PUBLIC)
    say(graph, found, DCTERMS.language, CHINESE)
    schema = URIRef(addresses.file_at(alliance, dataset.name, SCHEMA.ending))
    say(graph, found, DCTERMS.conformsTo, (schema, DCTERMS.Standard))
    for one in formats_of(dataset):
        graph.add((found, DCAT.distribution, _distribution(graph, dataset, alliance, one, page)))
        distribution = URIRef(addresses.file_at(alliance, dataset.name, one.ending))
        graph.add((distribution, DCTERMS.modified, _instant(changed_at)))
    return found


def _distribution(
    graph: Graph, dataset: Dataset, alliance: Alliance, wanted: Format, page: str
) -> URIRef:
    file = URIRef(addresses.file_at(alliance, dataset.name, wanted.ending))
    graph.add((file, RDF.type, DCAT.Distribution))
    title_zh, title_en = in_chinese(dataset.title), in_english(dataset.title)
    say_in_both(
        graph, file, DCTERMS.title, f"{title_zh}（{wanted.label}）", f"{title_en} ({wanted.label})"
    )
    say(graph, file, DCAT.accessURL, (URIRef(page), RDFS.Resource))
    say(graph, file, DCAT.downloadURL, (file, RDFS.Resource))
    say(graph, file, DCTERMS["format"], file_type(wanted.file_type))
    say(graph, file, DCAT.mediaType, media_type(wanted.media_type))
    say(graph, file, DCATAP.availability, STABLE)
    say_in_both(graph, STABLE[0], SKOS.prefLabel, "稳定", "stable")
    _licence(graph, file)
    return file


def _service(graph: Graph, catalogue: URIRef, alliance: Alliance, publisher: URIRef) -> None:
    """The platform's interface, which serves the same rows page by page."""
    root = addresses.absolute(reverse("api:api-root"))
    service = URIRef(addresses.page_of(alliance) + "#service")
    graph.add((service, RDF.type, DCAT.DataService))
    say_in_both(graph, service, DCTERMS.title, "并联开放接口", "Binglian API")
    say(graph, service, DCAT.endpointURL, (URIRef(root), RDFS.Resource))
    described = URIRef(addresses.absolute(reverse("api:openapi-json")))
    say(graph, service, DCAT.endpointDescription, (described, RDFS.Resource))
    graph.add((service, DCTERMS.publisher, publisher))
    graph.add((service, DCAT.contactPoint, _contact(graph, alliance)))
    say(graph, service, DCTERMS.accessRights, PUBLIC)
    _licence(graph, service)
    for dataset in graph.objects(catalogue, DCAT.dataset):
        graph.add((service, DCAT.servesDataset, dataset))
    graph.add((catalogue, DCAT.service, service))


def _contact(graph: Graph, alliance: Alliance) -> URIRef:
    """The alliance, by its page: nobody's telephone."""
    contact = URIRef(addresses.page_of(alliance) + "#contact")
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, RDF.type, VCARD.Organization))
    say_in_both(graph, contact, VCARD.fn, alliance.name, alliance.name_en)
    graph.add((contact, VCARD.hasURL, URIRef(addresses.page_of(alliance))))
    return contact


def _licence(graph: Graph, subject: URIRef) -> None:
    licence = URIRef(settings.OPEN_DATA_LICENCE)
    say(graph, subject, DCTERMS.license, (licence, DCTERMS.LicenseDocument))


def _in_both(graph: Graph, subject: URIRef, predicate: URIRef, text: object) -> None:
    say_in_both(graph, subject, predicate, in_chinese(text), in_english(text))


def _instant(when: datetime) -> Literal:
    return Literal(when.isoformat(timespec="seconds"), datatype=XSD.dateTime)


def _written(graph: Graph, ending: str) -> bytes:
    if ending == "jsonld":
        names = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
        return graph.serialize(format="json-ld", context=names, indent=1).encode()
    return graph.serialize(format="turtle").encode()
