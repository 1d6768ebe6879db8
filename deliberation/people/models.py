"""Persons, the addresses by which they come back, and bans."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.clock import now
from deliberation.kernel.text import NAME_LIMIT
from deliberation.protocol.shapes import Author

from .roles import Role, badge_of, staff_roles


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, email: str | None, password: str | None = None, **fields: Any
    ) -> "Person":
        person: Person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        fields.setdefault("name", email.partition("@")[0])
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A resident (often only a name in one browser) or a member of staff.

    `roles` holds staff roles only; everyone here is a resident as well.
    `source` names an imported person, so that an import can be repeated.
    """

    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=now)
    source = models.CharField(  # noqa: DJ001 - unique where there is one
        _("source"), max_length=120, unique=True, null=True, editable=False
    )

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    @property
    def role_set(self) -> frozenset[Role]:
        """The staff roles; unknown words in the column count for nothing."""
        return staff_roles(self.roles)

    @property
    def is_staff_member(self) -> bool:
        return bool(self.role_set)

    @property
    def is_erased(self) -> bool:
        """True once this person had everything of theirs erased; nobody else has no name."""
        return not self.name and not self.is_active

    def author(self) -> Author:
        """How this person stands beside their words."""
        return Author(id=self.pk, name=self.name, badge=badge_of(self.role_set))


class ReturnAddressQuerySet(models.QuerySet["ReturnAddress"]):
    def usable(self) -> "ReturnAddressQuerySet":
        """Of residents only: staff never come in without their second factor."""
        return self.filter(email__isnull=False, person__is_active=True, person__roles=[])


class ReturnAddress(models.Model):
    """The e-mail address by which a resident comes back, once they opened a link in a mail to it.

    Another column than `Person.email`, which belongs to a password. Empty after it was removed.
    Every link names the `turn` it was made in; a link that is used ends that turn, so that it and
    all others of it are over.
    """

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="return_address"
    )
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    kept_at = models.DateTimeField(_("kept since"), null=True)
    turn = models.PositiveIntegerField(_("turn"), default=0)

    objects = ReturnAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address to come back")
        verbose_name_plural = _("addresses to come back")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.turn}"


REVIEW_EVERY = timedelta(days=30)
TOO_SHORT = timedelta(days=7)  # to look at again before it ends


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self, at: datetime) -> "BanQuerySet":
        return self.filter(until__gt=at, lifted_at=None)


class Ban(models.Model):
    """Someone may not write for a while. `place` is a room's slug, or empty for everywhere."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="bans")
    place = models.CharField(_("place"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=2000)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    reviewed_at = models.DateTimeField(_("looked at again"), null=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_reason = models.CharField(_("reason for lifting"), max_length=2000, blank=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="ban_person_until")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place} {self.until:%Y-%m-%d}"

    @property
    def review_at(self) -> datetime | None:
        """When someone looks whether it is still needed: half-way, and at least every
        `REVIEW_EVERY`. None where it is soon over anyway."""
        since = self.reviewed_at or self.at
        left = self.until - since
        return since + min(left / 2, REVIEW_EVERY) if left > TOO_SHORT else None
