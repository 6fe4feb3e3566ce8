"""Routes of the ledger."""

from django.urls import path

from . import views

app_name = "ledger"

urlpatterns = [
    path("a/<slug:slug>/ledger/", views.entries, name="entries"),
    path("a/<slug:slug>/ledger/checkpoint/", views.checkpoint, name="checkpoint"),
]
