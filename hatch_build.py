"""Builds the front end and the translations into the wheel and the sdist."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MANIFEST = "src/binglian/web/static/binglian/dist/manifest.json"


class FrontEndAndTranslations(BuildHookInterface[Any]):
    """Runs npm only if the built files are absent, so an sdist needs no Node."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatch names it)
        if version == "editable":
            return  # ./dev setup builds into the source tree
        root = Path(self.root)
        if not (root / MANIFEST).exists():
            for command in (["npm", "ci"], ["npm", "run", "build"]):
                subprocess.run(command, cwd=root, check=True)
        if not list((root / "src/binglian/locale").glob("*/LC_MESSAGES/*.mo")):
            subprocess.run(
                [sys.executable, root / "tools/messages.py", "compile"], cwd=root, check=True
            )
