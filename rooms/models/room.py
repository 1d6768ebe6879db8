"""Neighbourhoods and their rooms."""

from datetime import datetime
from typing import ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import TITLE_LIMIT
from deliberation.protocol import shapes
from deliberation.protocol.shapes import CharterView, RoomView


class Mode(models.TextChoices):
    OPEN = "open", _("Open")
    SLOW = "slow", _("Slow")
    CHECKED = "checked", _("Read first")
    READ_ONLY = "read_only", _("Read only")
    FROZEN = "frozen", _("Frozen")


class Influence(models.TextChoices):
    """Level of influence, from least to most."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    ADVISE = "advise", _("Advise")
    CO_CREATE = "co_create", _("Co-create")
    DECIDE = "decide", _("Decide")


class Neighbourhood(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=TITLE_LIMIT)
    area = models.TextField(_("area"), blank=True, help_text=_("Streets or postcodes, in words."))

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class RoomQuerySet(models.QuerySet["Room"]):
    def opened(self) -> "RoomQuerySet":
        return self.exclude(opened_at=None)


class Room(models.Model):
    """A fixed online place. Once opened it never closes by itself; its slug never changes.

    Slow without `slow_seconds` is as slow as it has to be (`rooms.pace`).
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="rooms")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    introduction = models.TextField(_("introduction"), blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.OPEN)
    mode_reason = models.CharField(_("reason"), max_length=2000, blank=True)
    mode_until = models.DateTimeField(_("until"), null=True)
    mode_basis = models.CharField(_("legal basis"), max_length=2000, blank=True)
    slow_seconds = models.PositiveIntegerField(_("seconds between messages"), default=0)
    attribution = models.TextField(_("attribution"), blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def public_stream(self) -> str:
        return f"room:{self.pk}:public"

    @property
    def staff_stream(self) -> str:
        return f"room:{self.pk}:staff"

    def mode_at(self, at: datetime) -> Mode:
        """The mode in force: a mode whose end has passed is over, whoever notices first."""
        over = self.mode_until is not None and self.mode_until <= at
        return Mode.OPEN if over else Mode(self.mode)

    def view(self) -> RoomView:
        charter = getattr(self, "charter", None)
        return RoomView(
            slug=self.slug,
            title=self.title,
            neighbourhood=self.neighbourhood.name,
            charter=charter.view() if charter else None,
            mode=cast("shapes.Mode", Mode(self.mode).value),
            mode_reason=self.mode_reason or None,
            mode_until=self.mode_until,
            mode_basis=self.mode_basis or None,
            slow_seconds=self.slow_seconds,
        )


class Charter(models.Model):
    """What residents may expect. A room can't open while one of these is empty."""

    room = models.OneToOneField(Room, models.CASCADE, related_name="charter")
    purpose = models.TextField(_("What is this room for?"), blank=True)
    question = models.TextField(_("What is the question?"), blank=True)
    influence = models.CharField(
        _("How much influence do residents have?"),
        max_length=10,
        choices=Influence,
        blank=True,
    )
    outcome = models.TextField(_("What happens with the outcome?"), blank=True)
    decided_by = models.TextField(_("Who decides?"), blank=True)
    decided_when = models.TextField(_("When do they decide?"), blank=True)
    house_rules = models.CharField(_("Version of the house rules"), max_length=40, blank=True)
    moderators = models.TextField(_("Who moderates?"), blank=True)

    FIELDS: ClassVar = (
        "purpose",
        "question",
        "influence",
        "outcome",
        "decided_by",
        "decided_when",
        "house_rules",
        "moderators",
    )

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")

    def __str__(self) -> str:
        return f"{self.room}: {self.question}"

    def missing(self) -> list[str]:
        """The names of the fields that are still empty."""
        return [name for name in self.FIELDS if not getattr(self, name).strip()]

    def view(self) -> CharterView:
        return CharterView(**{name: getattr(self, name) for name in self.FIELDS})
