"""Routes of the programs that have a key."""

from django.urls import path

from . import views, webhook_views

app_name = "clients"

urlpatterns = [
    path("a/<slug:slug>/programs/", views.programs, name="programs"),
    path("a/<slug:slug>/programs/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("platform/programs/", views.programs, name="platform_programs"),
    path("platform/programs/<int:pk>/revoke/", views.revoke, name="platform_revoke"),
    path("a/<slug:slug>/webhooks/", webhook_views.webhooks, name="webhooks"),
    path("a/<slug:slug>/webhooks/<int:pk>/", webhook_views.webhook, name="webhook"),
    path("a/<slug:slug>/webhooks/<int:pk>/try/", webhook_views.webhook_try, name="webhook_try"),
    path("a/<slug:slug>/webhooks/<int:pk>/stop/", webhook_views.webhook_stop, name="webhook_stop"),
    path(
        "a/<slug:slug>/webhooks/<int:pk>/resume/",
        webhook_views.webhook_resume,
        name="webhook_resume",
    ),
]
