"""A page with nothing but the Gantt island, under the product's content security policy."""

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DIST = Path(__file__).resolve().parents[2] / "src/binglian/web/static/binglian/dist"
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
CONTRACT = Path(__file__).resolve().parents[2] / "frontend/src/islands/gantt/contract.ts"
WORDS = re.findall(r'"(\w+)"', CONTRACT.read_text().split("type Word =")[1])


def sample_chart(tasks: int, *, seed: int = 0) -> dict[str, Any]:
    """A made-up portfolio: chains of twenty-seven tasks, thirty organisations, three years."""
    dice = random.Random(seed)
    days = 1100
    closed = [[day, day + 2] for day in range(5, days, 7)]
    made: list[dict[str, Any]] = []
    links: list[list[Any]] = []
    for number in range(tasks):
        project, place = divmod(number, 27)
        if place == 0:
            at = (project * 37) % 800
        start = at + dice.randrange(0, 4)
        start += max(0, 7 - start % 7) if start % 7 > 4 else 0
        worked = dice.randrange(1, 15)
        finish = start
        for _day in range(worked):
            finish += 3 if finish % 7 == 5 else 1
        at = finish if dice.random() < 0.5 else at
        organisation = dice.randrange(30)
        made.append(
            {
                "id": number + 1,
                "title": f"审批事项 {number + 1}",
                "group": project,
                "organisation": organisation,
                "start": start,
                "finish": finish,
                "movable": True,
                "critical": dice.random() < 0.2,
                "float": dice.randrange(0, 9),
                "state": dice.choice(["waiting", "running", "done", "late"]),
                "baseline": [max(0, start - 2), max(1, finish - 2)],
                "awaits": f"等 单位 {organisation}",
                "stopped": [[start, finish]] if number % 9 == 0 else [],
            }
        )
        if place:
            links.append([number - 1 - dice.randrange(0, min(place, 5)), number, "FS"])
    use = [[day, dice.randrange(0, 6)] for day in range(0, days, 7)]
    return {
        "from": "2026-01-05",
        "days": days,
        "today": 330,
        "closed": closed,
        "groups": [f"项目 {n + 1}" for n in range((tasks + 26) // 27)],
        "organisations": [
            {"name": f"单位 {n}", "capacity": [[0, 3]], "use": use} for n in range(30)
        ],
        "tasks": made,
        "links": links,
        "form": "moves",
        "words": {word: word for word in WORDS}
        | {
            "days": "{n} days",
            "unsaved": "{n} unsaved",
            "rows": "{n} rows",
            "tooSoon": "before {n}",
        },
    }


@contextmanager
def served(chart: dict[str, Any]) -> Iterator[str]:
    """The address of a page that shows ``chart``."""
    manifest = json.loads((DIST / "manifest.json").read_text())["src/main.ts"]
    sheets = "".join(f'<link rel="stylesheet" href="/{css}">' for css in manifest["css"])
    page = (
        f'<!doctype html><html lang="en"><head><title>Plan</title>{sheets}'
        f'<script type="module" src="/{manifest["file"]}"></script></head><body><main>'
        f'<div data-island="gantt" data-source="plan" role="region" aria-label="Plan"></div>'
        f'<script type="application/json" id="plan">{json.dumps(chart)}</script>'
        f'<form id="moves" method="get" action="/saved"><input type="hidden" name="changes"></form>'
        f"</main></body></html>"
    ).encode()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.startswith(("/plan", "/saved")):
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(page if self.path.startswith("/plan") else b"saved")

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(DIST)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/plan"
    finally:
        server.shutdown()
        server.server_close()
