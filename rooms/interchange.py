"""Room templates as files: to take a good room along to another neighbourhood or municipality.

Version 1 is described in docs/room-template.schema.json. A template holds no names: who moderates
and when is decided differ by room.
"""

import json
from typing import Any

from deliberation.kernel.refusals import Refused, gettext_noop

from .house_rules import rules_version
from .models import Influence, Room

SCHEMA, VERSION = "deliberation/room-template", 1
LIMIT = 100_000  # bytes of a file
LENGTH = 5000  # characters of a field
FIELDS = ("title", "introduction", "purpose", "question", "influence", "outcome", "decided_by")


def exported(room: Room) -> dict[str, Any]:
    """The room as a template: what can be used elsewhere."""
    sources = {"title": room, "introduction": room}
    fields = {name: getattr(sources.get(name, room.charter), name) for name in FIELDS}
    return {"schema": SCHEMA, "version": VERSION, "fields": fields}


def imported(content: bytes) -> dict[str, str]:
    """Initial values of the form for a new room. Refused, in words, when it is no template."""
    given = _read(content)
    if given.get("schema") != SCHEMA:
        raise Refused("no_template", gettext_noop("This file is no template of a room."))
    if given.get("version") != VERSION:
        raise Refused(
            "other_version",
            gettext_noop(
                "This template has version %(version)s; this site reads version %(known)s. "
                "Ask who made it for a file of that version."
            ),
            values={"version": str(given.get("version")), "known": VERSION},
        )
    fields = given.get("fields")
    if not isinstance(fields, dict):
        raise Refused("no_fields", gettext_noop("There is nothing in this template."))
    for name, value in fields.items():
        _check(str(name), value)
    return {**fields, "house_rules": rules_version()}


def _read(content: bytes) -> dict[str, Any]:
    try:
        given = json.loads(content)
    except (ValueError, RecursionError):
        given = None
    if len(content) > LIMIT or not isinstance(given, dict):
        raise Refused(
            "no_template",
            gettext_noop("This file is no template of a room. Choose a file that ends in .json."),
        )
    return given


def _check(name: str, value: object) -> None:
    if name not in FIELDS:
        text = gettext_noop("The template has a field “%(name)s” that rooms don't have.")
        raise Refused("unknown_field", text, values={"name": name})
    wrong_influence = name == "influence" and value not in {"", *Influence.values}
    if not isinstance(value, str) or len(value) > LENGTH or wrong_influence:
        text = gettext_noop("What the template says in “%(name)s” can't be used.")
        raise Refused("wrong_field", text, values={"name": name})
