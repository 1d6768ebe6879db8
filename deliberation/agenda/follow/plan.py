"""What has to change so that needs and suggestions say what the engine sees. Pure.

A plan holds differences only: where nothing changed, it is empty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from deliberation.agenda.models import Evidence, SuggestionKind
from deliberation.agenda.payloads import Merge, NewNeed

from .groups import Group
from .known import Draft, Offered, Stored, Whose
from .matching import matched
from .offers import Offer, Seen, offers_for


@dataclass(frozen=True)
class NewDraft:
    draft: Draft
    engine_id: str


@dataclass
class Plan:
    """`drafts`: suggested needs by id, as they should stand. `gone`: ids of needs, `dropped`: of
    suggestions that nothing speaks for any more. `changed`: suggestions by id of their row."""

    new: list[NewDraft] = field(default_factory=list)
    drafts: dict[int, Draft] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    changed: dict[int, Offer] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any((self.new, self.drafts, self.gone, self.offers, self.changed, self.dropped))


def planned(
    room: int,
    groups: Sequence[Group],
    stored: Stored,
    *,
    authors: Mapping[int, str],
    fewest: int,
    elsewhere: Sequence[tuple[int, Group]] = (),
) -> Plan:
    """`authors`: who wrote each message; `fewest`: messages, and people, that make a need.

    `elsewhere`: needs of other rooms of the neighbourhood, and how the engine sees them there.
    """
    seen = Seen(room, groups, stored, matched(groups, stored.needs), authors, fewest)
    plan = Plan()
    _Drafts(seen).into(plan)
    _offered(plan, offers_for(seen, elsewhere), stored)
    return plan


@dataclass(frozen=True)
class _Drafts:
    seen: Seen

    @cached_property
    def settled(self) -> frozenset[int]:
        return frozenset[int]().union(*(one.rests_on for one in self.seen.settled))

    def into(self, plan: Plan) -> None:
        drawn = set()
        for number, group in enumerate(self.seen.groups):
            need = self.seen.needs.get(number)
            if number in self.seen.splits or (need and need.whose is not Whose.ENGINE):
                continue
            draft = self._draft(group)
            if draft is None:
                continue
            if need is None:
                plan.new.append(NewDraft(draft, group.engine_id))
                continue
            drawn.add(need.need)
            if draft != need.draft:
                plan.drafts[need.need] = draft
        for one in self.seen.stored.needs:
            if one.whose is Whose.ENGINE and one.need not in drawn and not one.kept:
                plan.gone.append(one.need)

    def _draft(self, group: Group) -> Draft | None:
        """None where too little is left of the group."""
        parts = tuple(one for one in group.parts if one not in self.settled)
        support = tuple(one for one in group.support if one not in self.settled)
        if min(len(parts), self.seen.people(parts)) < self.seen.fewest:
            return None
        title, *summary = group.words
        payload = NewNeed(
            room=self.seen.room,
            title=title,
            summary=tuple(summary),
            parts=parts,
            support=support,
        )
        return Draft(
            theme=group.theme,
            words=group.words,
            evidence=evidence(parts, support),
            people=self.seen.people([*parts, *support]),
            payload=payload,
        )


def evidence(parts: Iterable[int], support: Iterable[int]) -> frozenset[tuple[int, str]]:
    """What says it counts as that, also where it is an answer to another part."""
    kinds = dict.fromkeys(support, Evidence.Kind.SUPPORT.value)
    return frozenset((kinds | dict.fromkeys(parts, Evidence.Kind.PART.value)).items())


def _offered(plan: Plan, wanted: Iterable[Offer], stored: Stored) -> None:
    left = {row.id for (kind, _), row in stored.offers.items() if _may_drop(kind, row, stored)}
    for offer in wanted:
        at = (offer.kind.value, offer.key)
        known = stored.offers.get(at)
        if known is not None:
            left.discard(known.id)
            if (known.people, known.payload) != (offer.people, offer.payload):
                plan.changed[known.id] = offer
        elif at not in stored.others:
            plan.offers.append(offer)
    plan.dropped = sorted(left)


def _may_drop(kind: str, row: Offered, stored: Stored) -> bool:
    """A new need goes with its suggestion. What two rooms have in common is not seen again each
    time, so that goes when one of the two needs is over."""
    payload = row.payload
    if isinstance(payload, Merge) and not payload.shared:
        return not stored.live.issuperset(payload.needs)
    return kind != SuggestionKind.NEW
