"""Courtyards and rooms to let for everybody."""

from django.urls import path

from . import follow_views, public_views

app_name = "public_places"
IN = "p/<slug:slug>"
MINE = "s/<str:wish_secret>"

urlpatterns = [
    path(f"{IN}/places/", public_views.places, name="places"),
    path(f"{IN}/places/map.geojson", public_views.places_geojson, name="geojson"),
    path(f"{IN}/places/<int:place_pk>/", public_views.place, name="place"),
    path(f"{IN}/places/<int:place_pk>/files/<int:file_pk>/", public_views.file, name="file"),
    path(f"{IN}/space/", public_views.spaces, name="spaces"),
    path(f"{IN}/space/<int:space_pk>/", public_views.space, name="space"),
    path(f"{MINE}/", follow_views.follow, name="follow"),
    path(f"{MINE}/withdraw/", follow_views.withdraw, name="withdraw"),
]
