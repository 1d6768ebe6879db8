"""Word lists: which are in use, what one would have found last week, put on and off, in and out."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.forms.lists import FileForm, ListForm, filled
from moderation.grounds import OFFERED
from moderation.selectors.lists import trial
from moderation.services.listing import list_remove, list_save, list_switch
from moderation.watchlists import Kept, list_named, lists
from rooms.rights import Action
from rooms.views.answers import kept, outcome
from rooms.views.parts import SeeOther, managers_to
from rooms.words import sentence

managers = managers_to(Action.CASE)


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All lists, a form for a new one, and one for a file."""
    form, file, status = ListForm(), FileForm(), 200
    if request.method == "POST":
        by_file = bool(request.FILES)
        if by_file:
            sent: ListForm | FileForm = (file := FileForm(request.POST, request.FILES))
        else:
            sent = form = ListForm(request.POST)
        said = outcome(lambda: _added(sent, actor))
        if not isinstance(said, Refused):
            return SeeOther(f"{reverse('watch_list', args=[said])}?gedaan=bewaard")
        sent.add_error("file" if by_file else "words", sentence(said))
        status = kept(said)
    context = {"lists": lists(), "form": form, "file": file, "grounds": OFFERED}
    return render(request, "moderation/lists.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def one(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """One list, what it would have found last week, and what to do with it: `do` says what."""
    found = _named(name)
    if request.method != "POST":
        return _one(request, found)
    said = outcome(lambda: _done(request, actor, found))
    if isinstance(said, Refused):
        return _one(request, found, refused=said)
    return SeeOther(said)


@require_safe
@managers
def as_file(_request: HttpRequest, _actor: Actor, name: str) -> HttpResponse:
    """The list as the file that can be put in elsewhere."""
    response = HttpResponse(_named(name).text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.txt"
    return response


def _added(form: ListForm | FileForm, actor: Actor) -> str:
    """The name of the new list. Raises Refused."""
    try:
        text = form.as_file() if form.is_valid() else ""
    except UnicodeDecodeError as error:
        raise Refused(
            "not_text", gettext_noop("This is no text file. Save it as plain text (UTF-8).")
        ) from error
    return list_save(actor=actor, text=text, at=clock.now()).name


def _done(request: HttpRequest, actor: Actor, found: Kept) -> str:
    """Where to go on. Raises Refused."""
    do, at, name = request.POST.get("do", ""), clock.now(), found.name
    if do == "remove":
        list_remove(actor=actor, name=name)
        return reverse("watch_lists")
    if do == "save":
        text = ListForm(request.POST).as_file()
        name = list_save(actor=actor, text=text, name=name, at=at).name
        return f"{reverse('watch_list', args=[name])}?gedaan=bewaard"
    if do in ("on", "off"):
        list_switch(actor=actor, name=name, on=do == "on", at=at)
        return f"{reverse('watch_list', args=[name])}?gedaan={do}"
    raise Refused("nothing", gettext_noop("Choose what to do with this list."))


def _one(request: HttpRequest, found: Kept, *, refused: Refused | None = None) -> HttpResponse:
    form = ListForm(request.POST if "words" in request.POST else filled(found.words))
    if refused is not None:
        form.add_error("words", sentence(refused))
    context: dict[str, Any] = {
        "one": found,
        "trial": trial(found.words, at=clock.now()),
        "form": form,
        "done": request.GET.get("gedaan", ""),
        "refused": refused is not None,
    }
    return render(
        request, "moderation/list.html", context, status=kept(refused) if refused else 200
    )


def _named(name: str) -> Kept:
    found = list_named(name)
    if found is None:
        raise Refused("no_list", gettext_noop("There is no list of this name here."))
    return found
