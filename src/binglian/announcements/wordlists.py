"""Word lists kept as text: sections in brackets, one entry a line."""

from importlib.resources import files


def sections(package: str, filename: str) -> dict[str, list[str]]:
    """Read a list; the name of a section is what stands before its colon."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in files(package).joinpath(filename).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and ":" in line:
            current = found.setdefault(line[1 : line.index(":")], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return found


def one_of(entries: list[str]) -> str:
    """A group of a regular expression: any of these, the longest first."""
    return "(?:" + "|".join(sorted(entries, key=len, reverse=True)) + ")"
