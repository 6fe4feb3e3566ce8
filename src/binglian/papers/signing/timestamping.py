"""Time-stamps of an outside authority (RFC 3161) over HTTP."""

import asyncio
import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from binglian.papers.refusal import PaperRefused, Said

SECONDS = 20


class HttpTimeStamper(TimeStamper):
    """Asks the authority at ``url``; waits at most ``SECONDS`` for each answer."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise PaperRefused(Said("时间戳地址应以 http:// 或 https:// 开头：%(url)s", url=url))
        self._url = url
        super().__init__()  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req)

    def _ask(self, asked: tsp.TimeStampReq) -> tsp.TimeStampResp:
        request = urllib.request.Request(  # noqa: S310  the scheme is checked above
            self._url, asked.dump(), {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                kind, body = answer.headers.get_content_type(), answer.read()
        except (urllib.error.URLError, TimeoutError) as error:
            raise PaperRefused(
                Said("时间戳服务 %(url)s 没有应答：%(why)s。请稍后再试。", url=self._url, why=error)
            ) from error
        if kind != "application/timestamp-reply":
            raise PaperRefused(
                Said(
                    "时间戳服务 %(url)s 的应答不是时间戳（%(kind)s）。请核对地址。",
                    url=self._url,
                    kind=kind,
                )
            )
        return tsp.TimeStampResp.load(body)
