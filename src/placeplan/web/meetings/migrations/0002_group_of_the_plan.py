"""A board may be tied to a group of its plan."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="group",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group", ""), _negated=True),
                fields=("plan", "group"),
                name="one_board_of_a_group",
            ),
        ),
    ]
