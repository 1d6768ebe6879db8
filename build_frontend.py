"""Build hook: a wheel carries the built pages' scripts and styles, and compiled translations."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class FrontendHook(BuildHookInterface):  # type: ignore[misc]
    """Runs for a real wheel only; an editable install uses the working tree as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        subprocess.run(["npm", "ci"], cwd=ROOT / "frontend", check=True)
        subprocess.run(["npm", "run", "build"], cwd=ROOT / "frontend", check=True)
        build_data["force_include"][str(ROOT / "frontend" / "dist")] = "deliberation/frontend_dist"
        build_data["artifacts"].append("**/*.mo")
