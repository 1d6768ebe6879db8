"""The statement of reasons: what was decided, on what ground and why, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from deliberation.kernel.refusals import gettext_noop
from moderation.grounds import GROUNDS, Ground
from moderation.models import Act, Appeal, Decision, Source
from moderation.services.appeals import APPEALABLE
from moderation.term import appeal_ends

_DONE = {
    Act.LEAVE: gettext_noop("We looked at this message. It stays as it is."),
    Act.REOPEN: gettext_noop("We look at this message again."),
    Act.WARN: gettext_noop("This message stays, but it is against the rules. Please mind them."),
    Act.WITHDRAW: gettext_noop("We have taken back the warning."),
    Act.HOLD: gettext_noop(
        "Others can't read this message yet. A community manager looks at it first. "
        "If nobody does in time, it is shown by itself."
    ),
    Act.REDACT: gettext_noop(
        "We have left private details out of this message. The rest of it stays."
    ),
    Act.HIDE: gettext_noop("We have hidden this message. Others can't read it any more."),
    Act.RESTORE: gettext_noop("We have shown this message again."),
    Act.BAN: gettext_noop("You can't write for a while. You can still read everything."),
    Act.UNBAN: gettext_noop("You can write again."),
}
_SOURCES = {
    Source.OWN: gettext_noop("A community manager saw it."),
    Source.REPORT: gettext_noop("Someone reported it."),
    Source.WATCH: gettext_noop("Our software pointed it out to a community manager."),
}


@dataclass(frozen=True)
class Statement:
    """`ground` is None where something was undone. `appeal_until` is None where there is
    nothing to ask for any more; `appeal` is the one that was made, if any."""

    decision: Decision
    done: str
    ground: Ground | None
    title: str
    rule: str
    source: str
    decided: str
    undone_by: Decision | None
    appeal: Appeal | None
    appeal_until: datetime | None


def statement(decision: Decision, *, at: datetime) -> Statement:
    """In the language of now."""
    ground = GROUNDS.get(decision.ground)
    undone = decision.undone_by.order_by("pk").first()
    appeal = Appeal.objects.filter(decision=decision).order_by("pk").first()
    ends = appeal_ends(decision.at)
    can_ask = decision.act in APPEALABLE and undone is None and appeal is None and at <= ends
    return Statement(
        decision=decision,
        done=gettext(_DONE[Act(decision.act)]),
        ground=ground,
        title=str(ground.key.label) if ground else "",
        rule=gettext(ground.rule) if ground else "",
        source=gettext(_SOURCES[Source(decision.source)]),
        decided=_decided(decision),
        undone_by=undone,
        appeal=appeal,
        appeal_until=ends if can_ask else None,
    )


def _decided(decision: Decision) -> str:
    if decision.automatic and decision.act == Act.HOLD:
        return gettext("Our software did this by itself. A person looks at it now.")
    if decision.four_eyes:
        return gettext("Two people decided this together, not a computer.")
    if decision.automatic:
        return gettext("Our software decided this by itself. Ask, and a person looks at it.")
    return gettext("A person decided this, not a computer.")


def last_about(message: int) -> Decision | None:
    """The last time that this message was hidden or held back."""
    kinds = [Act.HIDE, Act.HOLD]
    decisions = Decision.objects.filter(message=message, act__in=kinds).select_related("room")
    return decisions.order_by("-pk").first()
