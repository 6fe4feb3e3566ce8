"""The five promises and the collaboration network, at the desk and for everybody."""

from django.urls import path

from . import network_views, promise_views

app_name = "indicators"
DESK, PUBLIC = "a/<slug:slug>", "p/<slug:slug>"

urlpatterns = [
    path(f"{DESK}/figures/", promise_views.promises, name="promises"),
    path(f"{DESK}/figures/<str:indicator>/", promise_views.indicator, name="indicator"),
    path(f"{DESK}/network/", network_views.network, name="network"),
    path(f"{PUBLIC}/promises/", promise_views.public_promises, name="public_promises"),
    path(
        f"{PUBLIC}/promises/<str:indicator>/",
        promise_views.public_indicator,
        name="public_indicator",
    ),
    path(f"{PUBLIC}/network/", network_views.public_network, name="public_network"),
]
