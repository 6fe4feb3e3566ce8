"""Routes of this subject."""

from django.urls import URLPattern

app_name = "alliance"

urlpatterns: list[URLPattern] = []
