"""The interface as a whole: who may ask, what a refusal looks like, where it is described."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from binglian.api.limits import TooMany, WrongKey, admit, key_of
from binglian.domain.clients.actions import KeyReused
from binglian.domain.clients.models import Scope
from binglian.domain.refusals import ActionRefused

from .alliances import router as alliances
from .areas import router as areas
from .interface import Interface
from .listings import router as listings
from .matters import router as matters
from .searching import router as searching
from .speaking import NoKey
from .writing import router as writing


def anybody(request: HttpRequest) -> bool:
    """A key is not needed, but a wrong one is refused, and each has its limit."""
    admit(request, key_of(request), Scope.READ)
    return True


api = Interface(
    title="Binglian 并联",
    version="1",
    urls_namespace="api",
    auth=anybody,
    description=(
        "What the alliances make public, and what a member's own program does for it. Reading "
        "needs no key; with one, in the header X-API-Key, the limit is the key's own. Send an "
        "Idempotency-Key with what is to be done once. Matters with a contact are reported "
        "through Open311, at /open311/."
    ),
)
api.add_router("/alliances", alliances)
api.add_router("/alliances", writing)
api.add_router("/alliances", matters)
api.add_router("/alliances", listings)
api.add_router("/areas", areas)
api.add_router("/search", searching)


@api.exception_handler(ActionRefused)
def _refused(request: HttpRequest, refused: ActionRefused) -> HttpResponse:
    return api.problem(request, 409, refused)


@api.exception_handler(KeyReused)
def _reused(request: HttpRequest, reused: KeyReused) -> HttpResponse:
    return api.problem(request, 422, reused)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, _missing: Http404) -> HttpResponse:
    return api.problem(request, 404, _("没有找到。"))


@api.exception_handler(HttpError)
def _not_so(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.problem(request, error.status_code, error)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, denied: PermissionDenied) -> HttpResponse:
    return api.problem(request, 403, denied)


@api.exception_handler(NoKey)
def _no_key(request: HttpRequest, _none: NoKey) -> HttpResponse:
    response = api.problem(request, 401, _("请在 X-API-Key 里给出密钥。"))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(WrongKey)
def _wrong_key(request: HttpRequest, _wrong: WrongKey) -> HttpResponse:
    return api.problem(request, 403, _("密钥无效、已停用，或没有这项权限。"))


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, limit: TooMany) -> HttpResponse:
    detail = _("问得太频繁，请 %(n)s 秒后再试。") % {"n": limit.seconds}
    response = api.problem(request, 429, detail)
    response["Retry-After"] = str(limit.seconds)
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    errors = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in invalid.errors]
    return api.problem(request, 422, _("参数不对。"), errors)


#: Who asks is told by a key, never by a session: no page of this asks to sign in.
addresses = api.urls
for pattern in addresses[0]:
    if isinstance(pattern, URLPattern):
        login_not_required(pattern.callback)
