"""One click to try a role. Only in a demonstration, never in production."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from deliberation.people.models import Person
from deliberation.people.signin import sign_in_demo

ROLES = ("resident", "manager", "official", "council", "administrator")


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The roles that can be tried."""
    _require_demo()
    sources = [f"demo:{role}" for role in ROLES]
    found = {person.source: person for person in Person.objects.filter(source__in=sources)}
    people = [(role, found[f"demo:{role}"]) for role in ROLES if f"demo:{role}" in found]
    return render(request, "people/demo.html", {"people": people})


@require_safe
def demo_role(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demonstration's person with this role."""
    _require_demo()
    person = Person.objects.filter(source=f"demo:{role}", is_active=True).first()
    if role not in ROLES or person is None:
        raise Http404
    sign_in_demo(request, person)
    wanted = request.GET.get("next", "")
    mine = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if mine else "home")


def _require_demo() -> None:
    if not settings.DEMO or settings.PRODUCTION:
        raise Http404
