"""What each button of the queue does with a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from moderation.forms.queue import PauseForm
from moderation.models import Case
from moderation.services import (
    case_ask,
    case_claim,
    case_leave,
    case_note,
    case_release,
    case_warn,
    message_hide,
    message_redact,
    person_ban,
    proposal_agree,
    proposal_refuse,
)
from moderation.services.cases import require_unclaimed
from rooms.forms.writing import RefForm
from rooms.models import Room


@dataclass(frozen=True)
class Given:
    """Who does it to what, and the form that was sent, which is valid."""

    actor: Actor
    room: Room
    case: Case
    form: RefForm
    at: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {
            "actor": self.actor,
            "room": self.room,
            "ref": self.form.asked(),
            "at": self.at,
        }


def _hide(given: Given) -> Done:
    require_unclaimed(given.actor, given.case, at=given.at)
    return message_hide(
        **given.common,
        message=given.case.message_id,
        ground=given.form.text("ground"),
        reason=given.form.text("reason"),
        criticism=bool(given.form.cleaned_data["criticism"]),
    )


def _warn(given: Given) -> Done:
    return case_warn(
        **given.common,
        case=given.case.pk,
        ground=given.form.text("ground"),
        reason=given.form.text("reason"),
    )


def _redact(given: Given) -> Done:
    require_unclaimed(given.actor, given.case, at=given.at)
    return message_redact(
        **given.common,
        message=given.case.message_id,
        words=given.form.text("words"),
        reason=given.form.text("reason"),
    )


def _pause(given: Given) -> Done:
    author = given.case.message.author_id
    if author is None or not isinstance(given.form, PauseForm):
        raise Refused("no_person", gettext_noop("There is no resident like this."))
    return person_ban(
        **given.common,
        person=author,
        ground=given.form.text("ground"),
        reason=given.form.text("reason"),
        until=given.form.until(given.at),
    )


def _leave(given: Given) -> Done:
    reason = given.form.text("reason")
    return case_leave(**given.common, case=given.case.pk, reason=reason)


def _note(given: Given) -> Done:
    words = given.form.text("words")
    return case_note(**given.common, case=given.case.pk, words=words)


def _ask(given: Given) -> Done:
    words = given.form.text("words")
    return case_ask(**given.common, case=given.case.pk, words=words)


def _claim(given: Given) -> Done:
    return case_claim(**given.common, case=given.case.pk)


def _release(given: Given) -> Done:
    return case_release(**given.common, case=given.case.pk)


def _agree(given: Given) -> Done:
    return proposal_agree(**given.common, case=given.case.pk)


def _refuse(given: Given) -> Done:
    reason = given.form.text("reason")
    case = given.case.pk
    return proposal_refuse(**given.common, case=case, reason=reason)


ACTS: dict[str, Callable[[Given], Done]] = {
    "hide": _hide,
    "warn": _warn,
    "redact": _redact,
    "pause": _pause,
    "leave": _leave,
    "ask": _ask,
    "note": _note,
    "claim": _claim,
    "release": _release,
    "agree": _agree,
    "refuse": _refuse,
}
