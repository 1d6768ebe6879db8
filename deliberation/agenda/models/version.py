"""Agendas that were adopted; each stays as it was."""

from typing import ClassVar

from django.db import models

from deliberation.people.models import Person
from rooms.models import Neighbourhood


class Version(models.Model):
    """`content`: canonical JSON (`canonical`); `hash`: SHA-256 of its bytes in UTF-8.

    It holds ids, spans and hashes of residents' words, never the words: who is erased is out of
    every version, and a source that changed since can be seen to have.
    """

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    adopted_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    engine_hash = models.CharField(max_length=64, blank=True)
    parameters = models.JSONField(default=dict)
    heads = models.JSONField(default=dict)
    content = models.TextField()
    hash = models.CharField(max_length=64)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")

    class Meta:
        ordering: ClassVar = ["neighbourhood", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["neighbourhood", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.neighbourhood_id} v{self.number}"
