"""Where a new room starts from: templates with their charter filled in as far as one can know.

Who moderates and when is decided differ by room, so no template fills those in.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import get_language

from .models import Room

FOLDER = Path(__file__).parent / "room_templates"
SLUG_LIMIT = 60


@dataclass(frozen=True)
class RoomTemplate:
    """`fields` are initial values of the form: title, introduction and the charter's."""

    key: str
    name: str
    about: str
    fields: dict[str, str] = field(default_factory=dict)


def templates() -> list[RoomTemplate]:
    """All templates in the reader's language, by name."""
    language = "nl" if (get_language() or "nl").startswith("nl") else "en"
    return sorted((_template(key, language) for key in _keys()), key=lambda found: found.name)


def template(key: str) -> RoomTemplate | None:
    return next((found for found in templates() if found.key == key), None)


def proposed_slug(title: str) -> str:
    """An address nobody has yet, made from the title."""
    base = slugify(title)[: SLUG_LIMIT - 4].strip("-") or "kamer"
    taken = set(Room.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    free = (slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)
    return base if base not in taken else next(free)


@cache
def _keys() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@cache
def _template(key: str, language: str) -> RoomTemplate:
    words = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))[language]
    name, about = words.pop("name"), words.pop("about")
    return RoomTemplate(key, name, about, words)
