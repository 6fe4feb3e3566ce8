"""Searching: at the desk, in one alliance's portal, in all of them."""

from django.urls import path

from . import views

app_name = "search"

urlpatterns = [
    path("search/", views.desk, name="desk"),
    path("p/search/", views.city, name="city"),
    path("p/<slug:slug>/search/", views.public, name="public"),
]
