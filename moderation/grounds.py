"""On what grounds something is decided: a closed list; importing it fails where it is wrong.

Each ground is a house rule or a law. The categories are those of the transparency database of the
EU's Digital Services Act, whose field list is public.
"""

from dataclasses import dataclass

from deliberation.kernel.refusals import Refused, gettext_noop
from rooms.models import Ground as Key


@dataclass(frozen=True)
class Ground:
    """`rule` is the sentence of the house rule or the law, in plain words. `seen`: what is usually
    seen then, for whoever has nothing to add.

    `law` names the law, empty for a house rule. `may_hold`: a message that a watch suspects of
    this may be held back for a short while, until a person has looked at it. `offered`: people
    may choose it; the other one is where everything waits for them.
    """

    key: Key
    rule: str
    seen: str
    category: str
    law: str = ""
    may_hold: bool = False
    offered: bool = True


GROUNDS: dict[str, Ground] = {
    one.key: one
    for one in (
        Ground(
            Key.THREAT,
            gettext_noop("You may not threaten people or call for violence. That is the law."),
            gettext_noop("There is a threat or a call for violence in this message."),
            "VIOLENCE",
            law="Sr 131, 285",
            may_hold=True,
        ),
        Ground(
            Key.HATE,
            gettext_noop("You may not insult people for who they are. That is the law."),
            gettext_noop("This message insults people for who they are."),
            "ILLEGAL_OR_HARMFUL_SPEECH",
            law="Sr 137c, 137d",
        ),
        Ground(
            Key.PERSONAL_DATA,
            gettext_noop("Leave out addresses, numbers and other private details of people."),
            gettext_noop("There are private details of a person in this message."),
            "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
            law="AVG 5, 6",
            may_hold=True,
        ),
        Ground(
            Key.ILLEGAL,
            gettext_noop("What the law forbids is not allowed here either."),
            gettext_noop("What stands in this message is against the law."),
            "ILLEGAL_OR_HARMFUL_SPEECH",
            law="Sr 261, 262",
        ),
        Ground(
            Key.INSULT,
            gettext_noop("Be critical about plans, not about people. Don't insult anyone."),
            gettext_noop("There is an insult of a person in this message."),
            "CYBER_VIOLENCE",
        ),
        Ground(
            Key.SPAM,
            gettext_noop("No advertising, and not the same message again and again."),
            gettext_noop("This message is advertising, or the same as others."),
            "OTHER_VIOLATION_TC",
            may_hold=True,
        ),
        Ground(
            Key.OFF_TOPIC,
            gettext_noop("Write about the subject of the conversation."),
            gettext_noop("This message is about another subject than the conversation."),
            "OTHER_VIOLATION_TC",
        ),
        Ground(
            Key.IMPERSONATION,
            gettext_noop("Write under a name of your own, not as someone else."),
            gettext_noop("This message was written under the name of someone else."),
            "SCAMS_AND_FRAUD",
        ),
        Ground(
            Key.CHECK,
            gettext_noop("For now someone reads each message before others see it."),
            gettext_noop("Nobody has read this message yet."),
            "OTHER_VIOLATION_TC",
            offered=False,
        ),
    )
}
if set(GROUNDS) != set(Key.values):
    raise ImportError("each ground of a tombstone has its rule here")


OFFERED = {key: one for key, one in GROUNDS.items() if one.offered}


def ground(key: str) -> Ground:
    """The ground with this key, of those that people may choose. Raises Refused."""
    found = OFFERED.get(key)
    if found is None:
        raise Refused("no_ground", gettext_noop("Choose one of the reasons in the list first."))
    return found
