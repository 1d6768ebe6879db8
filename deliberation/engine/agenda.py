"""From what is remembered to an agenda: needs in the published order, each with its sources."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256

import msgspec

from .counting import agreement, opinion, theme, trend
from .finding import Index
from .fitting import NOWHERE
from .parameters import Parameters
from .sentences import Said, said_in
from .shapes import Agenda, Contribution, Need, Opinion, Opinions, Position, Sentence, Votes
from .smalltalk import is_agreement
from .state import Row, State
from .wording import Telling, keywords, summary, telling, title
from .words import content, stem, subjects

NO_OPINIONS = Opinions(
    groups=(), points={}, consensus=(), dividing=(), silhouette=None, named=False
)


def agenda(state: State, votes: Votes | None = None, opinions: Opinions = NO_OPINIONS) -> Agenda:
    """The needs that stand now. `votes`: stances on messages; `opinions`: the groups they make."""
    view = _View(state, votes or {}, opinions)
    found = (view.need(number, rows) for number, rows in view.groups.items())
    needs = [need for need in found if need]
    needs.sort(key=lambda one: (-view.weight(one), one.first, one.id))
    inside = {one for need in needs for one in (*need.messages, *need.support)}
    noise = tuple(one for one in state.row_of if one not in inside)
    whole = Agenda(
        needs=tuple(needs),
        noise=noise,
        opinions=opinions,
        parameters=msgspec.structs.asdict(state.parameters),
        hash="",
    )
    return msgspec.structs.replace(whole, hash=digest(whole))


def digest(found: Agenda) -> str:
    """SHA-256 of an agenda without its hash, in canonical JSON."""
    bare = msgspec.structs.replace(found, hash="")
    return sha256(msgspec.json.encode(bare, order="deterministic")).hexdigest()


def explain(state: State, need: Need) -> dict[str, object]:
    """What the numbers of a need were made of, so that anyone can count again."""
    said = {one: state.rows[state.row_of[one]] for one in (*need.messages, *need.support)}
    authors = {one: row.contribution.author for one, row in said.items() if row.contribution}
    return {
        "authors": sorted({authors[one] for one in need.messages}),
        "supporters": sorted({authors[one] for one in need.support}),
        "signs": {one: msgspec.to_builtins(said[one].signs) for one in need.messages},
        "agreement": agreement(need.by_group or (need.opinion,)),
    }


@dataclass(frozen=True)
class _View:
    """One reading of the state."""

    state: State
    votes: Votes
    opinions: Opinions

    @property
    def parameters(self) -> Parameters:
        return self.state.parameters

    @cached_property
    def groups(self) -> Mapping[int, list[Row]]:
        """The messages of each group, in the order of the log."""
        found: dict[int, list[int]] = defaultdict(list)
        for root, exchange in self.state.exchanges.items():
            if exchange.group != NOWHERE:
                found[exchange.group] += self.state.substantial(root)
        rows = self.state.rows
        return {number: [rows[row] for row in sorted(inside)] for number, inside in found.items()}

    @cached_property
    def said(self) -> Mapping[str, list[Said]]:
        """The sentences of each message that is part of a group."""
        rows = [row for rows in self.groups.values() for row in rows]
        return {
            one.id: list(said_in(one.id, one.author, one.text, row.lang))
            for row in rows
            if (one := row.contribution)
        }

    @cached_property
    def users(self) -> Mapping[str, int]:
        """How many people use a word."""
        users: dict[str, set[str]] = defaultdict(set)
        for sentences in self.said.values():
            for one in sentences:
                for word in one.stems:
                    users[word].add(one.author)
        return {word: len(by) for word, by in users.items()}

    @cached_property
    def index(self) -> Index:
        return Index(self.state.features, sorted(self.state.row_of.values()))

    @cached_property
    def people(self) -> int:
        return len({row.contribution.author for row in self.state.rows if row.contribution})

    @cached_property
    def until(self) -> float:
        return max((row.contribution.at for row in self.state.rows if row.contribution), default=0)

    @cached_property
    def agreeing(self) -> Mapping[str, list[Contribution]]:
        """Short answers that agree, by what they answer."""
        found: dict[str, list[Contribution]] = defaultdict(list)
        for row in self.state.rows:
            one = row.contribution
            if one and one.reply_to and row.signs.nothing and is_agreement(one.text):
                found[one.reply_to].append(one)
        return found

    def need(self, number: int, rows: list[Row]) -> Need | None:
        """A group as a need; None while too few people speak of it."""
        inside = [row.contribution for row in rows if row.contribution]
        authors = {one.author for one in inside}
        sentences = [said for one in inside for said in self.said[one.id]]
        if min(len(inside), len(authors)) < self.parameters.fewest or not sentences:
            return None
        support = [one for said in inside for one in self.agreeing[said.id]]
        words = telling(sentences, self.users, self.people)
        found = [self.state.row_of[one.id] for one in (*inside, *support)]
        leads_back = partial(self.index.leads_back, need=found)
        messages = self._typical_first(inside, words)
        return Need(
            id=f"n{number}",
            title=title(sentences, words, leads_back, self.parameters),
            summary=summary(sentences, words, self.parameters),
            messages=messages,
            support=tuple(one.id for one in support),
            people=len(authors | {one.author for one in support}),
            opinion=opinion(messages, self.votes),
            by_group=self._by_group(messages),
            minority=self._minority(inside),
            theme=theme(_subjects(rows)),
            keywords=_keywords(rows, words),
            first=min(one.at for one in inside),
            last=max(one.at for one in inside),
            trend=trend([*inside, *support], self.until, self.parameters.trend_days),
        )

    def weight(self, need: Need) -> float:
        """The published order: breadth × agreement across groups."""
        return round(need.people * agreement(need.by_group or (need.opinion,)), 6)

    def _typical_first(self, inside: list[Contribution], words: Telling) -> tuple[str, ...]:
        def typical(one: Contribution) -> float:
            return max((words.of(said) for said in self.said[one.id]), default=0.0)

        order = sorted(inside, key=lambda one: (-round(typical(one), 6), one.at, one.id))
        return tuple(one.id for one in order)

    def _by_group(self, messages: tuple[str, ...]) -> tuple[Opinion, ...]:
        if not self.opinions.named:
            return ()
        return tuple(
            msgspec.structs.replace(
                opinion(messages, self.votes, frozenset(group.members)), group=group.id
            )
            for group in self.opinions.groups
        )

    def _minority(self, inside: list[Contribution]) -> tuple[Position, ...]:
        """Messages that most disagree with and some stand behind, their author included."""
        found = []
        for one in inside:
            stances = self.votes.get(one.id, {})
            behind = {person for person, value in stances.items() if value > 0} | {one.author}
            against = sum(value < 0 for value in stances.values())
            if self.parameters.minority <= len(behind) < against and self.said[one.id]:
                said = self.said[one.id][0]
                sentence = Sentence(
                    text=said.text, citations=(said.citation(),), people=len(behind)
                )
                found.append(Position(sentence=sentence, people=len(behind)))
        return tuple(sorted(found, key=lambda one: (-one.people, one.sentence.text)))


def _subjects(rows: list[Row]) -> Mapping[str, set[str]]:
    people: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.contribution:
            for subject in subjects(row.contribution.text, row.lang):
                people[subject].add(row.contribution.author)
    return people


def _keywords(rows: list[Row], words: Telling) -> tuple[str, ...]:
    found = [
        (word, stem(word, row.lang))
        for row in rows
        if row.contribution
        for word in content(row.contribution.text, row.lang)
    ]
    return keywords((word for word, _ in found), words, dict(found))
