"""Announcements for everybody, as pages and as feeds."""

from django.urls import path

from . import feeds, public_views

app_name = "news"
NEWS = "p/<slug:slug>/news/"

urlpatterns = [
    path(NEWS, public_views.announcements, name="announcements"),
    path(f"{NEWS}feed/", feeds.of_alliance, name="feed"),
    path(f"{NEWS}<int:pk>/", public_views.announcement, name="announcement"),
    path(f"{NEWS}pictures/<int:image_pk>/", public_views.picture, name="picture"),
    # No alliance can have this name: its address holds a dot.
    path("p/news.atom", feeds.of_city, name="city_feed"),
]
