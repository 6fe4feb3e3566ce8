"""Measures how well announcements are read, on the samples of the tests and on a folder of pages.

./dev bench announcements                  our samples, each on every page it is dressed as
./dev bench announcements --pages FOLDER   besides, FOLDER/*.html with FOLDER/*.txt, their bodies

The folder may be given as BINGLIAN_NEWS_PAGES instead.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean

from benchmarks.markdown import number, table
from benchmarks.processes import say
from binglian.announcements.page import read_page
from binglian.announcements.page.decoding import decode
from binglian.announcements.reading import read_announcement
from tests.announcements.measure import f1_of_texts, matched, pairs_of_names
from tests.announcements.pages import PARTS, Sample, all_samples, all_skins, dressed, samples

from .peers import peers

Reader = Callable[[str], str]


def main() -> None:
    """Print what was measured, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=os.environ.get("BINGLIAN_NEWS_PAGES"))
    folder = parser.parse_args().pages
    print("## Bodies, F1 by characters: mean (lowest)\n")
    print(_bodies("our samples, dressed", list(_dressed())))
    if folder:
        print(_bodies(f"{folder}", list(_outside(Path(folder)))))
    else:
        say("NOT MEASURED: no folder of pages. Give --pages FOLDER or BINGLIAN_NEWS_PAGES.")
    print("\n## What they say\n")
    head = ("samples", "texts", "organisations F1", "precision", "recall", "kinds", "roles F1")
    more = ("same names F1", "member count")
    print(table((*head, *more), [_row(part) for part in PARTS]))


def _dressed() -> Iterator[tuple[str, str]]:
    for sample in all_samples().values():
        for skin in all_skins().values():
            yield decode(dressed(sample, skin)), sample.body


def _outside(folder: Path) -> Iterator[tuple[str, str]]:
    pages = sorted(folder.glob("*.html"))
    for page in pages:
        label = page.with_suffix(".txt")
        if label.exists():
            yield decode(page.read_bytes()), label.read_text(encoding="utf-8")
        else:
            say(f"NOT MEASURED: {page.name} has no {label.name} beside it.")


def _bodies(name: str, pages: list[tuple[str, str]]) -> str:
    if not pages:
        return f"{name}: no page with a label."
    readers: dict[str, Reader] = {
        "binglian": lambda page: read_page(page).body,
        "binglian, without names of persons": lambda page: read_announcement(page).body,
        **peers(),
    }
    lines = []
    for reader, read in readers.items():
        measured = [f1_of_texts(_tried(read, page), body) for page, body in pages]
        lines.append([reader, f"{fmean(measured):.4f} ({min(measured):.3f})"])
    return table((f"{name} ({len(pages)} pages)", "F1"), lines) + "\n"


def _tried(read: Reader, page: str) -> str:
    try:
        return read(page)
    except Exception as error:  # a peer may give up on a page; that is its answer
        say(f"{type(error).__name__}: {error}")
        return ""


def _row(part: str) -> list[str]:
    texts = samples(part)
    hits = found = labelled = kinds = shared = said = held = counts = 0
    same = [0, 0, 0]
    for sample in texts:
        announcement = read_announcement(sample.pasted)
        told = pairs_of_names(announcement.organisations, sample.organisations, sample.pasted)
        same = [sum(both) for both in zip(same, told, strict=True)]
        pairs = matched(announcement.organisations, sample.organisations)
        hits += len(pairs)
        found += len(announcement.organisations)
        labelled += len(sample.organisations)
        kinds += sum(one.kind == other.kind for one, other in pairs)
        shared += sum(len({*one.roles} & other.roles) for one, other in pairs)
        said += sum(len(one.roles) for one, _ in pairs)
        held += sum(len(other.roles) for _, other in pairs)
        counts += _counts_right(sample, announcement.member_count)
    figures = (
        2 * hits / (found + labelled),
        hits / found,
        hits / labelled,
        kinds / hits,
        2 * shared / (said + held),
        2 * same[0] / (same[1] + same[2]) if same[1] + same[2] else 1.0,
    )
    right = f"{counts} of {len(texts)}"
    return [part, str(len(texts)), *(number(figure, 3) for figure in figures), right]


def _counts_right(sample: Sample, count: int | None) -> bool:
    return count == sample.member_count


if __name__ == "__main__":
    main()
