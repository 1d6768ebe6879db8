"""Every decision: with a ground and facts, in the ledger, and told to whom it concerns."""

from dataclasses import dataclass

from deliberation.eventlog.log import Writing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from moderation import ledger
from moderation.grounds import ground as known_ground
from moderation.models import Act, Decision
from moderation.models.decision import FACTS_LIMIT
from moderation.private import Kind, details
from rooms.house_rules import rules_version
from rooms.notices.news import news_store

_NAMED = {
    Kind.BSN: gettext_noop(
        "There is a citizen service number in your reason. Leave it out: describe it instead."
    ),
    Kind.IBAN: gettext_noop(
        "There is an account number in your reason. Leave it out: describe it instead."
    ),
    Kind.PHONE: gettext_noop(
        "There is a phone number in your reason. Leave it out: describe it instead."
    ),
    Kind.ADDRESS: gettext_noop(
        "There is an address in your reason. Leave it out: describe it instead."
    ),
    Kind.EMAIL: gettext_noop(
        "There is an e-mail address in your reason. Leave it out: describe it instead."
    ),
}


@dataclass(frozen=True)
class Facts:
    """Why: the key of a ground (empty where something is undone), and what was seen."""

    words: str
    ground: str = ""


def facts_of(ground: str, words: str) -> Facts:
    """Checked facts; an empty ground is for what undoes a decision. Raises Refused.

    Facts are published one day, so nobody's private details may be in them.
    """
    if ground:
        known_ground(ground)
    found = line(words, limit=FACTS_LIMIT if ground else REASON_LIMIT)
    for detail in details(found):
        raise Refused("private", _NAMED[detail.kind])
    return Facts(found, ground)


def undone(decision: Decision, *acts: Act) -> Decision:
    """The same, as what undoes the last decision of these kinds about the same."""
    about = {"message": decision.message} if decision.message else {"person": decision.person}
    decision.undoes = Decision.objects.filter(act__in=acts, **about).order_by("-pk").first()
    return decision


def decide(log: Writing, decision: Decision, facts: Facts, *, actor: Actor) -> Decision:
    """Store a decision, add it to the ledger, and tell whom it concerns."""
    decision.ground, decision.facts = facts.ground, facts.words
    decision.rules, decision.by_id = rules_version(), actor.id
    decision.save()
    ledger.append(log, decision)
    if decision.person_id and decision.person_id != actor.id:
        told = news_store([decision.person_id], at=decision.at)  # none, who was erased
        decision.notice = next(iter(told), None)
        decision.save(update_fields=["notice"])
    return decision
