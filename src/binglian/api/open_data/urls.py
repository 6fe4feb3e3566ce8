"""Addresses of the files; the pages that show them belong to ``web``."""

from django.urls import re_path

from . import views

app_name = "open_data_files"

_RDF = r"(?P<ending>ttl|jsonld)"
_ENDING = r"(?P<ending>csv|json|geojson|schema\.json|csv-metadata\.json|ttl|jsonld)"

urlpatterns = [
    re_path(rf"^p/data/catalogue\.{_RDF}$", views.city, name="city"),
    re_path(
        rf"^p/(?P<slug>[-a-zA-Z0-9_]+)/data/(?P<name>[a-z-]+)\.{_ENDING}$", views.file, name="file"
    ),
]
