"""Routes of decisions."""

from django.urls import path

from . import views

app_name = "governance"

urlpatterns = [
    path("a/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("a/<slug:slug>/decisions/<int:pk>/", views.decision, name="decision"),
]
