"""The command's own words, before Django is ready: Chinese, or English where that is asked for."""

import gettext as catalogues
import os
from collections.abc import Sequence
from pathlib import Path

LANGUAGES = ("zh", "en")
_LOCALE = Path(__file__).resolve().parent.parent / "locale"
_catalogue: catalogues.NullTranslations = catalogues.NullTranslations()


def gettext(text: str) -> str:
    """The text in the chosen language."""
    return _catalogue.gettext(text)


def gettext_noop(text: str) -> str:
    """Mark a text for translation where it is shown later."""
    return text


def language_of(arguments: Sequence[str]) -> str:
    """What ``--lang`` says, or else the terminal; whatever is not English is Chinese."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    terminal = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if terminal.startswith("en") else "zh"


def speak(language: str) -> None:
    """Choose the language of everything the command prints from now on."""
    global _catalogue
    names = ["en"] if language == "en" else []
    _catalogue = catalogues.translation("django", _LOCALE, names, fallback=True)
