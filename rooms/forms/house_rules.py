"""Writing new house rules."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from rooms.house_rules import rules_in_force


class RulesForm(forms.Form):
    rules = forms.CharField(
        label=_("The rules, in Dutch"),
        help_text=_("One rule a line, in plain words."),
        required=False,
        widget=forms.Textarea({"rows": 9, "lang": "nl"}),
    )
    change = forms.CharField(
        label=_("What is new?"),
        help_text=_("One sentence. Everyone reads it in the rooms for 30 days."),
        required=False,
        widget=forms.TextInput({"lang": "nl"}),
    )
    rules_en = forms.CharField(
        label=_("The rules, in English"),
        help_text=_("Leave this empty, and who reads English sees the Dutch."),
        required=False,
        widget=forms.Textarea({"rows": 9, "lang": "en"}),
    )
    change_en = forms.CharField(
        label=_("What is new, in English?"), required=False, widget=forms.TextInput({"lang": "en"})
    )


def filled() -> RulesForm:
    """With the rules that hold now."""
    initial = {}
    for name, language in (("rules", "nl"), ("rules_en", "en")):
        with override(language):
            initial[name] = "\n".join(rules_in_force().rules)
    return RulesForm(initial=initial)
