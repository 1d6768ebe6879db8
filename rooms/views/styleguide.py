"""Every component in every state, by the same templates as the pages themselves use."""

from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deliberation.protocol.shapes import Mode
from rooms.phase import Phase
from rooms.selectors.opening import LIMITS

from . import specimens

MODES: tuple[Mode, ...] = ("slow", "checked", "read_only", "frozen")
TOKENS = (
    "page",
    "surface",
    "surface-quiet",
    "text",
    "text-quiet",
    "line",
    "line-strong",
    "accent",
    "accent-hover",
    "on-accent",
    "accent-soft",
    "accent-text",
    "staff",
    "staff-soft",
    "warning-soft",
    "warning-text",
    "problem",
    "problem-soft",
    "focus",
)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "rooms/styleguide.html", _shown())


def _shown() -> dict[str, Any]:
    return {
        "room": specimens.room(),
        "neighbourhood": {"slug": specimens.room().neighbourhood},
        "thread": specimens.thread(),
        "charter": specimens.charter(),
        "needs": specimens.needs(),
        "rows": list(specimens.messages()),
        "tombstones": list(specimens.tombstones()),
        "composers": [
            (name, context | {"nth": f"-{number}"})
            for number, (name, context) in enumerate(specimens.composers(), 1)
        ],
        "rooms_in_modes": [(mode, specimens.room(mode)) for mode in MODES],
        "limits": specimens.limits(),
        "meetings": specimens.meetings(),
        "pinned": specimens.quote(),
        "banned": specimens.you(banned=True),
        "quotes": [specimens.quote(), specimens.quote(gone=True)],
        "form": specimens.form(),
        "opening": {"limits": LIMITS},
        "kinds": ("need", "question", "idea", "concern", "activity"),
        "phases": get_args(Phase),
        "influences": ("inform", "consult", "advise", "co_create", "decide"),
        "badges": specimens.BADGES,
        "may": frozenset({"message.restore"}),
        "tokens": TOKENS,
    }
