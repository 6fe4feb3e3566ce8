"""Keeps the English translation of the Chinese interface; needs Babel, not gettext.

update          collect the messages of the source into the .po, keeping translations
compile         write the .mo that Django reads
check           list what is missing, untranslated, fuzzy, or has wrong placeholders
missing         print the untranslated messages as JSON, ready to be filled in
merge FILE      take translations from such a JSON file
"""

import argparse
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/binglian"
PO = SOURCE / "locale/en/LC_MESSAGES/django.po"

CONTEXT = "\x04"  # stands between context and message, in JSON as in gettext
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Lines of the header that would change with every run.
CHANGING_HEADER = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    rb'|Last-Translator|Language-Team|Generated-By):[^"]*"\n',
    re.MULTILINE,
)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "Said": (1,),  # papers speak Chinese, and whoever shows what they say translates it
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Found = tuple[str, str | tuple[str, ...], str | None]  # file, message (and plural), context


def found_in_source() -> Iterator[Found]:
    """Yield every message in Python files and templates."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from _extract(path, path.read_bytes())
    for path in sorted((*SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt"))):
        # Each call is on a line of its own; the rest is not Python, so take line by line.
        for line in templatize(path.read_text(), origin=str(path)).splitlines():
            yield from _extract(path, line.strip().encode())
    for path in sorted(SOURCE.rglob("templates/**/*.jinja")):
        yield from _extract(path, path.read_bytes(), babel_extract)


def _extract(path: Path, content: bytes, method: Any = "python") -> Iterator[Found]:
    file = str(path.relative_to(ROOT))
    for _, texts, _, context in extract(
        method, io.BytesIO(content), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        yield file, texts, context


def source_catalog() -> Catalog:
    """Return a catalog without translations of all messages in the source."""
    catalog = Catalog(locale="en")
    for file, message, context in found_in_source():
        catalog.add(message, locations=[(file, 0)], context=context)
    return catalog


def stored_catalog() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def store(catalog: Catalog, *, drop_unused: bool = False) -> None:
    catalog.header_comment = "# English translation of Binglian."
    catalog.fuzzy = False
    written = io.BytesIO()
    write_po(
        written,
        catalog,
        width=100,
        include_lineno=False,
        sort_by_file=True,
        ignore_obsolete=drop_unused,
    )
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(CHANGING_HEADER.sub(b"", written.getvalue()))


def update(*, drop_unused: bool) -> None:
    catalog = stored_catalog()
    for unused in list(catalog.obsolete.values()):  # it may be in use again
        if catalog.get(unused.id, unused.context) is None:
            catalog[unused.id] = unused
    catalog.obsolete.clear()
    catalog.update(source_catalog(), no_fuzzy_matching=True)
    store(catalog, drop_unused=drop_unused)
    print(f"{len(catalog)} messages, {len(untranslated(catalog))} of them untranslated.")


def compile_mo() -> None:
    written = io.BytesIO()
    write_mo(written, stored_catalog())
    mo = PO.with_suffix(".mo")
    if PO.exists() and not (mo.exists() and mo.read_bytes() == written.getvalue()):
        mo.write_bytes(written.getvalue())


def untranslated(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and not all(_strings(message))]


def problems() -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with the translation."""
    catalog = stored_catalog()
    for message in source_catalog():
        if message.id and catalog.get(message.id, message.context) is None:
            yield f"not in the .po: {_key(message)!r} ({message.locations[0][0]})"
    for message in untranslated(catalog):
        yield f"untranslated: {_key(message)!r}"
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {_key(message)!r}"
        asked = {*PLACEHOLDER.findall(_ids(message)[-1])}
        # "1 offer" may do without the number that "%(n)s offers" has.
        given = {*PLACEHOLDER.findall(_strings(message)[-1])}
        if all(_strings(message)) and asked != given:
            yield f"placeholders {sorted(asked)} became {sorted(given)}: {_key(message)!r}"


def missing() -> dict[str, str | list[str]]:
    return {
        _key(message): ["", ""] if isinstance(message.id, tuple) else ""
        for message in untranslated(stored_catalog())
    }


def merge(translations: dict[str, str | list[str]]) -> None:
    """Fill translations in; messages that are not in the .po are listed, not added."""
    catalog = stored_catalog()
    by_key = {_key(message): message for message in catalog if message.id}
    for key, english in translations.items():
        if key in by_key:
            by_key[key].string = tuple(english) if isinstance(english, list) else english
        else:
            print(f"not in the .po: {key!r}", file=sys.stderr)
    store(catalog)


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def _key(message: Message) -> str:
    text = _ids(message)[0]
    return f"{message.context}{CONTEXT}{text}" if message.context else text


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=["update", "compile", "check", "missing", "merge"])
    parser.add_argument("file", nargs="?", type=Path, help="JSON file of `merge`")
    parser.add_argument(
        "--drop-unused", action="store_true", help="`update` forgets messages no longer used"
    )
    asked = parser.parse_args()
    settings.configure(USE_I18N=True)  # templatize() asks for it
    match asked.verb:
        case "update":
            update(drop_unused=asked.drop_unused)
        case "compile":
            compile_mo()
        case "missing":
            print(json.dumps(missing(), ensure_ascii=False, indent=1))
        case "merge":
            if asked.file is None:
                parser.error("merge needs a JSON file")
            merge(json.loads(asked.file.read_text()))
        case "check":
            found = list(problems())
            print("\n".join(found) or "The English translation is complete.")
            return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
