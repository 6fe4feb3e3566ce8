"""What anybody needs to verify our signatures: the roots, and the list of revoked certificates."""

from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from binglian.domain.governance.queries import revocations_known, root_certificates_pem
from binglian.domain.governance.signing_keys import revocations
from binglian.web.downloads import as_file

#: Seconds.
HOUR = 3600


@require_safe
@login_not_required
def roots(_request: HttpRequest) -> HttpResponse:
    """The platform's root certificates, old ones too (PEM)."""
    return as_file(_roots_or_404().encode(), "roots.pem")


@require_safe
@login_not_required
@cache_control(max_age=HOUR)
def revoked(_request: HttpRequest) -> HttpResponse:
    """The list of revoked certificates as it stands (RFC 5280, DER)."""
    _roots_or_404()
    # Signed once an hour, and anew when something is revoked: anybody may ask, as often as wished.
    key = f"revoked:{revocations_known()}"
    listed = cache.get_or_set(key, lambda: revocations(now()).public_bytes(Encoding.DER), HOUR)
    return HttpResponse(listed, "application/pkix-crl")


def _roots_or_404() -> str:
    pem = root_certificates_pem()
    if not pem:
        raise Http404
    return pem
