"""Routes of the two lists and of imports."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import help_views
from .imports import views as imports
from .lists import needs, offers, pages


class ListName(StringConverter):
    """A list that can be narrowed and whose filters can be kept."""

    regex = "offers|needs|commitments"


class ImportKind(StringConverter):
    """What can be imported."""

    regex = "members|offers|needs|places|checkup"


register_converter(ListName, "listed")
register_converter(ImportKind, "imported")

urlpatterns = [
    # offers
    path("a/<slug:slug>/offers/", offers.offers, name="offers"),
    path("a/<slug:slug>/offers/export/", offers.offers_export, name="offers_export"),
    path("a/<slug:slug>/offers/new/", offers.offer_new, name="offer_new"),
    path("a/<slug:slug>/offers/<int:pk>/", offers.offer, name="offer"),
    path("a/<slug:slug>/offers/<int:pk>/edit/", offers.offer_edit, name="offer_edit"),
    path("a/<slug:slug>/offers/<int:pk>/withdraw/", offers.offer_withdraw, name="offer_withdraw"),
    # needs
    path("a/<slug:slug>/needs/", needs.needs, name="needs"),
    path("a/<slug:slug>/needs/export/", needs.needs_export, name="needs_export"),
    path("a/<slug:slug>/needs/new/", needs.need_new, name="need_new"),
    path("a/<slug:slug>/needs/<int:pk>/", needs.need, name="need"),
    path("a/<slug:slug>/needs/<int:pk>/edit/", needs.need_edit, name="need_edit"),
    path("a/<slug:slug>/needs/<int:pk>/withdraw/", needs.need_withdraw, name="need_withdraw"),
    # help with needs from outside
    path("a/<slug:slug>/help/", help_views.waiting, name="help_list"),
    path("a/<slug:slug>/help/<int:help_pk>/", help_views.help_from_outside, name="help"),
    path("a/<slug:slug>/help/<int:help_pk>/contact/", help_views.contact, name="help_contact"),
    path("a/<slug:slug>/help/<int:help_pk>/take-up/", help_views.take_up, name="help_take_up"),
    path("a/<slug:slug>/help/<int:help_pk>/decline/", help_views.decline, name="help_decline"),
    # filters
    path("a/<slug:slug>/filters/<listed:section>/", pages.filter_keep, name="filter_keep"),
    path("a/<slug:slug>/filters/<int:pk>/drop/", pages.filter_drop, name="filter_drop"),
    # imports
    path("a/<slug:slug>/import/<imported:kind>/", imports.upload, name="import"),
    path("a/<slug:slug>/import/drafts/<int:pk>/", imports.draft, name="import_draft"),
    path("a/<slug:slug>/import/drafts/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("a/<slug:slug>/import/drafts/<int:pk>/marked/", imports.marked, name="import_marked"),
    path("a/<slug:slug>/import/drafts/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("a/<slug:slug>/template/<imported:kind>/", imports.template_file, name="template"),
]
