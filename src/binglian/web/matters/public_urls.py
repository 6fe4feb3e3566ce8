"""Residents' matters for everybody: reporting, following by a secret link, looking."""

from django.urls import path

from . import own_views, public_follow_views, public_report_views, public_views, retention_views

app_name = "public_matters"
IN = "p/<slug:slug>"
MINE = "m/<str:secret>"

urlpatterns = [
    path("a/<slug:slug>/matters/contacts/", retention_views.retention, name="retention"),
    path(f"{IN}/report/", public_report_views.report, name="report"),
    path(f"{IN}/report/hints/", public_report_views.hints, name="hints"),
    path(f"{IN}/matters/", public_views.matters, name="matters"),
    path(f"{IN}/matters/feed/", public_views.feed, name="feed"),
    path(f"{IN}/matters/privacy/", public_views.privacy, name="privacy"),
    path(f"{IN}/matters/<int:pk>/", public_views.matter, name="matter"),
    path(f"{IN}/matters/photos/<int:photo_pk>/", public_views.photo, name="photo"),
    path(f"{MINE}/", public_follow_views.follow, name="follow"),
    path(f"{MINE}/photos/<int:photo_pk>/", public_follow_views.photo, name="own_photo"),
    path(f"{MINE}/judge/", public_follow_views.judge, name="judge"),
    path(f"{MINE}/export/", own_views.export, name="export"),
    path(f"{MINE}/erase/", own_views.erase, name="erase"),
    path(f"{MINE}/add/", public_follow_views.add, name="add"),
]
