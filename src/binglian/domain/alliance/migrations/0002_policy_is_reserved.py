"""Policy weights are reserved for both leads, also in alliances that exist already."""

from django.db import migrations

ACT = "coupling.policy"


def reserve(apps, _schema_editor):
    for alliance in apps.get_model("alliance", "Alliance").objects.all():
        if ACT not in alliance.reserved:
            alliance.reserved = sorted([*alliance.reserved, ACT])
            alliance.save(update_fields=["reserved"])


def release(apps, _schema_editor):
    for alliance in apps.get_model("alliance", "Alliance").objects.all():
        alliance.reserved = [act for act in alliance.reserved if act != ACT]
        alliance.save(update_fields=["reserved"])


class Migration(migrations.Migration):
    dependencies = [("alliance", "0001_initial")]

    operations = [migrations.RunPython(reserve, release)]
