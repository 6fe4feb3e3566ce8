"""The public face of the city's alliances."""

from django.urls import path

from . import face_views

app_name = "portal"
IN = "p/<slug:slug>"

urlpatterns = [
    path("p/", face_views.city, name="city"),
    path(f"{IN}/", face_views.face, name="face"),
    path(f"{IN}/all/", face_views.all_places, name="all"),
]
