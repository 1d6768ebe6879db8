from django.db import migrations, models

from rooms.search.databases import install


class Migration(migrations.Migration):
    """A message may be held back for a while."""

    dependencies = [("rooms", "0008_decisions")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="until",
            field=models.DateTimeField(null=True, verbose_name="held back until"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(state="hidden"),
                name="message_held_is_hidden",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["until"],
                condition=models.Q(until__isnull=False),
                name="message_held_until",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
