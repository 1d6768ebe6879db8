"""Which messages a need rests on, what is suggested about it, and up to where rooms were read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Message, Neighbourhood, Room

from .need import Need


class Evidence(models.Model):
    """A message that is part of a need, or a short answer that agrees with such a message."""

    class Kind(models.TextChoices):
        PART = "part", _("Says it")
        SUPPORT = "support", _("Agrees with it")

    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence", db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PART)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "message"], name="evidence_once")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ← {self.message_id}"


class SuggestionKind(models.TextChoices):
    NEW = "new", _("New need")
    MORE = "more", _("More messages about it")
    MERGE = "merge", _("Two needs that are one")
    SPLIT = "split", _("One need that is two")
    TITLE = "title", _("Another title")


class Suggestion(models.Model):
    """What the engine or a resident proposes; a person decides.

    `payload` holds ids and spans only (`payloads`), never words. `words`: how a resident, who
    proposes it, words it. `key`: what it is about, so that one dismissed stays so.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To look at")
        ACCEPTED = "accepted", _("Accepted")
        DISMISSED = "dismissed", _("Dismissed")

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=SuggestionKind)
    key = models.CharField(max_length=120)
    need = models.ForeignKey(Need, models.CASCADE, null=True, related_name="suggestions")
    payload = models.JSONField(default=dict)
    words = models.CharField(max_length=500, blank=True)
    people = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_engine = models.BooleanField(default=True)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["neighbourhood", "state"], name="suggestion_open")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["neighbourhood", "kind", "key"],
                condition=models.Q(state="open"),
                name="suggestion_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class AgendaCursor(models.Model):
    """Up to where a room's log was read for needs, and until when its stances were.

    `told`: up to where needs were put right after what was hidden, changed or shown again.
    """

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    told = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=32, blank=True)
    tallied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.room_id}: {self.seq}"
