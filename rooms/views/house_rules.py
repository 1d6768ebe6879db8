"""The house rules: what holds now, what held before, and a form for new ones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.requests import actor_for
from rooms.forms.house_rules import RulesForm, filled
from rooms.house_rules import all_rules, rules_in_force, rules_named
from rooms.rights import Action, role_allows
from rooms.services import rules_adopt
from rooms.words import sentence

from .answers import in_words, kept, outcome
from .parts import SeeOther, managers_to


@require_safe
@in_words
def house_rules(request: HttpRequest, version: str = "") -> HttpResponse:
    """What holds now, or the version of this name."""
    newest = rules_in_force()
    shown = rules_named(version) if version else newest
    if shown is None:
        raise Http404
    context = {
        "shown": shown,
        "newest": newest,
        "others": [one for one in all_rules() if one.version != shown.version],
        "may": role_allows(actor_for(request, at=clock.now()).roles, Action.CHARTER),
    }
    return render(request, "rooms/house_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_to(Action.CHARTER)
def house_rules_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    form, status = filled(), 200
    if request.method == "POST":
        form = RulesForm(request.POST)
        form.is_valid()
        said = outcome(lambda: rules_adopt(actor=actor, at=clock.now(), **form.cleaned_data))
        if not isinstance(said, Refused):
            return SeeOther(reverse("house_rules"))
        form.add_error(None, sentence(said))
        status = kept(said)
    return render(request, "rooms/house_rules_new.html", {"form": form}, status=status)
