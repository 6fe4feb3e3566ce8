"""Courtyards and historic buildings at the desk."""

from django.urls import path

from . import list_views, place_views, record_views, rule_views, space_views

app_name = "places"
IN = "a/<slug:slug>/places"
ONE = f"{IN}/<int:pk>"
FILE = f"{ONE}/files/<int:file_pk>"
SPACE = "a/<slug:slug>/space"
ASKED = f"{SPACE}/applications/<int:application_pk>"

urlpatterns = [
    path(f"{IN}/", list_views.places, name="places"),
    path(f"{IN}/export/", list_views.places_export, name="places_export"),
    path(f"{IN}/new/", place_views.place_new, name="place_new"),
    path(f"{IN}/rules/", rule_views.rules, name="rules"),
    path(f"{IN}/rules/<str:grade>/<str:change>/", rule_views.rule_edit, name="rule_edit"),
    path(f"{ONE}/", place_views.place, name="place"),
    path(f"{ONE}/edit/", place_views.place_edit, name="place_edit"),
    path(f"{ONE}/grade/", place_views.place_grade, name="place_grade"),
    path(f"{ONE}/step/", place_views.place_step, name="place_step"),
    path(f"{ONE}/guardians/", record_views.guardian_add, name="guardian_add"),
    path(f"{ONE}/guardians/<int:guardian_pk>/end/", record_views.guardian_end, name="guardian_end"),
    path(f"{ONE}/files/", record_views.file_add, name="file_add"),
    path(f"{FILE}/", record_views.file, name="file"),
    path(f"{FILE}/edit/", record_views.file_change, name="file_change"),
    path(f"{FILE}/remove/", record_views.file_remove, name="file_remove"),
    path(f"{ONE}/spaces/new/", space_views.space_new, name="space_new"),
    path(f"{SPACE}/", space_views.spaces, name="spaces"),
    path(f"{SPACE}/<int:space_pk>/edit/", space_views.space_edit, name="space_edit"),
    path(f"{SPACE}/<int:space_pk>/withdraw/", space_views.space_withdraw, name="space_withdraw"),
    path(f"{ASKED}/", space_views.application, name="application"),
    path(f"{ASKED}/contact/", space_views.application_contact, name="application_contact"),
    path(f"{ASKED}/take-up/", space_views.application_take_up, name="application_take_up"),
    path(f"{ASKED}/decline/", space_views.application_decline, name="application_decline"),
]
