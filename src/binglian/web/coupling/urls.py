"""Routes of this subject."""

from django.urls import URLPattern

app_name = "coupling"

urlpatterns: list[URLPattern] = []
