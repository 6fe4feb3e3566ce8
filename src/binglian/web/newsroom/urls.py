"""Announcements at the desk: written, reviewed, put in the queue, withdrawn."""

from django.urls import path

from . import desk_views, edit_views, step_views

app_name = "newsroom"
NEWS = "a/<slug:slug>/news/"
ONE = f"{NEWS}<int:pk>/"

urlpatterns = [
    path(NEWS, desk_views.announcements, name="announcements"),
    path(f"{NEWS}new/", edit_views.new, name="new"),
    path(f"{NEWS}pictures/<int:image_pk>/", desk_views.picture, name="picture"),
    path(ONE, desk_views.announcement, name="announcement"),
    path(f"{ONE}edit/", edit_views.edit, name="edit"),
    path(f"{ONE}versions/<int:version>/", desk_views.version, name="version"),
    path(f"{ONE}submit/", step_views.submit, name="submit"),
    path(f"{ONE}review/", step_views.review, name="review"),
    path(f"{ONE}move/", step_views.move, name="move"),
    path(f"{ONE}back/", step_views.back, name="back"),
    path(f"{ONE}drop/", step_views.drop, name="drop"),
    path(f"{ONE}withdraw/", step_views.withdraw, name="withdraw"),
]
