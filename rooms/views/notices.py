"""What concerns someone, and mail about it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people import pace
from deliberation.people.models import Person
from deliberation.people.origin import address_of_request
from deliberation.people.signin import person_of
from rooms.forms.notices import DigestForm
from rooms.forms_guard import same_origin, same_origin_post
from rooms.models import Digest
from rooms.notices import selector, tokens
from rooms.notices.digest import confirm, send_confirmation
from rooms.notices.lines import lines
from rooms.notices.push import keys
from rooms.notices.push.devices import devices
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, sent

_FORMS = require_http_methods(["GET", "HEAD", "POST"])


@same_origin
@_FORMS
@in_words
def notices(request: HttpRequest) -> HttpResponse:
    """Answers and mentions, newest first; below it the choice of mail."""
    person = person_of(request.session)
    if person is None:
        return render(request, "rooms/you/nobody.html")
    form, status = DigestForm(sent(request), initial=_kept(person)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = outcome(lambda: _choose(request, person, form))
            if not isinstance(said, Refused):
                return SeeOther(f"{reverse('notices')}?mail={said}#mail")
            form.add_error(None, sentence(said))
            status = kept(said)
    context = {
        "lines": lines(selector.notices(person.pk)[: selector.PAGE]),
        "unread": selector.unread(person.pk),
        "newest": selector.newest(person.pk),
        "form": form,
        "digest": Digest.objects.filter(person=person).first(),
        "said": request.GET.get("mail", ""),
        "push_key": keys.public(),
        "devices": devices(person.pk),
        "device_said": request.GET.get("toestel", ""),
    }
    return render(request, "rooms/notices/notices.html", context, status=status)


@same_origin_post
@in_words
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of the page is read; what came since is not."""
    person = person_of(request.session)
    if person is not None:
        asked = request.POST.get("up_to", "")
        up_to = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        selector.read_all(person.pk, up_to=up_to, at=clock.now())
    return SeeOther(reverse("notices"))


@require_safe
def notices_count(request: HttpRequest) -> HttpResponse:
    """How many are unread, for a badge."""
    person = person_of(request.session)
    return JsonResponse({"unread": selector.unread(person.pk) if person else 0})


@_FORMS
@same_origin
@in_words
def digest_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of an address says that it is theirs; a robot that follows links says nothing."""
    found = _digest(tokens.CONFIRM, token)
    if found is None:
        return render(request, "rooms/notices/over.html", status=410)
    if request.method == "POST":
        confirm(found, at=clock.now())
        return render(request, "rooms/notices/confirmed.html", {"digest": found})
    return render(request, "rooms/notices/confirm.html", {"digest": found})


@csrf_exempt
@_FORMS
@in_words
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail, and the address is gone. Mail programs post here themselves (RFC 8058)."""
    found = _digest(tokens.STOP, token)
    if request.method == "POST" or found is None:
        if found:
            found.delete()
        return render(request, "rooms/notices/stopped.html")
    return render(request, "rooms/notices/stop.html", {"digest": found})


def _digest(purpose: str, token: str) -> Digest | None:
    opened = tokens.opened(purpose, token)
    if opened is None:
        return None
    person, email = opened
    return Digest.objects.filter(person=person, email=email).first()


def _kept(person: Person) -> dict[str, str]:
    kept = Digest.objects.filter(person=person).first()
    return {"every": kept.every, "email": kept.email, "about": kept.about} if kept else {}


def _choose(request: HttpRequest, person: Person, form: DigestForm) -> str:
    """What the page says next: asked (to confirm), kept, or stopped. Refused when mail fails."""
    every, email, about = (form.cleaned_data[name] for name in ("every", "email", "about"))
    if every == Digest.Every.NEVER:
        Digest.objects.filter(person=person).delete()
        return "stopped"
    if Digest.objects.filter(person=person, email=email).exclude(confirmed_at=None).exists():
        Digest.objects.filter(person=person).update(every=every, about=about)
        return "kept"
    pace.admit_mail(person.pk, address_of_request(request), at=clock.now())
    wanted = {"email": email, "every": every, "about": about, "language": get_language() or "nl"}
    _ask(Digest(person=person, **wanted))
    Digest.objects.filter(person=person).delete()
    Digest.objects.create(person=person, **wanted)
    return "asked"


def _ask(digest: Digest) -> None:
    try:
        send_confirmation(digest)
    except OSError as error:  # also what SMTP says
        text = gettext_noop("We can't send mail now. Nothing has changed. Try again later.")
        raise Refused("unavailable", text) from error
