import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A notice about a need is one of the notices of rooms; a reminder is one person's."""

    dependencies = [
        ("agenda", "0001_initial"),
        ("rooms", "0007_news"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="NeedNotice"),
        migrations.CreateModel(
            name="NeedNotice",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="need",
                        serialize=False,
                        to="rooms.notice",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Answered"),
                            ("milestone", "News about it"),
                            ("contest", "Answer to what you said was not right"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.BigIntegerField()),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="agenda.need",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="need_notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "about"), name="need_notice_once"
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="reminder", name="reminder_once"),
        migrations.AddField(
            model_name="reminder", name="sent_at", field=models.DateTimeField(null=True)
        ),
        migrations.AlterField(
            model_name="reminder",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("need", "due_on", "day", "person"), name="reminder_once"
            ),
        ),
    ]
