"""A browser says that it wants to hear of notices, or no more."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people import pace
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.signin import person_of
from rooms.forms_guard import same_origin, same_origin_post
from rooms.models import PushSubscription
from rooms.notices.push import keys
from rooms.notices.push.devices import Keys, named, stop, subscribe
from rooms.words import sentence

from .answers import STATUS, in_words, outcome
from .parts import SeeOther

_SIGNED_OUT = Refused(
    "signed_out", gettext_noop("Choose a name first. Then we know what is for you.")
)


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
@in_words
def push(request: HttpRequest) -> HttpResponse:
    """GET: the key that a browser needs to subscribe. POST: what it got, as a form with
    `endpoint`, `p256dh`, `auth`, and `old` when it replaces that endpoint. All JSON."""
    person = person_of(request.session)
    if request.method != "POST":
        return JsonResponse({"key": keys.public() if person else ""})
    found = outcome(lambda: _subscribed(request, person)) if person else _SIGNED_OUT
    if isinstance(found, Refused):
        refusal = {"code": found.code, "text": sentence(found)}
        return JsonResponse(refusal, status=STATUS.get(found.code, 422))
    return JsonResponse({"device": found.pk}, status=201)


@same_origin_post
@in_words
def push_stop(request: HttpRequest, device: int) -> HttpResponse:
    """No more to this device."""
    person = person_of(request.session)
    if person is not None:
        stop(person.pk, device)
    return SeeOther(reverse("notices") + "?toestel=uit#push")


def _subscribed(request: HttpRequest, person: Person) -> PushSubscription:
    at, said = clock.now(), request.POST
    pace.admit_form(person.pk, address_of_request(request), at=at)
    return subscribe(
        person,
        Keys(*(said.get(name, "") for name in Keys._fields)),
        old=said.get("old", ""),
        language=get_language() or "nl",
        device=named(request.headers.get("User-Agent", "")),
        at=at,
    )
