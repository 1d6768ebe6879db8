"""House rules that this place gave itself; a version is never changed, a new one comes after it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import REASON_LIMIT
from deliberation.people.models import Person

RULES_LIMIT = 4000  # characters


class HouseRules(models.Model):
    """One rule a line. In force from `at` until the next version."""

    version = models.CharField(_("version"), max_length=40, unique=True)
    rules = models.TextField(_("rules"), max_length=RULES_LIMIT)
    rules_en = models.TextField(_("rules in English"), max_length=RULES_LIMIT, blank=True)
    change = models.CharField(_("what is new"), max_length=REASON_LIMIT)
    change_en = models.CharField(_("what is new, in English"), max_length=REASON_LIMIT, blank=True)
    at = models.DateTimeField(_("in force from"), db_index=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.version
