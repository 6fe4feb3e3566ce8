"""The public face of the city's alliances."""

from django.urls import path

from . import (
    calendar_views,
    face_views,
    help_views,
    near_views,
    supervise_views,
    work_views,
)

app_name = "portal"
IN = "p/<slug:slug>"

urlpatterns = [
    path("p/", face_views.city, name="city"),
    path(f"{IN}/", face_views.face, name="face"),
    path(f"{IN}/all/", face_views.all_places, name="all"),
    path(f"{IN}/near/", near_views.near, name="near"),
    path(f"{IN}/projects/", work_views.projects, name="projects"),
    path(f"{IN}/projects/<int:pk>/supervise/", supervise_views.supervise, name="supervise"),
    path(f"{IN}/commitments/", work_views.commitments, name="commitments"),
    path(f"{IN}/needs/", work_views.needs, name="needs"),
    path(f"{IN}/needs/<int:pk>/", help_views.need, name="need"),
    path("h/<str:help_secret>/", help_views.follow, name="help"),
    path("h/<str:help_secret>/withdraw/", help_views.withdraw, name="help_withdraw"),
    path(f"{IN}/decisions/", work_views.decisions, name="decisions"),
    path(f"{IN}/calendar.ics", calendar_views.calendar, name="calendar"),
]
