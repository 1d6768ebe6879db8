"""Residents' words, their history, and what others think of them."""

from typing import ClassVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from deliberation.protocol import shapes
from deliberation.protocol.shapes import Author, MessageView, Tally

from .room import Room
from .thread import Thread


class Origin(models.TextChoices):
    WEB = "web", _("Online")
    ROOM = "room", _("Spoken in the room")
    PAPER = "paper", _("On paper")
    IMPORT = "import", _("Imported")


IN_HALL = (Origin.ROOM, Origin.PAPER)  # what a scribe puts down


class MessageState(models.TextChoices):
    SHOWN = "shown", _("Shown")
    RETRACTED = "retracted", _("Retracted")
    HIDDEN = "hidden", _("Hidden")
    ERASED = "erased", _("Erased")


class Ground(models.TextChoices):
    """Why a message is hidden, as its tombstone tells."""

    THREAT = "threat", _("threat or incitement")
    HATE = "hate", _("discrimination or hatred")
    PERSONAL_DATA = "personal_data", _("private details of someone")
    ILLEGAL = "illegal", _("against the law")
    INSULT = "insult", _("insults someone")
    SPAM = "spam", _("advertising or the same again and again")
    OFF_TOPIC = "off_topic", _("about another subject")
    IMPERSONATION = "impersonation", _("pretends to be someone else")
    CHECK = "check", _("someone reads each message first")


class StanceValue(models.TextChoices):
    AGREE = "agree", _("Agree")
    DISAGREE = "disagree", _("Disagree")
    UNSURE = "unsure", _("Not sure yet")


class Message(models.Model):
    """The one place where someone's words are kept. `seq` gives the order in the room.

    One that is hidden `until` some time is held back: it is shown by itself then, unless someone
    decides before.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="messages", db_index=False)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages", db_index=False)
    seq = models.BigIntegerField(_("number"))
    ref = models.UUIDField(_("reference"))
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="messages")
    body = models.TextField(_("text"))
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default="web")
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default="shown")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)
    reason = models.CharField(_("reason"), max_length=2000, blank=True)
    until = models.DateTimeField(_("held back until"), null=True)
    at = models.DateTimeField(_("time"))
    edited_at = models.DateTimeField(_("edited"), null=True)
    agree = models.PositiveIntegerField(_("agree"), default=0)
    disagree = models.PositiveIntegerField(_("disagree"), default=0)
    unsure = models.PositiveIntegerField(_("not sure yet"), default=0)
    tallied_at = models.DateTimeField(_("last change of the tally"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "seq"], name="message_number_once"),
            models.UniqueConstraint(fields=["author", "ref"], name="message_ref_once_per_author"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(state="hidden"), name="message_held_is_hidden"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["thread", "seq"], name="message_thread_seq"),
            models.Index(fields=["room", "tallied_at"], name="message_room_tallied"),
            models.Index(
                fields=["until"], condition=Q(until__isnull=False), name="message_held_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}#{self.seq}"

    @property
    def is_shown(self) -> bool:
        return self.state == MessageState.SHOWN

    @property
    def is_held(self) -> bool:
        return self.until is not None

    @property
    def stands(self) -> bool:
        """Others read it, or will by itself."""
        return self.is_shown or self.is_held

    def tally(self) -> Tally:
        return Tally(agree=self.agree, disagree=self.disagree, unsure=self.unsure)

    def view(self, author: Author | None = None) -> MessageView:
        """A tombstone keeps its place and its tallies, not the words.

        Select `author` with it, or hand in the one that is already known.
        """
        if author is None and self.author and self.is_shown:
            author = self.author.author()
        return MessageView(
            id=self.pk,
            ref=self.ref,
            thread=self.thread_id,
            seq=self.seq,
            at=self.at,
            author=author if self.is_shown else None,
            body=self.body if self.is_shown else None,
            state=cast("shapes.MessageState", MessageState(self.state).value),
            ground=cast("shapes.Ground | None", self.ground or None),
            reason=self.reason or None,
            until=self.until,
            reply_to=self.reply_to_id,
            origin=cast("shapes.Origin", Origin(self.origin).value),
            edited_at=self.edited_at,
            tally=self.tally(),
        )


class MessageRevision(models.Model):
    """What a message said before an edit."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    body = models.TextField(_("text"))
    at = models.DateTimeField(_("replaced"))

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id} {self.at:%Y-%m-%d %H:%M}"


class Stance(models.Model):
    """What one person thinks of one message; "none" is the absence of a row."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="stances", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="stances")
    value = models.CharField(_("stance"), max_length=10, choices=StanceValue)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "person"], name="stance_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.value}"
