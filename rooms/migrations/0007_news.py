import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Notices that are about no message: news that another package keeps."""

    dependencies = [
        ("rooms", "0006_push"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "Answer to you"),
                    ("mention", "You are mentioned"),
                    ("news", "News"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="rooms.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "news"), ("message", None)),
                    models.Q(models.Q(("kind", "news"), _negated=True), ("message__isnull", False)),
                    _connector="OR",
                ),
                name="notice_of_message_or_news",
            ),
        ),
    ]
