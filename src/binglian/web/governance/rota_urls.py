"""Routes of the rotating chair."""

from django.urls import path

from . import rota_views as views

_TURN = "a/<slug:slug>/rota/<int:turn_pk>"
_POINT = "a/<slug:slug>/rota/points/<int:point_pk>"

urlpatterns = [
    path("a/<slug:slug>/rota/", views.rota, name="rota"),
    path("a/<slug:slug>/rota/draw-up/", views.rota_draw_up, name="rota_draw_up"),
    path(f"{_TURN}/skip/", views.rota_skip, name="rota_skip"),
    path(f"{_TURN}/swap/", views.rota_swap, name="rota_swap"),
    path(f"{_TURN}/handover/", views.handover, name="handover"),
    path(
        "a/<slug:slug>/rota/swaps/<int:swap_pk>/answer/",
        views.rota_swap_answer,
        name="rota_swap_answer",
    ),
    path(f"{_POINT}/tick/", views.handover_tick, name="handover_tick"),
    path(f"{_POINT}/confirm/", views.handover_confirm, name="handover_confirm"),
]
