from django.db import migrations, models

from rooms.search.databases import install

GROUNDS = [
    ("threat", "threat or incitement"),
    ("hate", "discrimination or hatred"),
    ("personal_data", "private details of someone"),
    ("illegal", "against the law"),
    ("insult", "insults someone"),
    ("spam", "advertising or the same again and again"),
    ("off_topic", "about another subject"),
    ("impersonation", "pretends to be someone else"),
]


class Migration(migrations.Migration):
    """A message is hidden on a ground from a closed list."""

    dependencies = [("rooms", "0007_news")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="ground",
            field=models.CharField(
                blank=True, choices=GROUNDS, default="", max_length=20, verbose_name="ground"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
