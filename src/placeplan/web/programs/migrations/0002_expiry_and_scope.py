"""Tokens expire, say when they were last used, and are kept to some actions. Those of before expire at once."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="token",
            name="expires",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(model_name="token", name="used", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="token", name="actions", field=models.JSONField(default=list)),
    ]
