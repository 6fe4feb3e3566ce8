"""Routes of residents' matters at the desk."""

from django.urls import path

from . import (
    catalogue_file_views,
    catalogue_views,
    desk_views,
    matter_views,
    new_views,
    rate_views,
    rule_views,
    theme_views,
)
from .acts import ACTS

app_name = "matters"

_ALL = "a/<slug:slug>/matters"
_ONE = f"{_ALL}/<int:matter_pk>"
_THEME = f"{_ALL}/themes/<int:theme_pk>"
_CATEGORY = f"{_ALL}/catalogue/<int:category_pk>"
_ENTRY = f"{_CATEGORY}/<int:entry_pk>"

urlpatterns = [
    path(f"{_ALL}/", desk_views.desk, name="desk"),
    path(f"{_ALL}/list/", desk_views.matters, name="list"),
    path(f"{_ALL}/export/", desk_views.matters_export, name="export"),
    path(f"{_ALL}/parked/", desk_views.parked, name="parked"),
    path(f"{_ALL}/rates/", rate_views.rates, name="rates"),
    # on a resident's behalf
    path(f"{_ALL}/new/", new_views.new, name="new"),
    path(f"{_ALL}/new/hints/", new_views.new_hints, name="new_hints"),
    # themes
    path(f"{_ALL}/themes/", theme_views.themes, name="themes"),
    path(f"{_ALL}/themes/propose/", theme_views.themes_propose, name="themes_propose"),
    path(f"{_THEME}/", theme_views.theme, name="theme"),
    path(f"{_THEME}/adopt/", theme_views.theme_adopt, name="theme_adopt"),
    path(f"{_THEME}/drop/", theme_views.theme_drop, name="theme_drop"),
    path(f"{_THEME}/finish/", theme_views.theme_finish, name="theme_finish"),
    # the catalogue
    path(f"{_ALL}/catalogue/", catalogue_views.catalogue, name="catalogue"),
    path(
        f"{_ALL}/catalogue/export/", catalogue_file_views.catalogue_export, name="catalogue_export"
    ),
    path(
        f"{_ALL}/catalogue/import/", catalogue_file_views.catalogue_import, name="catalogue_import"
    ),
    path(f"{_ALL}/catalogue/new/", catalogue_views.category, name="category_new"),
    path(f"{_CATEGORY}/", catalogue_views.category, name="category"),
    path(f"{_CATEGORY}/new/", catalogue_views.responsibility, name="responsibility_new"),
    path(f"{_ENTRY}/", catalogue_views.responsibility, name="responsibility"),
    path(f"{_ENTRY}/remove/", catalogue_views.responsibility_remove, name="responsibility_remove"),
    path(f"{_ALL}/rules/", rule_views.rules, name="rules"),
    # one matter
    path(f"{_ONE}/", matter_views.matter, name="matter"),
    path(f"{_ONE}/contact/", matter_views.contact, name="contact"),
    path(f"{_ONE}/photos/<int:picture_pk>/", matter_views.photo, name="photo"),
    *[
        path(f"{_ONE}/{name}/", matter_views.act, {"name": name}, name=f"act_{name}")
        for name in ACTS
    ],
]
