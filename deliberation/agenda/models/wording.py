"""What a need says, and whose words that are. Residents' words stay in their messages."""

from hashlib import sha256
from typing import ClassVar

from django.db import models

from deliberation.people.models import Person
from rooms.models import Message, Neighbourhood

from .need import Need

TITLE = 0  # the place of the title among the sentences


def text_hash(text: str) -> str:
    """Names one revision of a message: SHA-256 of its words, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


class NeedSentence(models.Model):
    """The title (place 0) or a sentence of the summary. At least one citation.

    Without `text` it is exactly what it cites; else a person's wording of what it cites.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="sentences")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "place"], name="sentence_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.need_id}.{self.place}"


class Citation(models.Model):
    """`body[start:end]` of a message, as long as its words are those with `revision` as hash."""

    sentence = models.ForeignKey(NeedSentence, models.CASCADE, related_name="citations")
    message = models.ForeignKey(Message, models.CASCADE, related_name="citations")
    revision = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="citation_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id}[{self.start}:{self.end}]"

    @property
    def stands(self) -> bool:
        """Whether the message still says this, for everyone to read."""
        return self.message.is_shown and text_hash(self.message.body) == self.revision

    def quote(self) -> str:
        """The cited words; none once the message no longer says them."""
        return self.message.body[self.start : self.end] if self.stands else ""


class Edit(models.Model):
    """What someone changed about needs, so that it can be undone and compared.

    `before` and `after`: need id → what it was (`history.picture`): ids, spans and staff's own
    words, never a resident's.
    """

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=2000, blank=True)
    suggestion = models.ForeignKey(
        "agenda.Suggestion", models.SET_NULL, null=True, related_name="edits"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
