"""Build hook: a wheel carries the built pages' scripts and styles, and compiled translations."""

import subprocess
from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"


class FrontendHook(BuildHookInterface):  # type: ignore[misc]
    """Runs for a real wheel only; an editable install uses the working tree as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FRONTEND, check=True)
        subprocess.run(["npm", "run", "build"], cwd=FRONTEND, check=True)
        for source in (ROOT / "deliberation" / "locale").rglob("*.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
        build_data["force_include"][str(FRONTEND / "dist")] = "deliberation/frontend_dist"
        build_data["artifacts"].append("*.mo")
