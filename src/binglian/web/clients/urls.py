"""Routes of the programs that have a key."""

from django.urls import path

from . import views

app_name = "clients"

urlpatterns = [
    path("a/<slug:slug>/programs/", views.programs, name="programs"),
    path("a/<slug:slug>/programs/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("platform/programs/", views.programs, name="platform_programs"),
    path("platform/programs/<int:pk>/revoke/", views.revoke, name="platform_revoke"),
]
