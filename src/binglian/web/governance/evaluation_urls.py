"""Routes of yearly evaluations."""

from django.urls import path

from . import evaluation_views as views

_ONE = "a/<slug:slug>/evaluations/<int:evaluation_pk>"

urlpatterns = [
    path("a/<slug:slug>/evaluations/", views.evaluations, name="evaluations"),
    path("a/<slug:slug>/evaluations/new/", views.evaluation_new, name="evaluation_new"),
    path(f"{_ONE}/", views.evaluation, name="evaluation"),
    path(f"{_ONE}/ask/", views.evaluation_ask, name="evaluation_ask"),
    path(f"{_ONE}/publish/", views.evaluation_publish, name="evaluation_publish"),
    path(f"{_ONE}/export/", views.evaluation_export, name="evaluation_export"),
    path(
        f"{_ONE}/sheets/<int:sheet_pk>/answer/", views.evaluation_answer, name="evaluation_answer"
    ),
    path(
        f"{_ONE}/sheets/<int:sheet_pk>/remarks/<int:organisation_pk>/",
        views.evaluation_remark,
        name="evaluation_remark",
    ),
    path(
        "p/<slug:slug>/evaluations/<int:evaluation_pk>/",
        views.evaluation_public,
        name="evaluation_public",
    ),
]
