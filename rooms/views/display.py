"""Larger letters, a simple view, quiet: remembered because someone asked for it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from deliberation.people.display import AGE, COOKIE, Display
from rooms.forms.display import DisplayForm
from rooms.forms_guard import same_origin


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose how the site looks, and go back to the page one came from (`?next=`)."""
    back = _back(request)
    if request.method != "POST":
        form = DisplayForm.showing(Display.kept(request.COOKIES.get(COOKIE)))
        return render(request, "rooms/display.html", {"form": form, "next": back})
    form = DisplayForm(request.POST)
    if not form.is_valid():
        return render(request, "rooms/display.html", {"form": form, "next": back}, status=422)
    response = HttpResponseRedirect(back)
    response.status_code = 303
    response.set_cookie(
        COOKIE,
        form.chosen().cookie(),
        max_age=AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
