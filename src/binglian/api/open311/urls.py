"""Addresses of Open311; the format is the ending of each."""

from django.urls import include, re_path

from binglian.domain.clients.models import Scope

from .description import document
from .discovery import discovery
from .endpoint import endpoint
from .nowhere import nowhere
from .posting import post
from .requests import request, requests
from .services import service, services
from .tokens import token
from .updates import post_update, updates

ENDING = r"(?P<suffix>\.[A-Za-z0-9]+)?$"
_READ, _REPORT, _UPDATE = Scope.READ, Scope.REPORT, Scope.UPDATE

_discovery = endpoint("discovery", GET=(discovery, _READ))
_addresses = [
    re_path(rf"^discovery{ENDING}", _discovery, name="discovery"),
    re_path(rf"^services{ENDING}", endpoint("services", GET=(services, _READ)), name="services"),
    re_path(
        rf"^services/(?P<service_code>[^/]+?){ENDING}",
        endpoint("service", GET=(service, _READ)),
        name="service",
    ),
    re_path(
        rf"^requests{ENDING}",
        endpoint("requests", GET=(requests, _READ), POST=(post, _REPORT)),
        name="requests",
    ),
    re_path(
        rf"^requests/(?P<request_id>[^/]+?){ENDING}",
        endpoint("request", GET=(request, _READ)),
        name="request",
    ),
    re_path(
        rf"^tokens/(?P<token_id>[^/]+?){ENDING}",
        endpoint("token", GET=(token, _READ)),
        name="token",
    ),
    re_path(
        rf"^servicerequestupdates{ENDING}",
        endpoint("updates", GET=(updates, _READ), POST=(post_update, _UPDATE)),
        name="updates",
    ),
    re_path(r"^openapi\.json$", document, name="document"),
    re_path(r"^", endpoint("nowhere", GET=(nowhere, _READ)), name="nowhere"),
]

app_name = "open311"
urlpatterns = [
    re_path(rf"^discovery{ENDING}", _discovery, name="where"),
    re_path(r"^v2/", include((_addresses, "v2"))),
    re_path(r"^test/v2/", include((_addresses, "test"), namespace="test"), {"is_test": True}),
]
