"""Routes of the import of an announcement; all at the desk."""

from django.urls import path

from . import views

app_name = "news_import"
IMPORT = "a/<slug:slug>/news/import/"

urlpatterns = [
    path(IMPORT, views.upload, name="upload"),
    path(f"{IMPORT}<int:pk>/", views.proposal, name="proposal"),
    path(f"{IMPORT}<int:pk>/discard/", views.discard, name="discard"),
]
