"""Moderation as a pure model: what is accepted, and how everything stands after it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

CLAIM, UNDO, HOLD = timedelta(minutes=5), timedelta(seconds=15), timedelta(minutes=30)
PACE, REPORTS = timedelta(hours=1), 10
GRAVE = {"threat", "personal_data", "spam"}
APPEALABLE = {"hide", "redact", "ban", "leave", "warn"}
UNDOABLE = {"hide", "leave", "redact"}


@dataclass
class Told:
    """One message. `state`: shown, hidden, held or retracted."""

    id: int
    author: int
    critical: bool
    state: str = "shown"
    until: datetime | None = None
    changed: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.state in ("shown", "held")


@dataclass
class Matter:
    """One case."""

    id: int
    about: Told
    state: str = "open"
    claim: tuple[int, datetime] | None = None
    reporters: set[int] = field(default_factory=set)
    proposer: int | None = None
    at_once: bool = False
    parts: set[int] = field(default_factory=set)
    asking: bool = False

    def taken(self, by: int, at: datetime) -> bool:
        return self.claim is not None and self.claim[1] > at and self.claim[0] != by


@dataclass
class Ruling:
    """One decision."""

    id: int
    act: str
    by: int | None
    about: Told | None
    person: int | None
    case: Matter | None
    at: datetime
    until: datetime | None = None
    undone: bool = False

    def concerned(self) -> set[int]:
        """Who may ask for another look."""
        if self.act == "leave":
            return self.case.reporters if self.case else set()
        return {self.person} if self.person else set()


@dataclass
class Plea:
    """One appeal."""

    id: int
    against: Ruling
    person: int
    decided: bool = False


@dataclass
class World:
    """Each method says whether the act is accepted, and changes what it then changes.

    What is new has the id 0 until who asks fills it in.
    """

    told: list[Told] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pleas: list[Plea] = field(default_factory=list)
    banned: dict[int, datetime] = field(default_factory=dict)
    reports: list[tuple[int, Matter, datetime]] = field(default_factory=list)

    def waiting(self, about: Told) -> Matter | None:
        return next((one for one in self.matters if one.about is about and _open(one)), None)

    def rule(
        self,
        act: str,
        by: int | None,
        at: datetime,
        *,
        about: Told | None = None,
        person: int | None = None,
        case: Matter | None = None,
        until: datetime | None = None,
        undoes: Ruling | None = None,
    ) -> Ruling:
        made = Ruling(0, act, by, about, person, case, at, until)
        self.rulings.append(made)
        if undoes is not None:
            undoes.undone = True
        if case is not None and by is not None:
            case.parts.add(by)
        return made

    def last(self, about: Told, *acts: str) -> Ruling | None:
        found = (one for one in reversed(self.rulings) if one.about is about and one.act in acts)
        return next(found, None)

    def opened(self, about: Told) -> Matter:
        found = self.waiting(about)
        if found is None:
            found = Matter(0, about)
            self.matters.append(found)
        return found

    def post(self, by: int, kind: str, at: datetime) -> bool:
        if self.banned.get(by, at) > at:
            return False
        made = Told(0, by, kind == "critical")
        self.told.append(made)
        if kind == "threat":
            made.state, made.until = "held", at + HOLD
            case = self.opened(made)
            self.rule("hold", None, at, about=made, person=by, case=case, until=made.until)
        return True

    def report(self, by: int, about: Told, at: datetime) -> bool:
        if about.state != "shown" or about.author == by:
            return False
        mine = [case for one, case, _ in self.reports if one == by and case.about is about]
        if mine:
            return _open(mine[-1])
        lately = [when for one, _, when in self.reports if one == by and when > at - PACE]
        if len(lately) >= REPORTS:
            return False
        case = self.opened(about)
        case.reporters.add(by)
        case.parts.add(by)
        self.reports.append((by, case, at))
        return True

    def claim(self, by: int, case: Matter, at: datetime) -> bool:
        if not _open(case) or case.taken(by, at):
            return False
        case.claim = (by, at + CLAIM)
        return True

    def release(self, by: int, case: Matter, at: datetime) -> bool:
        if case.taken(by, at):
            return False
        case.claim = None
        return True

    def leave(self, by: int, case: Matter, at: datetime) -> bool:
        if case.state != "open" or case.taken(by, at):
            return False
        about = case.about
        if about.state == "held":
            hold = self.last(about, "hold")
            self.rule("restore", by, at, about=about, person=about.author, case=case, undoes=hold)
            _show(about)
        else:
            self.rule("leave", by, at, about=about, case=case)
        _close(case)
        return True

    def warn(self, by: int, case: Matter, at: datetime) -> bool:
        if case.state != "open" or case.taken(by, at) or case.about.state != "shown":
            return False
        about = case.about
        self.rule("warn", by, at, about=about, person=about.author, case=case)
        _close(case)
        return True

    def ask(self, by: int, case: Matter, at: datetime) -> bool:
        gone = case.about.state == "retracted"
        if not _open(case) or case.taken(by, at) or case.asking or gone:
            return False
        case.asking = True
        case.parts.add(by)
        return True

    def hear(self, by: int, case: Matter) -> bool:
        if not _open(case) or not case.asking or case.about.author != by:
            return False
        case.asking = False
        return True

    def hide(self, by: int, about: Told, ground: str, marked: bool, at: datetime) -> bool:
        case = self.waiting(about)
        if not about.stands or (case is not None and case.state == "second"):
            return False
        if marked or about.critical:
            return self._propose(by, about, ground, at)
        self.rule("hide", by, at, about=about, person=about.author, case=case)
        if case is not None:
            _close(case)
        about.state, about.until = "hidden", None
        return True

    def _propose(self, by: int, about: Told, ground: str, at: datetime) -> bool:
        case = self.opened(about)
        case.state, case.claim = "second", None
        case.proposer, case.at_once = by, ground in GRAVE
        case.parts.add(by)
        if case.at_once:
            self.rule("hide", by, at, about=about, person=about.author, case=case)
            about.state, about.until = "hidden", None
        return True

    def redact(self, by: int, about: Told, at: datetime) -> bool:
        case = self.waiting(about)
        if not about.stands or (case is not None and case.state == "second"):
            return False
        self.rule("redact", by, at, about=about, person=about.author, case=case)
        if case is not None:
            _close(case)
        about.changed = at
        _show(about)
        return True

    def agree(self, by: int, case: Matter, at: datetime) -> bool:
        if case.state != "second" or case.proposer == by:
            return False
        about = case.about
        if about.stands:
            self.rule("hide", by, at, about=about, person=about.author, case=case)
            about.state, about.until = "hidden", None
        _close(case)
        return True

    def refuse(self, by: int, case: Matter, at: datetime) -> bool:
        if case.state != "second" or case.proposer == by:
            return False
        about = case.about
        if about.state == "held" or (about.state == "hidden" and case.at_once):
            undoes = self.last(about, "hide", "hold")
            self.rule("restore", by, at, about=about, person=about.author, case=case, undoes=undoes)
            _show(about)
        else:
            self.rule("leave", by, at, about=about, case=case)
        _close(case)
        return True

    def restore(self, by: int, about: Told, at: datetime) -> bool:
        if about.state not in ("hidden", "held"):
            return False
        undoes = self.last(about, "hide", "hold")
        self.rule("restore", by, at, about=about, person=about.author, undoes=undoes)
        if case := self.waiting(about):
            _close(case)
        _show(about)
        return True

    def undo(self, by: int, ruling: Ruling, at: datetime) -> bool:
        late = at - ruling.at > UNDO
        if ruling.by != by or ruling.act not in UNDOABLE or ruling.undone or late:
            return False
        about, case = ruling.about, ruling.case
        assert about is not None
        if ruling.act == "leave":
            return case is not None and self._reopen(by, case, at)
        if ruling.act == "redact":
            return self._put_back(by, ruling, at, undo=True)
        if about.state not in ("hidden", "held"):
            return False
        hold = self._running(ruling, at)
        act, until = ("hold", hold.until) if hold else ("restore", None)
        self.rule(act, by, at, about=about, case=case, until=until, undoes=ruling)
        if case is not None and case.state == "closed" and self.waiting(about) is None:
            case.state, case.claim = "open", None
        if hold is None:
            _show(about)
        else:
            about.state, about.until = "held", hold.until
        return True

    def _put_back(self, by: int, ruling: Ruling, at: datetime, *, undo: bool) -> bool:
        about, case = ruling.about, ruling.case
        assert about is not None
        stands = about.state == "shown" and about.changed == ruling.at
        if undo and not stands:
            return False
        self.rule("restore", by, at, about=about, person=ruling.person, case=case, undoes=ruling)
        if stands:
            about.changed = at
        if undo and case is not None and case.state == "closed" and self.waiting(about) is None:
            case.state, case.claim = "open", None
        return True

    def _running(self, ruling: Ruling, at: datetime) -> Ruling | None:
        """The hold that would still stand if this had not been decided."""
        before = self.rulings[: self.rulings.index(ruling)]
        acts = [one for one in before if one.about is ruling.about]
        last = next((one for one in reversed(acts) if one.act in ("hold", "restore")), None)
        running = last is not None and last.act == "hold" and last.until and last.until > at
        return last if running else None

    def reopen(self, by: int, case: Matter, at: datetime) -> bool:
        mine = [one for one in self.rulings if one.case is case]
        return bool(mine) and mine[-1].act == "leave" and self._reopen(by, case, at)

    def _reopen(self, by: int, case: Matter, at: datetime) -> bool:
        if case.state != "closed" or self.waiting(case.about) is not None:
            return False
        undoes = self.last(case.about, "leave")
        self.rule("reopen", by, at, about=case.about, case=case, undoes=undoes)
        case.state, case.claim = "open", None
        return True

    def retract(self, by: int, about: Told, at: datetime) -> bool:
        del at
        if about.author != by or not about.stands:
            return False
        about.state, about.until = "retracted", None
        return True

    def ban(self, by: int, person: int, at: datetime) -> bool:
        until = at + timedelta(hours=1)
        self.banned[person] = max(until, self.banned.get(person, until))
        self.rule("ban", by, at, person=person, until=until)
        return True

    def unban(self, by: int, person: int, at: datetime) -> bool:
        if self.banned.get(person, at) <= at:
            return False
        del self.banned[person]
        bans = [one for one in self.rulings if one.act == "ban" and one.person == person]
        self.rule("unban", by, at, person=person, undoes=bans[-1])
        return True

    def plead(self, by: int, ruling: Ruling, at: datetime) -> bool:
        del at
        if by not in ruling.concerned():
            return False
        if any(one.against is ruling and one.person == by for one in self.pleas):
            return True
        if ruling.act not in APPEALABLE or ruling.undone:
            return False
        self.pleas.append(Plea(0, ruling, by))
        return True

    def answer(self, by: int, plea: Plea, grant: bool, at: datetime) -> bool:
        ruling = plea.against
        if plea.decided or ruling.by == by or (ruling.case and by in ruling.case.parts):
            return False
        plea.decided = True
        if grant and not ruling.undone:
            self._grant(by, ruling, at)
        return True

    def _grant(self, by: int, ruling: Ruling, at: datetime) -> None:
        if ruling.act == "hide" and ruling.about is not None:
            self.restore(by, ruling.about, at)
        elif ruling.act == "redact":
            self._put_back(by, ruling, at, undo=False)
        elif ruling.act == "ban" and ruling.person is not None:
            self.unban(by, ruling.person, at)
        elif ruling.act == "leave" and ruling.case is not None:
            self._reopen(by, ruling.case, at)
        elif ruling.act == "warn":
            self.rule(
                "withdraw",
                by,
                at,
                about=ruling.about,
                person=ruling.person,
                case=ruling.case,
                undoes=ruling,
            )

    def time(self, at: datetime) -> None:
        """What ends by itself."""
        for about in self.told:
            if about.until is not None and about.until <= at:
                undoes = self.last(about, "hold")
                self.rule("restore", None, at, about=about, person=about.author, undoes=undoes)
                _show(about)


def _open(case: Matter) -> bool:
    return case.state != "closed"


def _close(case: Matter) -> None:
    case.state = "closed"
    if case.claim is not None:
        case.claim = (case.claim[0], datetime.min.replace(tzinfo=case.claim[1].tzinfo))


def _show(about: Told) -> None:
    about.state, about.until = "shown", None
