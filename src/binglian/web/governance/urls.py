"""Routes of this subject."""

from django.urls import URLPattern

app_name = "governance"

urlpatterns: list[URLPattern] = []
