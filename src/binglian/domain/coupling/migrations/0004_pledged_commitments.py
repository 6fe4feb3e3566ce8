"""Commitments may be pledged in an agreement, without an offer and a need."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def forget_those_pledged(apps, schema_editor):
    """The version before has no place for them; agreement and ledger keep what was pledged."""
    pledged = apps.get_model("coupling", "Commitment").objects.exclude(origin="")
    apps.get_model("coupling", "Delivery").objects.filter(commitment__in=pledged).delete()
    pledged.delete()
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table with checks pending


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0002_policy_is_reserved"),
        ("coupling", "0003_commitments_name_their_sides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="origin",
            field=models.CharField(blank=True, max_length=60, verbose_name="出处"),
        ),
        migrations.AddField(
            model_name="commitment",
            name="search_text",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="commitment",
            name="target",
            field=models.CharField(blank=True, max_length=300, verbose_name="可衡量的目标"),
        ),
        migrations.AddField(
            model_name="commitment",
            name="title_en",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="commitment",
            name="title_zh",
            field=models.CharField(blank=True, max_length=200, verbose_name="承诺事项"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="alliance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="alliance.alliance",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="answer_due_on",
            field=models.DateField(null=True, verbose_name="答复期限"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="component",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="coupling.component",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="giver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alliance.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="offer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="coupling.offer",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="receiver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alliance.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="coupling.couplingrun",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer_due_on__isnull", False),
                        ("component__isnull", False),
                        ("offer__isnull", False),
                        ("origin", ""),
                        ("run__isnull", False),
                        ("target", ""),
                        ("title_zh", ""),
                    ),
                    models.Q(
                        ("answer_due_on", None),
                        ("component", None),
                        ("offer", None),
                        ("quantity", 1),
                        ("run", None),
                        ("slot", ""),
                        models.Q(("title_zh", ""), _negated=True),
                        models.Q(("origin", ""), _negated=True),
                        models.Q(("state__in", ["proposed", "declined"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="commitment_is_coupled_or_pledged",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", ""), _negated=True),
                fields=("alliance", "origin"),
                name="one_commitment_for_each_origin",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_those_pledged),
    ]
