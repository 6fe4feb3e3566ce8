"""The notice of a finding as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from binglian.domain.checks.notice_paper import notice_paper
from binglian.papers.notice import typeset
from binglian.web.downloads import as_file

from .finding_views import finding_or_404


@require_safe
def notice(request: HttpRequest, slug: str, finding_pk: int) -> HttpResponse:
    """The notice with what happened until now."""
    _alliance, found = finding_or_404(request, slug, finding_pk)
    return as_file(typeset(notice_paper(found)), f"{found.number}.pdf")
