"""Keeping a name with an e-mail address, and coming back by a link in mail."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people import pace
from deliberation.people.actors import Actor
from deliberation.people.models import ReturnAddress
from deliberation.people.origin import address_of_request
from deliberation.people.requests import actor_for
from deliberation.people.returning import addresses, links
from deliberation.people.signin import person_of, sign_in_again, sign_out_elsewhere
from rooms.forms.returning import AddressForm
from rooms.forms_guard import same_origin, same_origin_post
from rooms.models import Digest
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, sent

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@same_origin
@_FORMS
@in_words
def keep_page(request: HttpRequest) -> HttpResponse:
    """Leave an address, see which one is kept, remove it."""
    actor = actor_for(request, at=clock.now())
    if actor.id is None:
        return render(request, "rooms/you/nobody.html")
    person = addresses.resident(actor)
    form = AddressForm(sent(request), initial={"email": _known(person.pk)})
    status = 200
    if request.method == "POST":
        status = _asked(request, form, lambda email: _keep(actor, email))
        if status == 200:
            return SeeOther(reverse("you_keep") + "?mail=asked")
    address = ReturnAddress.objects.usable().filter(person=person).first()
    context = {
        "person": person,
        "form": form,
        "address": address.email if address else "",
        "said": request.GET.get("mail", ""),
    }
    return render(request, "rooms/returning/keep.html", context, status=status)


@same_origin_post
@in_words
def keep_drop(request: HttpRequest) -> HttpResponse:
    """Forget the address."""
    addresses.address_drop(actor=actor_for(request, at=clock.now()))
    return SeeOther(reverse("you_keep") + "?mail=dropped")


@same_origin
@_FORMS
@in_words
def keep_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of an address says that it is theirs, on whatever device they read mail."""
    at = clock.now()
    link = links.kept(token, at=at)
    person = addresses.asks(link)
    if link is None or person is None:
        return _over(request)
    context = {"person": person, "email": link.email}
    if request.method != "POST":
        return render(request, "rooms/returning/confirm.html", context)
    if not addresses.address_keep(link=link, at=at):
        return _over(request)
    return render(request, "rooms/returning/confirmed.html", context)


@same_origin
@_FORMS
@in_words
def return_page(request: HttpRequest) -> HttpResponse:
    """Ask for a link to come back. What it answers tells nothing of who is known."""
    form, status = AddressForm(sent(request)), 200
    if request.method == "POST":
        status = _asked(request, form, _come_back)
        if status == 200:
            return SeeOther(reverse("return") + "?mail=asked")
    context = {
        "form": form,
        "now": person_of(request.session),
        "asked": request.GET.get("mail") == "asked",
    }
    return render(request, "rooms/returning/return.html", context, status=status)


@same_origin
@_FORMS
@in_words
def return_by(request: HttpRequest, token: str) -> HttpResponse:
    """Come back. A scanner of mail that follows the link uses nothing up: a button does."""
    link, now = links.returned(token, at=clock.now()), person_of(request.session)
    if link is not None and now is not None and now.pk == link.person:
        return SeeOther(reverse("you") + "?terug")  # pressed twice, or here already
    person = addresses.asks(link)
    if link is None or person is None:
        return _over(request)
    if request.method != "POST":
        return render(request, "rooms/returning/go_on.html", {"person": person, "now": now})
    person = addresses.return_by(link=link)
    if person is None:
        return _over(request)
    sign_in_again(request, person)
    return SeeOther(reverse("you") + "?terug")


@same_origin_post
@in_words
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sign_out_elsewhere(request, addresses.resident(actor_for(request, at=clock.now())))
    return SeeOther(reverse("you") + "?elders")


def _asked(request: HttpRequest, form: AddressForm, run: Callable[[str], None]) -> int:
    """The status of a form that asks for a link: 200 once a letter is under way."""
    if not form.is_valid():
        return 422
    email = str(form.cleaned_data["email"])

    def paced() -> None:
        address = address_of_request(request)
        pace.admit_link(addresses.plain(email), address, at=clock.now())
        run(email)

    found = outcome(paced)
    if isinstance(found, Refused):
        form.add_error("email", sentence(found))
        return kept(found)
    return 200


def _keep(actor: Actor, email: str) -> None:
    addresses.address_ask(actor=actor, email=email, at=clock.now())


def _come_back(email: str) -> None:
    addresses.return_ask(email=email, at=clock.now())


def _known(person: int) -> str:
    """The address that gets their mail already, so that it need not be typed again."""
    digest = Digest.objects.filter(person=person).exclude(confirmed_at=None).first()
    return digest.email if digest else ""


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "rooms/returning/over.html", status=410)
