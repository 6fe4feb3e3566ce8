"""What every address of Open311 does around its own work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from binglian.api.limits import TooMany, WrongKey, admit, key_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.actions import KeyReused
from binglian.domain.clients.models import ApiClient, Scope
from binglian.domain.clients.queries import alliances_open_to_clients
from binglian.domain.refusals import ActionRefused

from .formats import MEDIA_TYPES, wanted_format, written
from .parameters import Parameters
from .refusals import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who asks, what it says, and where the answer goes."""

    request: HttpRequest
    parameters: Parameters
    client: ApiClient | None
    is_test: bool

    def alliance(self) -> Alliance:
        """The jurisdiction asked about; need not be said where there is only one."""
        slug = self.parameters.text("jurisdiction_id")
        if slug:
            found = alliances_open_to_clients().filter(slug=slug).first()
            if found is None:
                raise Refused(404, _("没有 jurisdiction_id “%(slug)s”。") % {"slug": slug[:40]})
            return found
        first, *others = alliances_open_to_clients()[:2] or [None]
        if first is None or others:
            raise Refused(400, _("请给出 jurisdiction_id，即联盟的网址名。"))
        return first


#: Gives the outermost element and its content.
Work = Callable[..., tuple[str, Any]]


def endpoint(name: str, **works: tuple[Work, Scope]) -> Callable[..., HttpResponse]:
    """A view that answers ``GET`` or ``POST`` with the work given for it."""

    @csrf_exempt  # a key, not a cookie, says who asks
    @login_not_required
    def view(request: HttpRequest, *, suffix: str | None = None, **where: Any) -> HttpResponse:
        form = wanted_format(request, suffix and suffix[1:])
        try:
            if form is None:
                types = "、".join(MEDIA_TYPES.values())
                raise Refused(406, _("只提供 %(types)s。") % {"types": types})
            response = _answered(request, works, form, where)
        except Refused as refused:
            response = written("errors", refused.as_errors(), form or "xml", status=refused.status)
            for header, value in refused.headers.items():
                response[header] = value
        response["Access-Control-Allow-Origin"] = "*"  # no cookie counts here
        patch_vary_headers(response, ["Accept"])
        return response

    view.__name__ = name
    return view


def _answered(
    request: HttpRequest, works: dict[str, tuple[Work, Scope]], form: str, where: dict[str, Any]
) -> HttpResponse:
    is_test = where.pop("is_test", False)
    method = "GET" if request.method == "HEAD" else request.method
    if method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": _allowed(works)} | _PREFLIGHT)
    if method not in works:
        allowed = _allowed(works)
        said = _("这个地址只接受 %(methods)s。") % {"methods": allowed}
        raise Refused(405, said, {"Allow": allowed})
    work, scope = works[method]
    try:
        parameters = Parameters(request)  # reads the body, or says why it cannot
        client = admit(request, key_of(request), scope)
        asked = Asked(request, parameters, client, is_test)
        return written(*work(asked, **where), form)
    except TooMany as limit:
        said = _("问得太频繁，请 %(n)s 秒后再试。") % {"n": limit.seconds}
        raise Refused(429, said, {"Retry-After": str(limit.seconds)}) from limit
    except WrongKey:
        raise Refused(403, _("api_key 无效、已停用，或没有这项权限。")) from None
    except PermissionDenied as denied:
        raise Refused(403, denied) from denied
    except KeyReused as reused:
        raise Refused(422, reused) from reused
    except ActionRefused as refused:
        raise Refused(400, refused) from refused
    except (BadRequest, MultiPartParserError, SuspiciousOperation) as broken:
        raise Refused(400, _("请求读不出来：%(why)s") % {"why": broken}) from broken


_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, X-API-Key, Idempotency-Key, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def _allowed(works: dict[str, tuple[Work, Scope]]) -> str:
    methods = [*works, "OPTIONS"] + (["HEAD"] if "GET" in works else [])
    return ", ".join(sorted(methods))
