"""Builds the kernels, the front end, the fonts and the translations into the wheel."""

import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERNELS = "src/binglian/engine/*/kernel/_kernel.so"
FONTS = "src/binglian/papers/fonts"
MANIFEST = "src/binglian/web/static/binglian/dist/manifest.json"


class KernelsFrontEndAndTranslations(BuildHookInterface[Any]):
    """Makes what is absent: a C compiler compiles for this platform, npm only in a checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if self.target_name == "wheel":
            subprocess.run([sys.executable, root / "tools/kernel.py"], cwd=root, check=True)
            build_data["artifacts"].append(KERNELS)
            # The kernels are of this platform, but know no Python, so any version can load it.
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"
            build_data["pure_python"] = False
        if version == "editable":
            return  # ./dev setup builds the rest into the source tree
        if not (root / MANIFEST).exists():
            for command in (["npm", "ci"], ["npm", "run", "build"]):
                subprocess.run(command, cwd=root, check=True)
        if not (root / FONTS).exists():
            subprocess.run(
                [sys.executable, "-c", "from tools.fonts import copy_fonts; copy_fonts()"],
                cwd=root,
                check=True,
            )
        if not list((root / "src/binglian/locale").glob("*/LC_MESSAGES/*.mo")):
            subprocess.run(
                [sys.executable, root / "tools/messages.py", "compile"], cwd=root, check=True
            )
