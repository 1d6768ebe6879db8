"""Dutch or English: the one cookie a reader can ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from rooms.forms_guard import same_origin


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language and go back to the page."""
    if request.method == "POST":
        return set_language(request)
    wanted = request.GET.get("next", "/")
    mine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return render(request, "rooms/language.html", {"next": wanted if mine else "/"})
