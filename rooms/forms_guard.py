"""Public forms carry no token, because reading must set no cookie; the browser says instead
which page a form came from."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from deliberation.people.origin import is_same_origin

_P = ParamSpec("_P")
View = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def same_origin(view: View[_P]) -> View[_P]:
    """Reads pass; a form from another site, or from a page without an origin, does not."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if request.method in ("GET", "HEAD") or is_same_origin(request.headers, request.get_host()):
            return view(request, *args, **kwargs)
        return render(request, "403_foreign.html", status=403)

    return guarded


def same_origin_post(view: View[_P]) -> View[_P]:
    """The same, for an address that only takes forms."""
    return same_origin(require_POST(view))
