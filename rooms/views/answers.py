"""How a page says no: the same sentences as everywhere, with a fitting status."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from deliberation.kernel.refusals import Refused, gettext_noop
from rooms.words import sentence

_log = structlog.get_logger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")
View = Callable[Concatenate[HttpRequest, _P], HttpResponse]
STATUS = {
    "no_room": 404,
    "no_thread": 404,
    "no_message": 404,
    "no_need": 404,
    "no_report": 404,
    "no_case": 404,
    "no_decision": 404,
    "no_list": 404,
    "no_hearing": 404,
    "no_meeting": 404,
    "no_code": 404,
    "no_screen": 404,
    "signed_out": 403,
    "not_allowed": 403,
    "not_yours": 403,
    "banned": 403,
    "too_fast": 429,
    "unavailable": 503,
}


def outcome(run: Callable[[], _T]) -> _T | Refused:
    """What `run` gives, or why not. A store that fails is a refusal too: nothing was written."""
    try:
        return run()
    except Refused as refused:
        return refused
    except (DatabaseError, InterfaceError) as error:
        _log.error("store.failed", kind=type(error).__name__)
        return Refused(
            "unavailable",
            gettext_noop(
                "We can't store anything right now. Nothing was stored and your text is still "
                "here. Try again in a minute."
            ),
        )


def kept(refused: Refused) -> int:
    """The status of a page that shows a form again with what was typed."""
    return 503 if refused.code == "unavailable" else 422


def in_words(view: View[_P]) -> View[_P]:
    """A refusal on the way to a page becomes a page that says so. Pages stay out of caches."""

    @wraps(view)
    def worded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Refused as refused:
            context = {"refusal": sentence(refused), "code": refused.code}
            status = STATUS.get(refused.code, 403)
            response = render(request, "rooms/refused.html", context, status=status)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return worded
