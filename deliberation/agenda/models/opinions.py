"""What people think, counted by the follower so that every page can show it."""

from typing import ClassVar

from django.db import models

from rooms.models import Room

from .need import Need


class OpinionSnapshot(models.Model):
    """The opinion groups of a room as they were last computed: `content` is `engine.Opinions`.

    People are in it by their ids, never by name; who was erased since is left out when it is
    read (`selectors.opinions`).
    """

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.room_id} {self.at:%Y-%m-%d %H:%M}"


class Standing(models.Model):
    """How many people agree with a need, each once, over all that says it.

    `groups`: the same in each opinion group, as room, group, agree, disagree, unsure.
    `agreement`: 0 … 1, in the group that agrees least; with the breadth it gives the order.
    """

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="standing")
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    groups = models.JSONField(default=list)
    agreement = models.FloatField(default=0.5)

    FIELDS: ClassVar = ("agree", "disagree", "unsure", "groups", "agreement")

    def __str__(self) -> str:
        return f"{self.need_id}: {self.agree} / {self.disagree} / {self.unsure}"
