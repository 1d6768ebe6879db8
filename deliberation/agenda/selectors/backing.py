"""How much support a need has, beside what makes the municipality answer."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from deliberation.agenda.models import Support


@dataclass(frozen=True)
class Backing:
    """`people`: distinct people who want an answer. `breadth`: the conversations, or the streets,
    that they come from; whichever are more."""

    people: int = 0
    breadth: int = 0

    @property
    def people_needed(self) -> int:
        """The published number of people."""
        return int(settings.NEED_PEOPLE)

    @property
    def breadth_needed(self) -> int:
        """The published number of conversations or streets; 0 where none is asked."""
        return int(settings.NEED_BREADTH) if settings.NEED_BREADTH > 1 else 0

    @property
    def people_missing(self) -> int:
        return max(0, self.people_needed - self.people)

    @property
    def breadth_missing(self) -> int:
        return max(0, self.breadth_needed - self.breadth)

    @property
    def enough(self) -> bool:
        """Whether the need must be answered."""
        return not self.people_missing and not self.breadth_missing


def backing(need: int) -> Backing:
    """That of one need."""
    return backings([need]).get(need, Backing())


def backings(needs: Collection[int]) -> dict[int, Backing]:
    """By need; as many queries for a hundred as for one."""
    people: dict[int, int] = defaultdict(int)
    threads: dict[int, set[int]] = defaultdict(set)
    streets: dict[int, set[str]] = defaultdict(set)
    rows = Support.objects.filter(need__in=needs).values_list("need", "thread", "street")
    for need, thread, street in rows:
        people[need] += 1
        if thread is not None:
            threads[need].add(thread)
        if street:
            streets[need].add(street.casefold())
    return {
        need: Backing(count, max(len(threads[need]), len(streets[need])))
        for need, count in people.items()
    }
