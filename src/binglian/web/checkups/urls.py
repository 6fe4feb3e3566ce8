"""Problems that a city check-up found, at the desk."""

from django.urls import path

from . import views

app_name = "checkups"
IN = "a/<slug:slug>/checkups"

urlpatterns = [
    path(f"{IN}/", views.problems, name="problems"),
    path(f"{IN}/export/", views.problems_export, name="export"),
    path(f"{IN}/<int:checkup_pk>/settle/", views.settle, name="settle"),
]
