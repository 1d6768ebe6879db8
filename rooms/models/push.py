"""Devices that hear of notices by Web Push."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person


class PushSubscription(models.Model):
    """One browser of a person, at the push service that the browser itself chose."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    endpoint = models.CharField(_("address"), max_length=1000, unique=True)
    # The browser's keys, base64url: only it can read what we send.
    p256dh = models.CharField(_("public key"), max_length=90)
    auth = models.CharField(_("shared secret"), max_length=30)
    language = models.CharField(_("language"), max_length=10, default="nl")
    device = models.CharField(_("device"), max_length=60, default="")
    made_at = models.DateTimeField(_("since"))
    last_notice = models.BigIntegerField(_("last notification"), default=0)
    tried_at = models.DateTimeField(_("last tried"), null=True)
    wait_until = models.DateTimeField(_("wait until"), null=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.device
