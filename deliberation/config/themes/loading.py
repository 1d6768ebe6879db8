"""Reading a theme, refusing what is none, and writing its style sheet."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .contrast import too_weak

_HERE = Path(__file__).parent
BUILT_IN = tuple(sorted(path.stem for path in _HERE.glob("*.json")))
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LENGTH = re.compile(r"\d{1,3}(\.\d{1,4})?(rem|px)")
_SHAPES = frozenset({"radius", "radius-round"})  # tokens that are no colour


class NotATheme(ValueError):
    """What is wrong with a theme, in words."""


@dataclass(frozen=True)
class Theme:
    """Values by token; `dark` holds what differs when the reader's system is dark."""

    name: str
    light: dict[str, str]
    dark: dict[str, str]

    @property
    def css(self) -> str:
        """The style sheet."""
        night = f"@media (prefers-color-scheme: dark) {{ {_rule(self.dark)} }}"
        return f"{_rule(self.light)}\n{night}\n"

    @property
    def version(self) -> str:
        """Changes when the style sheet does."""
        return sha256(self.css.encode()).hexdigest()[:12]


def theme(wanted: str) -> Theme:
    """A theme by its name, or from a JSON file by its path. NotATheme says what is wrong."""
    path = _HERE / f"{wanted}.json" if wanted in BUILT_IN else Path(wanted)
    try:
        given = json.loads(path.read_text())
        base = json.loads((_HERE / "linde.json").read_text())
        light, dark = base["light"] | given["light"], base["dark"] | given["dark"]
        found = Theme(str(given["name"]), light, dark)
    except FileNotFoundError:
        raise NotATheme(f"There is no theme {wanted!r}. Ours are: {', '.join(BUILT_IN)}.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotATheme(f"The theme {path} can't be read: {error!r}") from error
    known = base["light"].keys()
    if wrong := [*_wrong("light", found.light, known), *_wrong("dark", found.dark, known)]:
        raise NotATheme(f"The theme {path} is not right: {'; '.join(wrong)}.")
    return found


def _wrong(mode: str, tokens: dict[str, str], known: Collection[str]) -> list[str]:
    """What is wrong with the tokens; with colours that are none, their contrast is no matter."""
    unknown = [f"{mode}: there is no token {token}" for token in tokens if token not in known]
    misfits = [
        f"{mode}: {token} can't be {value!r}"
        for token, value in tokens.items()
        if not (_LENGTH if token in _SHAPES else _COLOUR).fullmatch(str(value))
    ]
    return unknown + misfits or [f"{mode}: {words}" for words in too_weak(tokens)]


def _rule(tokens: dict[str, str]) -> str:
    said = " ".join(f"--basis-{token}: {value};" for token, value in tokens.items())
    return f":root {{ {said} }}"
