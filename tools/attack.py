"""Lets two attack programs loose on the demonstration: `./dev attack`. Both must find nothing.

wapiti crawls it, signed in as the secretariat, and tries what it finds; sqlmap works through the
addresses that take most parameters. They live in an environment of their own (var/attack), for
they pin old libraries. Everything runs in a network of its own in which there is nothing but the
loopback device, so that no request can leave the machine; both are bounded in time.
"""

from __future__ import annotations

import argparse
import fcntl
import http.cookiejar
import json
import re
import shutil
import socket
import struct
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.demo_site import PASSWORD, build_once, demo_site
from tools.steps import ROOT, StepFailed

HOME = ROOT / "var/attack"
WHO = "secretariat"
#: What wapiti tries. Left out: what asks servers elsewhere (ssrf, xxe, log4shell, wapp, nikto).
MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers"),
    *("methods", "permanentxss", "redirect", "sql", "upload", "xss"),
)
#: Leaving, or locking ourselves out, ends the attack; the rest is a copy to be thrown away.
SPARED = ("logout/", "password/*", "security/*", "preferences/*", "*/export/*")
#: Whose parameters sqlmap works through.
TARGETS = (
    "a/historic/offers/?q=会议室&kind=venue&state=open&sort=number",
    "a/historic/needs/?q=场地&kind=venue&state=open&after=1",
    "a/historic/members/?q=街道&category=builder&state=admitted",
    "a/historic/matters/?q=积水&state=handling&category=1&after=1",
    "a/historic/ledger/?act=offer.saved&user=secretariat&from=2026-01-01&before=9",
    "a/historic/figures/?period=2026-10",
    "p/historic/matters/?q=积水&after=1",
    "p/historic/places/?q=里院&grade=protected",
    "api/v1/alliances/historic/offers?limit=5&cursor=1",
    "open311/v2/requests.json?jurisdiction_id=historic&status=open&service_code=1&page=1",
)
_FINDING = re.compile(r"(?m)^(Parameter: .+|.*(?:is|seems to be) vulnerable.*)$")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=int, default=20, help="for each of the two programs")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if not wanted.alone:
        return _apart(wanted.minutes)
    _raise_loopback()
    HOME.mkdir(parents=True, exist_ok=True)
    # Many requests are the point here; the limits have their own tests.
    with demo_site(build_once(HOME), BINGLIAN_API_PER_MINUTE="1000000") as demo:
        cookie = _sign_in(demo.url)
        found = _wapiti(demo.url, cookie, wanted.minutes) + _sqlmap(
            demo.url, cookie, wanted.minutes
        )
    print(f"\n{len(found)} findings" + "".join(f"\n- {one}" for one in found), flush=True)
    return bool(found)


def _apart(minutes: int) -> int:
    """The same again in a network namespace without any device but the loopback."""
    if not (HOME / "bin/wapiti").exists():
        raise StepFailed("var/attack is not there. Run: ./dev attack")
    if not shutil.which("unshare"):
        raise StepFailed("unshare (package util-linux) was not found: nothing would keep us here.")
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    again = [sys.executable, __file__, "--alone", "--minutes", str(minutes)]
    return subprocess.run([*apart, *again], cwd=ROOT).returncode


def _raise_loopback() -> None:
    """Switch the one device on: SIOCSIFFLAGS with IFF_UP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14s", b"lo", 1, b""))


def _sign_in(url: str) -> str:
    """The cookies of somebody signed in, as a header."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{url}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    sent = {"login": WHO, "password": PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""}
    opener.open(f"{url}/login/", urllib.parse.urlencode(sent).encode())
    cookies = {cookie.name: cookie.value or "" for cookie in jar}
    if "sessionid" not in cookies:
        raise StepFailed(f"could not sign in to the demonstration as {WHO}")
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _wapiti(url: str, cookie: str, minutes: int) -> list[str]:
    report = HOME / "wapiti.json"
    report.unlink(missing_ok=True)
    half = str(minutes * 30)
    spared = [word for path in SPARED for word in ("-x", f"{url}/{path}")]
    command = [
        *(HOME / "bin/wapiti", "-u", f"{url}/", "-s", f"{url}/a/historic/", "-s", f"{url}/p/"),
        *("--scope", "folder", "-m", ",".join(MODULES), "-H", f"Cookie: {cookie}", *spared),
        *("--flush-session", "--depth", "4", "--max-links-per-page", "60", "--tasks", "2"),
        *("--max-files-per-dir", "12", "--max-parameters", "12", "--max-scan-time", half),
        *("--max-attack-time", str(max(20, minutes * 30 // len(MODULES)))),
        *("-f", "json", "-o", report, "--no-bugreport", "--store-session", HOME / "sessions"),
    ]
    _run(command, minutes * 120)
    if not report.exists():
        raise StepFailed("wapiti wrote no report")
    told = json.loads(report.read_text())
    print(f"wapiti: {told['infos'].get('crawled_pages_nbr')} pages crawled, {len(MODULES)} modules")
    return [
        f"wapiti: {kind}: {one['method']} {one['path']} ({one['parameter']}): {one['info']}"
        for group in ("vulnerabilities", "anomalies")
        for kind, rows in told[group].items()
        for one in rows
        # The demonstration speaks plain HTTP on the loopback; tests/test_settings.py has the rest.
        if "Secure flag" not in one["info"]
    ]


def _sqlmap(url: str, cookie: str, minutes: int) -> list[str]:
    output = HOME / "sqlmap"
    shutil.rmtree(output, ignore_errors=True)
    found: list[str] = []
    for number, path in enumerate(TARGETS, 1):
        address = f"{url}/{urllib.parse.quote(path, safe='/?&=:')}"
        command = [
            *(HOME / "bin/sqlmap", "-u", address, "--batch", "--cookie", cookie),
            *("--technique", "BEU", "--level", "1", "--risk", "1", "--threads", "1"),
            *("--timeout", "20", "--retries", "0", "--disable-coloring", "--flush-session"),
            *("--ignore-code", "*", "--output-dir", output),
        ]
        said = _run(command, minutes * 60 // len(TARGETS))
        tried = len(re.findall(r"does not seem to be injectable", said))
        lines = _FINDING.findall(said)
        print(f"sqlmap {number}/{len(TARGETS)}: {path}: {tried} parameters, {len(lines)} findings")
        found += [f"sqlmap: {path}: {line.strip()}" for line in lines]
    return found


def _run(command: Sequence[object], seconds: int) -> str:
    """What a program says; one that takes too long is ended, and what it said so far counts."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=HOME, capture_output=True, text=True, timeout=seconds, check=False
        )
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        print(f"NOT TO THE END: {Path(words[0]).name} was ended after {seconds} s", flush=True)
        return (late.stdout or b"").decode(errors="replace")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StepFailed as reason:
        sys.exit(f"binglian: {reason}")
