from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_weekly_letters")]

    operations = [
        migrations.RenameField("user", "has_large_type", "has_care_mode"),
        migrations.AlterField(
            "user", "has_care_mode", models.BooleanField(default=False, verbose_name="关怀版")
        ),
    ]
