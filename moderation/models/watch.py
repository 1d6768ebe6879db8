"""What the watches found, how far they read, and the word lists of this place."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Ground, Room

from .case import Case


class Signal(models.Model):
    """What a watch pointed out: a sentence marked for translation, and what fills it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="signals")
    kind = models.CharField(_("kind"), max_length=20)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    says = models.CharField(_("sentence"), max_length=200)
    values = models.JSONField(_("values"), default=dict)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    def sentence(self) -> str:
        """Why it is here, in the language of now."""
        values: dict[str, object] = self.values
        return gettext(self.says) % values


class WatchCursor(models.Model):
    """Up to where the log of a room was read."""

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="+")
    seq = models.BigIntegerField(_("last number"), default=0)

    def __str__(self) -> str:
        return f"{self.room_id}: {self.seq}"


class WatchList(models.Model):
    """A word list of this place as its file (`moderation.screening.lists`), or, without a text,
    whether a list that comes with the software is used."""

    NAME_LIMIT = 80

    name = models.CharField(_("name"), max_length=NAME_LIMIT, unique=True)
    text = models.TextField(_("text"), blank=True)
    is_on = models.BooleanField(_("in use"), default=False)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("word list")
        verbose_name_plural = _("word lists")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
