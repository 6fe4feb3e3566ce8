"""Plain words: text, tags, names, choices, yes or no, numbers."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.sheets.cells.errors import CellError

Choices = Mapping[str, tuple[str, ...]]
"""Code → labels; the first is the Chinese label, the second the English, the rest synonyms."""

_YES = {"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1"}
_NO = {"否", "无", "不", "没有", "×", "✗", "x", "n", "no", "false", "0"}

_DASHES = str.maketrans({"—": "-", "–": "-", "‐": "-", "‑": "-", "−": "-", "〜": "~", "∼": "~"})


def normalise(text: object) -> str:
    """Full-width forms folded (NFKC), spaces and line breaks collapsed, ends stripped."""
    return " ".join(unicodedata.normalize("NFKC", "" if text is None else str(text)).split())


def refuse_long(text: str, longest: int) -> None:
    """Refuse a text that is no single value but a paragraph."""
    if len(text) > longest:
        raise CellError(
            _("“%(value)s…”太长。") % {"value": text[:30]},
            _("请缩短到 %(longest)s 个字以内。") % {"longest": longest},
        )


def plain_dashes(text: str) -> str:
    """Every kind of dash as ``-``, every kind of wave as ``~``."""
    return text.translate(_DASHES).replace("--", "-")


def comparable(text: object) -> str:
    """The form in which two spellings of one word are equal."""
    return _comparable(normalise(text))


@lru_cache(maxsize=4_096)
def _comparable(text: str) -> str:
    return re.sub(r"[\s·\-_/()]+", "", text).casefold()


def read_tags(text: object) -> tuple[str, ...]:
    """Split at 、 ; , / | and line breaks; duplicates dropped, order kept."""
    return _split(text, r"[、;,/|\n\r\t]+")


def read_names(text: object) -> tuple[str, ...]:
    """Organisation names in one cell; the comma in “Co., Ltd.” does not split."""
    return _split(text, r"[、;|\n\r\t]+|,(?!\s*(?:ltd|inc|llc|co|plc|gmbh)\b)")


def _split(text: object, separators: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", "" if text is None else str(text))
    parts = (normalise(part) for part in re.split(separators, folded, flags=re.IGNORECASE))
    unique: dict[str, str] = {}
    for part in filter(None, parts):
        unique.setdefault(part.casefold(), part)
    return tuple(unique.values())


def read_choice(text: object, choices: Choices) -> str:
    """Return the code whose code, label or synonym the text is.

    Raises
    ------
    CellError
        No choice has this name; the remedy lists the labels and the nearest one.
    """
    spoken = {comparable(word): code for code, words in choices.items() for word in (code, *words)}
    refuse_long(normalise(text), 60)
    wanted = comparable(text)
    if wanted in spoken:
        return spoken[wanted]

    language = get_language() or ""
    labels = _("、").join(label(choices, code, language) for code in choices)
    near = difflib.get_close_matches(wanted, spoken, n=1, cutoff=0.5)
    value = normalise(text)
    if near:
        remedy = _("是否为“%(near)s”？可选：%(labels)s。") % {
            "near": label(choices, spoken[near[0]], language),
            "labels": labels,
        }
    else:
        remedy = _("请从中选一项：%(labels)s。") % {"labels": labels}
    raise CellError(_("没有“%(value)s”这个选项。") % {"value": value}, remedy)


def label(choices: Choices, code: str, language: str) -> str:
    """The label of ``code`` in ``language`` (``zh-hans`` or ``en``)."""
    words = choices.get(code, (code,))
    return words[1] if language.startswith("en") and len(words) > 1 else words[0]


def read_flag(value: object) -> bool:
    """是/否, 有/无, √/×, yes/no, 1/0."""
    if isinstance(value, bool):
        return value
    refuse_long(normalise(value), 60)
    word = comparable(value)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(
        _("“%(value)s”既不是“是”也不是“否”。") % {"value": normalise(value)},
        _("请填“是”或“否”。"),
    )


def read_number(
    value: object,
    *,
    least: int | None = None,
    most: int | None = None,
    whole: bool = False,
) -> Decimal:
    """A number such as a longitude; ``120.38°E`` and ``北纬36.07`` are understood."""
    text = normalise(value).replace(",", "")
    refuse_long(text, 60)
    bare = re.sub(r"^(东经|北纬|经度|纬度)[::]?|[°度]?\s*[EN]?$", "", text).strip()
    try:
        number = Decimal(bare)
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise CellError(
            _("“%(value)s”不是数字。") % {"value": text}, _("请只填一个数，例如 120.38。")
        )
    if whole and number != number.to_integral_value():
        raise CellError(_("“%(value)s”不是整数。") % {"value": text}, _("请填整数，例如 3。"))
    if (least is not None and number < least) or (most is not None and number > most):
        limits = {"least": "−∞" if least is None else least, "most": "∞" if most is None else most}
        raise CellError(
            _("“%(value)s”超出范围。") % {"value": text},
            _("请填 %(least)s 到 %(most)s 之间的数。") % limits,
        )
    return number
