"""Where people look at the open data; the files themselves are served by ``api``."""

from django.urls import path

from . import views

app_name = "open_data"
IN = "p/<slug:slug>/data"

urlpatterns = [
    path("p/data/", views.city, name="city"),
    path(f"{IN}/", views.catalogue, name="catalogue"),
    path(f"{IN}/<slug:name>/", views.dataset, name="dataset"),
]
