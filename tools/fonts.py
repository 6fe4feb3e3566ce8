"""Puts the fonts of our papers into the package; licence: SIL Open Font License 1.1."""

import shutil

from tools.steps import ROOT, StepFailed

SOURCE = ROOT / "node_modules/@expo-google-fonts/noto-sans-sc"
TARGET = ROOT / "src/binglian/papers/fonts"

#: Where each file comes from in the npm package, and what it is called in ours.
FILES = {
    "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
    "LICENSE_FONT": "OFL.txt",
}


def copy_fonts() -> str | None:
    """Copy what is absent or differs in size; the npm packages are installed before.

    Raises
    ------
    StepFailed
        A font is neither in the package nor among the installed npm packages.
    """
    if not SOURCE.exists():
        if all((TARGET / name).exists() for name in FILES.values()):
            return "kept as they are, because npm is not installed"
        raise StepFailed("The fonts are not there yet. Install Node with npm, then: make setup")
    stale = [
        (SOURCE / theirs, TARGET / ours)
        for theirs, ours in FILES.items()
        if not (TARGET / ours).exists()
        or (TARGET / ours).stat().st_size != (SOURCE / theirs).stat().st_size
    ]
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, target in stale:
        shutil.copyfile(source, target)
    return None if stale else "already there"
