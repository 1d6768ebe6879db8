"""What people think, counted by the follower so that every page can show it."""

from django.db import models

from rooms.models import Room


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
