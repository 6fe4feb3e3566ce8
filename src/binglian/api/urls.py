"""Addresses for other programs."""

from django.urls import include, path

from .platform.api import addresses

urlpatterns = [
    path("", include("binglian.api.open_data.urls")),
    path("open311/", include("binglian.api.open311.urls")),
    path("api/v1/", addresses),
]
