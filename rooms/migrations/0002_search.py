"""Messages can be searched: an index inside the database, kept by its own triggers."""

from django.db import migrations

from rooms.search.databases import install, remove


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
