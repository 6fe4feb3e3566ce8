"""What is reserved says for whom: a list of acts for both leads becomes act → leads."""

from django.db import migrations, models

#: What could be reserved when the list was all there was.
KNOWN = ("alliance.admission", "coupling.policy", "coupling.publication", "projects.baseline")


def into_a_table(apps, _schema_editor):
    for alliance in apps.get_model("alliance", "Alliance").objects.all():
        released = {act: "" for act in KNOWN if act not in alliance.reserved}
        alliance.reserved = released
        alliance.save(update_fields=["reserved"])


def into_a_list(apps, _schema_editor):
    for alliance in apps.get_model("alliance", "Alliance").objects.all():
        alliance.reserved = [act for act in KNOWN if alliance.reserved.get(act, "ab") != ""]
        alliance.save(update_fields=["reserved"])


class Migration(migrations.Migration):
    dependencies = [("alliance", "0002_policy_is_reserved")]

    operations = [
        migrations.AlterField(
            model_name="alliance",
            name="reserved",
            field=models.JSONField(default=dict, verbose_name="保留事项"),
        ),
        migrations.AddField(
            model_name="alliance",
            name="decision_days",
            field=models.PositiveSmallIntegerField(
                default=5,
                help_text="几个工作日内不答复即提醒秘书处和上级",
                verbose_name="答复决定的期限",
            ),
        ),
        migrations.AddField(
            model_name="alliance",
            name="large_from",
            field=models.DecimalField(
                decimal_places=2,
                help_text="元；空着即不设",
                max_digits=14,
                null=True,
                verbose_name="大额承诺起点",
            ),
        ),
        migrations.RunPython(into_a_table, into_a_list),
    ]
