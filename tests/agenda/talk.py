"""A conversation in which the engine finds three needs."""

from datetime import datetime

from rooms.models import Message, Room, Thread
from tests import given
from tests.fakes import EVENING

SAID = {
    "zebra": (
        "Er moet een zebrapad komen bij de school.",
        "Mijn dochter durft bij de school niet over te steken, er moet een zebrapad komen.",
        "Een zebrapad bij de school is echt nodig, auto's rijden te hard.",
        "Bij de school is oversteken gevaarlijk zonder zebrapad.",
    ),
    "light": (
        "De straatlantaarns in het park zijn kapot, het is er donker.",
        "In het park is het 's avonds te donker, er moeten lantaarns komen.",
        "Er moet betere verlichting komen in het donkere park.",
        "Zonder lantaarns durf ik 's avonds niet door het park, zo donker is het.",
    ),
    "waste": (
        "De afvalcontainers op het plein zitten altijd vol.",
        "Het afval staat naast de containers, ze moeten vaker geleegd worden.",
        "De containers op het plein moeten vaker worden geleegd.",
        "Naast de volle containers ligt overal afval op het plein.",
    ),
}
MORE = "Wanneer komt er een zebrapad bij de school? Oversteken is daar gevaarlijk."
Talk = dict[str, list[Message]]


def a_talk(room: Room, *, at: datetime = EVENING) -> Talk:
    """The messages by subject; each by someone else, the subjects in turn."""
    thread = a_place(room, at=at)
    found: Talk = {subject: [] for subject in SAID}
    for row in zip(*SAID.values(), strict=True):
        for subject, body in zip(SAID, row, strict=True):
            found[subject].append(given.a_message(room, thread, body, at=at))
    return found


def a_place(room: Room, *, at: datetime = EVENING) -> Thread:
    """A conversation whose first words are about nothing."""
    return given.a_thread(room, "Van alles", body="Goedemorgen allemaal!", at=at)
