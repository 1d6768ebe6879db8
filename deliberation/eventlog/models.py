"""Streams and their events. An event row holds ids, never anyone's words."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.ids import new_epoch


class Stream(models.Model):
    """One gap-free sequence. `last_seq` moves only under this row's lock."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    last_seq = models.BigIntegerField(_("last number"), default=0)
    epoch = models.CharField(_("epoch"), max_length=32, default=new_epoch)

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """A fact: its kind, who caused it, and the ids it is about."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="events", db_index=False)
    seq = models.BigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
    )
    ref = models.UUIDField(_("reference of the command"), null=True)
    at = models.DateTimeField(_("time"))
    subject = models.BigIntegerField(_("id it is about"))
    other = models.BigIntegerField(_("second id it is about"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_number_once"),
            models.UniqueConstraint(fields=["actor", "ref"], name="event_ref_once_per_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.seq} {self.kind}"
