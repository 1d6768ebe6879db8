"""New house rules: for every room at once, and everyone is told what is new."""

from datetime import datetime

from deliberation.eventlog.log import writing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line, passage
from deliberation.people.actors import Actor
from rooms.house_rules import all_rules
from rooms.models import HouseRules, Room
from rooms.models.house_rules import RULES_LIMIT
from rooms.rights import Action, role_allows

from .rooms import room_charter

MOST = 20  # rules; nobody reads more


def rules_adopt(
    *,
    actor: Actor,
    rules: str,
    change: str,
    at: datetime,
    rules_en: str = "",
    change_en: str = "",
) -> HouseRules:
    """Make these the rules, one a line, of every room from now on. Raises Refused.

    Without English, who reads English sees the Dutch.
    """
    if not role_allows(actor.roles, Action.CHARTER):
        raise Refused("not_allowed", gettext_noop("This page is for community managers."))
    said, english = _rules(rules), _rules(rules_en)
    if not said:
        raise Refused("empty", gettext_noop("Write at least one rule."))
    if english and len(english) != len(said):
        raise Refused(
            "uneven",
            gettext_noop("There are %(dutch)s rules in Dutch, but %(english)s in English."),
            values={"dutch": len(said), "english": len(english)},
        )
    with writing():
        now = HouseRules.objects.first()
        if now and (now.rules, now.rules_en) == ("\n".join(said), "\n".join(english)):
            raise Refused("unchanged", gettext_noop("These are the rules already."))
        found = HouseRules.objects.create(
            version=_next(at),
            rules="\n".join(said),
            rules_en="\n".join(english),
            change=line(change, limit=REASON_LIMIT),
            change_en=line(change_en, limit=REASON_LIMIT) if change_en.strip() else "",
            at=at,
            by_id=actor.person,
        )
        for room in Room.objects.select_related("neighbourhood", "charter").order_by("pk"):
            charter = {"house_rules": found.version}
            room_charter(actor=actor, room=room, charter=charter, at=at)
    return found


def _rules(text: str) -> list[str]:
    found = [one.strip(" -*•\t") for one in passage(text, limit=RULES_LIMIT).splitlines()]
    said = [one for one in found if one]
    if len(said) > MOST:
        raise Refused(
            "too_many",
            gettext_noop("Nobody reads more than %(most)s rules. Leave some out."),
            values={"most": MOST},
        )
    return said


def _next(at: datetime) -> str:
    """The year, and how many there were in it."""
    known = [one.version for one in all_rules()]
    of_year = [one.partition("-")[2] for one in known if one.startswith(f"{at.year}-")]
    return f"{at.year}-{max((int(number) for number in of_year), default=0) + 1}"
