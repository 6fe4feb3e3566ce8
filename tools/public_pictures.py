"""Pictures of every public page in the four forms in which it is read and tested."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.browser.public_page import FORMS, Reader, public_paths

#: Colours kept: enough for text and drawings, and a picture stays below 100 kB.
COLOURS = 48


def take_public_pictures(browser: Browser, site: str, folder: Path) -> None:
    """``PAGE-FORM.png`` in the folder for each row of ``tests/browser/public_pages.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for form in FORMS:
        reader = Reader(browser, site, form)
        for path in public_paths():
            reader.page.goto(path, wait_until="networkidle")
            file = folder / f"{name_of(path)}-{form.name}.png"
            _keep(reader.page.screenshot(), file)
            print(f"{folder.name}/{file.name}", flush=True)
        reader.leave()


def _keep(picture: bytes, file: Path) -> None:
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def name_of(path: str) -> str:
    """``/p/historic/news/1/`` → ``historic-news-1``; the city's first page is ``city``."""
    words = path.partition("?")[0].strip("/").removeprefix("p").strip("/")
    name = words.replace("/", "-") or "city"
    return f"{name}-asked" if "?" in path else name
