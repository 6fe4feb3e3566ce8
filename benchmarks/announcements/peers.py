"""Other readers of news pages, each as a function from a page to its body."""

from collections.abc import Callable


def peers() -> dict[str, Callable[[str], str]]:
    """The peers by name; ``./dev bench`` installs them."""
    # Only a benchmark needs them.
    import justext  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415
    from lxml import html  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def by_justext(page: str) -> str:
        # Without stop words it goes by length and links: it has no list of Chinese ones.
        paragraphs = justext.justext(
            page.encode(),
            frozenset(),
            length_low=20,
            length_high=60,
            stopwords_low=0,
            stopwords_high=0,
            encoding="utf-8",
        )
        return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)

    return {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "readability-lxml": lambda page: html.fromstring(Document(page).summary()).text_content(),
        "jusText": by_justext,
    }
