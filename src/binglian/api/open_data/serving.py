"""A file over HTTP as RFC 9110 wants it: validators, ranges, compression."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from binglian.domain.publishing.files import PublishedFile

_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII)
#: Compressing less than this gains nothing.
_SMALL = 600
_EXPOSED = "Accept-Ranges, Content-Range, ETag, Last-Modified, Link"


def served(request: HttpRequest, file: PublishedFile, links: dict[str, str]) -> HttpResponse:
    """The file, a part of it (206), or word that it has not changed (304).

    ``links`` are relation → address of what belongs to it. Anybody's page may read it: no cookie
    counts here, so every origin is welcome.
    """
    is_packed = _takes_gzip(request) and len(file.content) > _SMALL
    etag = f'"{file.digest}{"-gzip" if is_packed else ""}"'
    modified = int(file.changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        content = file.packed if is_packed else file.content
        response = _in_part(request, content, etag, modified) or HttpResponse(content)
        response["Content-Type"] = file.content_type
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    # Kept by anybody, but asked about each time: what is withdrawn disappears at once.
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    response["Link"] = ", ".join(f'<{where}>; rel="{name}"' for name, where in links.items())
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    """Whether to compress; never a part, so that offsets are those of the file itself."""
    if "Range" in request.headers:
        return False
    offered = request.headers.get("Accept-Encoding", "").lower().replace(" ", "")
    coding = next((one for one in offered.split(",") if one.split(";")[0] in ("gzip", "*")), "")
    return bool(coding) and not re.search(r";q=0(\.0*)?$", coding)


def _in_part(request: HttpRequest, content: bytes, etag: str, modified: int) -> HttpResponse | None:
    """The wanted part, or 416; ``None`` where the whole is to be sent.

    A list of parts is answered with the whole, as the standard allows.
    """
    wanted = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or wanted is None or not _is_still(request, etag, modified):
        return None
    size = len(content)
    first, last = wanted["first"], wanted["last"]
    if not first and not last:
        return None
    if not first:  # the last so many bytes
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last) if last else size - 1, size - 1)
        if last and int(last) < begin:
            return None
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {begin}-{end}/{size}"}
    return HttpResponse(content[begin : end + 1], status=206, headers=headers)


def _is_still(request: HttpRequest, etag: str, modified: int) -> bool:
    """Whether the file is still the one of which the asker has a part (``If-Range``)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    return condition == etag or parse_http_date_safe(condition) == modified
