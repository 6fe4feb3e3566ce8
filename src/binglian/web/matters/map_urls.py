"""Routes of the two maps of matters: the desk's, and everybody's."""

from django.urls import path

from . import map_views

app_name = "matter_map"

urlpatterns = [
    path("a/<slug:slug>/matters/map/", map_views.desk_map, name="desk"),
    path("p/<slug:slug>/matters/map/", map_views.public_map, name="public"),
]
