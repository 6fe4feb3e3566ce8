"""Commitments name alliance, giver and receiver themselves, so that they need no offer."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_the_sides(apps, _schema_editor):
    Commitment = apps.get_model("coupling", "Commitment")
    offers = apps.get_model("coupling", "Offer").objects.filter(pk=OuterRef("offer"))
    parts = apps.get_model("coupling", "Component").objects.filter(pk=OuterRef("component"))
    Commitment.objects.update(
        alliance=Subquery(offers.values("alliance")[:1]),
        giver=Subquery(offers.values("organisation")[:1]),
        receiver=Subquery(parts.values("need__organisation")[:1]),
    )


def _to(model, related_name="+"):
    return models.ForeignKey(
        to=model,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        null=True,
    )


class Migration(migrations.Migration):
    dependencies = [("coupling", "0002_rounds_slots_and_what_if")]

    operations = [
        migrations.AddField("commitment", "alliance", _to("alliance.alliance", "commitments")),
        migrations.AddField("commitment", "giver", _to("alliance.organisation")),
        migrations.AddField("commitment", "receiver", _to("alliance.organisation")),
        migrations.RunPython(name_the_sides, migrations.RunPython.noop),
    ]
