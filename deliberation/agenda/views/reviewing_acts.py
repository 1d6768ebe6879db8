"""What each button of the review does with a need."""

from collections.abc import Callable
from typing import TypeAlias

from django.http import QueryDict

from deliberation.agenda.forms.reviewing import ReasonForm, WordsForm
from deliberation.agenda.models import Need, NeedState
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.closing import need_close, need_reopen
from deliberation.agenda.services.editing import need_edit
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.resting import evidence_move, evidence_remove
from deliberation.agenda.services.splitting import need_split
from deliberation.kernel import clock
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import number
from deliberation.people.actors import Actor

Act: TypeAlias = Callable[[Actor, Need, QueryDict, WordsForm | None], object | None]


def _words(actor: Actor, need: Need, _: QueryDict, words: WordsForm | None) -> object | None:
    """Other words; a need that is only suggested comes on the agenda with them."""
    if words is None or not words.is_valid():
        return None
    wanted = words.wanted()
    if wanted is None:
        return None
    act = need_accept if need.state == NeedState.SUGGESTED else need_edit
    theme = words.cleaned_data["theme"]
    return act(actor=actor, need=need.pk, sentences=wanted, theme=theme, at=clock.now())


def _merge(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    into = number(sent.get("into"))
    if into is None:
        raise Refused("same_need", gettext_noop("Choose the need to merge this one with."))
    return need_merge(actor=actor, needs=[need.pk], into=into, at=clock.now())


def _split(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    return need_split(actor=actor, need=need.pk, messages=_chosen(sent), at=clock.now())


def _remove(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    return evidence_remove(actor=actor, need=need.pk, messages=_chosen(sent), at=clock.now())


def _move(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    into = number(sent.get("into"))
    if into is None:
        raise Refused("same_need", gettext_noop("Choose the need that these messages are about."))
    at, chosen = clock.now(), _chosen(sent)
    return evidence_move(actor=actor, need=need.pk, messages=chosen, into=into, at=at)


def _close(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    reason = _reason(sent)
    return need_close(actor=actor, need=need.pk, reason=reason, at=clock.now())


def _reopen(actor: Actor, need: Need, sent: QueryDict, _: WordsForm | None) -> object:
    reason = _reason(sent)
    return need_reopen(actor=actor, need=need.pk, reason=reason, at=clock.now())


def _reason(sent: QueryDict) -> str:
    form = ReasonForm(sent)
    form.is_valid()
    return form.chosen()


def _chosen(sent: QueryDict) -> list[int]:
    found = [one for one in map(number, sent.getlist("message")) if one is not None]
    if not found:
        raise Refused("none_chosen", gettext_noop("Tick the messages first. Nothing has changed."))
    return found


ACTS: dict[str, Act] = {
    "words": _words,
    "merge": _merge,
    "split": _split,
    "remove": _remove,
    "move": _move,
    "close": _close,
    "reopen": _reopen,
}
