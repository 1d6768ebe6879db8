"""What residents do with needs."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Neighbourhood, Thread

from .need import Need
from .wording import NeedSentence


class Support(models.Model):
    """Someone wants an answer, once. `thread` or `street`: where they come from, for breadth."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="supports", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")
    street = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "person"], name="support_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} + {self.person_id}"


class Follow(models.Model):
    """Someone wants to hear of it."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="follows", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "person"], name="follow_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ← {self.person_id}"


class Contest(models.Model):
    """A resident says that the summary is not right. Counts are public, and so is the answer."""

    class Kind(models.TextChoices):
        MISSING = "missing", _("My point is missing")
        WRONG = "wrong", _("This is not right")

    need = models.ForeignKey(Need, models.CASCADE, related_name="contests")
    sentence = models.ForeignKey(NeedSentence, models.SET_NULL, null=True, related_name="contests")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=500)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.kind}"


class MemorySeen(models.Model):
    """A manager saw what was discussed before about what a thread is about."""

    neighbourhood = models.ForeignKey(Neighbourhood, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "need"], name="memory_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.need_id}"
