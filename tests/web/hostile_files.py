"""Files that somebody means harm with, made on the spot, and harmless as long as refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

SCRIPT = b"<script>document.title = 'taken over'</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
PROGRAM = b"MZ\x90\x00" + bytes(600)
#: At once the beginning of a GIF and a script.
POLYGLOT = b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)//"


def pixel_bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 40,000 × 40,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(2_000_000), 9)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def packed_bomb() -> bytes:
    """A workbook of a hundred kilobytes that unpacks to more than anybody has rows for."""
    return _workbook({"xl/worksheets/sheet1.xml": b" " * (90 << 20)})


def lying_bomb() -> bytes:
    """Like ``packed_bomb``, and its table of contents says that a sheet has ten bytes."""
    content = packed_bomb()
    said = struct.pack("<I", 90 << 20)
    assert said in content
    return content.replace(said, struct.pack("<I", 10))


def entity_bomb() -> bytes:
    """A workbook whose one cell is a billion laughs."""
    entities = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "ha"}{("&l" + str(n - 1) + ";") * 9}">'
        for n in range(10)
    )
    return _workbook({"xl/sharedStrings.xml": f"<!DOCTYPE s [{entities}]><s>&l9;</s>".encode()})


def prying_workbook() -> bytes:
    """A workbook that asks the reader to paste in a file of the server."""
    entity = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return _workbook({"xl/sharedStrings.xml": f"<?xml version='1.0'?>{entity}<s>&x;</s>".encode()})


def prying_plan() -> bytes:
    """The same as a plan of MS Project."""
    entity = '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return f"<?xml version='1.0'?>{entity}<Project><Name>&x;</Name></Project>".encode()


def _workbook(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
