"""What is wrong with a plan file: where, what stands there, and how to mend it."""

from typing import Any

from .phrases import EXPECTED, FIELDS, NEAREST, PHRASES, PLACE, Code, Language

__all__ = ["Code", "FormatError", "Language"]

_LONGEST_EXCERPT = 60


class FormatError(ValueError):
    """A file that cannot be read.

    ``line`` is counted from 1, None if the fault belongs to no line; ``field`` is what the value
    is called, with its task where there is one.
    """

    def __init__(
        self, code: Code, *, line: int | None = None, field: str = "", **facts: Any
    ) -> None:
        self.code = code
        self.line = line
        self.field = field
        self.facts = facts
        super().__init__(self.in_words("en"))

    def in_words(self, language: Language) -> str:
        """Return place, value and remedy as one sentence."""
        words = PLACE[language]
        where = []
        if self.line is not None:
            where.append(words["line"].format(line=self.line))
        if self.field:
            field = FIELDS.get(self.field, self.field) if language == "zh" else self.field
            where.append(words["field"].format(field=field))
        facts = {key: _excerpt(value, key) for key, value in self.facts.items()}
        if "expected" in facts:
            facts["expected"] = EXPECTED[language].get(facts["expected"], facts["expected"])
        if facts.get("near"):
            facts["near"] = NEAREST[language].format(near=facts["near"])
        said = PHRASES[language][self.code].format(**facts)
        return words["between"].join(where) + words["colon"] + said if where else said


def _excerpt(value: Any, key: str) -> str:
    """A value short and printable; what the reader itself says stays whole."""
    text = str(value).encode(errors="backslashreplace").decode()
    is_long = key == "value" and len(text) > _LONGEST_EXCERPT
    return text[:_LONGEST_EXCERPT] + "…" if is_long else text
