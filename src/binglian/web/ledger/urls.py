"""Routes of this subject."""

from django.urls import URLPattern

app_name = "ledger"

urlpatterns: list[URLPattern] = []
