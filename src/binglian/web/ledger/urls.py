"""Routes of the ledger."""

from django.urls import path

from . import overview_views, record_views, views

app_name = "ledger"

ONE = "a/<slug:slug>/ledger/<int:number>"

urlpatterns = [
    path("ledger/", overview_views.chains, name="chains"),
    path("ledger-key.pem", views.key, name="key"),
    path("a/<slug:slug>/ledger/", views.entries, name="entries"),
    path("a/<slug:slug>/ledger/export/", views.export, name="export"),
    path("a/<slug:slug>/ledger/verify/", views.verify, name="verify"),
    path("a/<slug:slug>/ledger/checkpoint/", views.checkpoint, name="checkpoint"),
    path(f"{ONE}/", record_views.record, name="record"),
    path(f"{ONE}/proof/", record_views.proof, name="proof"),
    path(f"{ONE}/seal/", record_views.seal, name="seal"),
]
