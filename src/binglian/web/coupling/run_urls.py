"""Routes of coupling runs and commitments."""

from django.urls import path

from . import adjust_views, commitment_views, run_views, whatif_views

urlpatterns = [
    path("a/<slug:slug>/runs/", run_views.runs, name="runs"),
    path("a/<slug:slug>/runs/<int:pk>/", run_views.run, name="run"),
    path("a/<slug:slug>/runs/<int:pk>/progress/", run_views.progress, name="run_progress"),
    path("a/<slug:slug>/runs/<int:pk>/cancel/", run_views.cancel, name="run_cancel"),
    path("a/<slug:slug>/runs/<int:pk>/publish/", run_views.publish, name="run_publish"),
    path("a/<slug:slug>/runs/<int:pk>/export/", run_views.export, name="run_export"),
    path(
        "a/<slug:slug>/runs/<int:pk>/needs/<int:need_pk>/", adjust_views.adjust, name="run_adjust"
    ),
    path("a/<slug:slug>/runs/<int:pk>/what-if/", whatif_views.what_if, name="what_if"),
    path(
        "a/<slug:slug>/runs/<int:pk>/what-if/<int:scenario_pk>/",
        whatif_views.scenario,
        name="scenario",
    ),
    path(
        "a/<slug:slug>/runs/<int:pk>/what-if/<int:scenario_pk>/adopt/",
        whatif_views.adopt,
        name="scenario_adopt",
    ),
    path("a/<slug:slug>/commitments/", commitment_views.commitments, name="commitments"),
    path("a/<slug:slug>/commitments/<int:pk>/", commitment_views.commitment, name="commitment"),
    path("a/<slug:slug>/commitments/<int:pk>/accept/", commitment_views.accept, name="accept"),
    path("a/<slug:slug>/commitments/<int:pk>/decline/", commitment_views.decline, name="decline"),
    path("a/<slug:slug>/commitments/<int:pk>/deliver/", commitment_views.deliver, name="deliver"),
    path("a/<slug:slug>/commitments/<int:pk>/judge/", commitment_views.judge, name="judge"),
    path("a/<slug:slug>/commitments/<int:pk>/move/", commitment_views.move, name="move"),
    path("a/<slug:slug>/commitments/<int:pk>/explain/", commitment_views.explain, name="explain"),
]
