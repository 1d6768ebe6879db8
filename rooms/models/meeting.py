"""An evening in a hall and online about what is talked about in a room."""

from typing import ClassVar, cast

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import NAME_LIMIT, TITLE_LIMIT
from deliberation.people.models import Person
from deliberation.protocol import shapes
from deliberation.protocol.shapes import FloorView, MeetingView, PointView, Scene, TurnView
from rooms import codes

from .message import Message
from .room import Room
from .thread import Thread


class MeetingPhase(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Going on now")
    CLOSED = "closed", _("Over")


class Screening(models.TextChoices):
    """How a message gets on the screen. The room itself stays publish-first."""

    DELAY = "delay", _("By itself, after some seconds in which you can stop it")
    APPROVE = "approve", _("Only what a manager puts there")


class ItemState(models.TextChoices):
    KEPT = "kept", _("Kept for later")
    ON_SCREEN = "on_screen", _("May be on the screen")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Not on the screen")


def _welcome() -> dict[str, object]:
    return {"kind": "welcome"}


class Meeting(models.Model):
    """`scene` is what the screens in the hall show; `blank`: nothing at all, at once.

    `code` leads to the meeting while it is not over; after that another one may have it.
    `handover`: what whoever runs it wants a colleague to know who takes over; only they read it.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="meetings")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    place = models.CharField(_("place"), max_length=TITLE_LIMIT)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    lead = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    code = models.CharField(_("code"), max_length=codes.LENGTH)
    phase = models.CharField(_("phase"), max_length=10, choices=MeetingPhase, default="planned")
    opened_at = models.DateTimeField(_("opened"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    scene = models.JSONField(_("scene"), default=_welcome)
    blank = models.BooleanField(_("blank"), default=False)
    screening = models.CharField(
        _("how messages get on the screen"), max_length=10, choices=Screening, default="delay"
    )
    delay = models.PositiveSmallIntegerField(_("seconds"), default=10)
    names = models.BooleanField(_("names on the screen"), default=True)
    screens = models.PositiveSmallIntegerField(_("screens"), default=0)
    floor_open = models.BooleanField(_("one can ask for the floor"), default=False)
    handover = models.CharField(_("note for who takes over"), max_length=300, blank=True)
    handed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    handed_at = models.DateTimeField(_("handed over"), null=True)
    turn_seconds = models.PositiveSmallIntegerField(_("seconds of a turn"), default=120)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(phase="closed"), name="meeting_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def view(self) -> MeetingView:
        """Its agenda and what was said of messages, in a fixed number of queries."""
        items = self.items.order_by("-pk")[:ITEMS_SHOWN]
        return MeetingView(
            id=self.pk,
            title=self.title,
            place=self.place,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            phase=cast("shapes.MeetingPhase", MeetingPhase(self.phase).value),
            code=self.code,
            scene=msgspec.convert(self.scene, Scene),
            blank=self.blank,
            screening=cast("shapes.Screening", Screening(self.screening).value),
            delay=self.delay,
            names=self.names,
            screens=self.screens,
            floor=self.floor(),
            points=[point.view() for point in self.points.all()],
            agreements=[one.view() for one in self.agreements.all()],
            polls=[poll.view() for poll in self.polls.all()],
            items={
                str(message): cast("shapes.ItemState", state)
                for message, state in items.values_list("message_id", "state")
            },
        )

    def floor(self) -> FloorView:
        """Who asked for it and was not there yet, and who has it now."""
        last = self.last_turn()
        unfinished = self.turns.filter(ended_at=None).select_related("person")
        return FloorView(
            open=self.floor_open,
            seconds=self.turn_seconds,
            turns=[turn.view() for turn in unfinished],
            last=cast("shapes.Where", last.where) if last else None,
        )

    def last_turn(self) -> "Turn | None":
        """Of who spoke last, or speaks now."""
        return self.turns.exclude(started_at=None).order_by("started_at", "pk").last()


ITEMS_SHOWN = 300  # newest ones; all of them fit in a frame


class AgendaPoint(models.Model):
    """One thing on the agenda of the evening; `minutes` is how long it may take, 0: as it comes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("agenda point")
        verbose_name_plural = _("agenda points")
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_point_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def view(self) -> PointView:
        return PointView(id=self.pk, title=self.title, minutes=self.minutes, thread=self.thread_id)


class Item(models.Model):
    """What the manager decided about a message for the screen; without one it is new."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ItemState)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "message"], name="item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Screen(models.Model):
    """A screen in the hall. Whoever has its token sees one room's public stream, nothing more; on
    a tablet they write for the hall, nothing more.

    Only a hash of the token is kept: it is shown once, to who made it.
    """

    class Use(models.TextChoices):
        WALL = "wall", _("A large screen that shows")
        TABLET = "tablet", _("A tablet on which people write")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="displays")
    name = models.CharField(_("name"), max_length=60)
    use = models.CharField(_("what it is for"), max_length=10, choices=Use, default="wall")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("screen")
        verbose_name_plural = _("screens")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """Someone who asked for the floor. Online that is a `person`; in the hall a `name`, or nothing.

    One that was left before it began is not kept.
    """

    class Where(models.TextChoices):
        HALL = "hall", _("In the hall")
        ONLINE = "online", _("Online")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    where = models.CharField(_("where"), max_length=10, choices=Where)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="turns")
    name = models.CharField(_("name"), max_length=NAME_LIMIT, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    started_at = models.DateTimeField(_("began"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(ended_at=None, person__isnull=False),
                name="turn_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(started_at__isnull=False, ended_at=None),
                name="turn_one_speaker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where} {self.asked_at:%H:%M}"

    def view(self) -> TurnView:
        """Select `person` with it."""
        return TurnView(
            id=self.pk,
            where=cast("shapes.Where", self.Where(self.where).value),
            asked_at=self.asked_at,
            author=self.person.author() if self.person else None,
            name=self.name,
            started_at=self.started_at,
        )
