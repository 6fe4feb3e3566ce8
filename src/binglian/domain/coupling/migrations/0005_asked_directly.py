"""Commitments may be asked for directly, outside of any run."""

from django.conf import settings
from django.db import migrations, models


def forget_those_asked_directly(apps, schema_editor):
    """The version before has no place for them; the ledger keeps that they were."""
    direct = apps.get_model("coupling", "Commitment").objects.filter(run=None, origin="")
    apps.get_model("coupling", "Delivery").objects.filter(commitment__in=direct).delete()
    direct.delete()
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table with checks pending


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0008_premises_and_places"),
        ("coupling", "0004_pledged_commitments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="commitment",
            name="commitment_is_coupled_or_pledged",
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
        migrations.RunPython(migrations.RunPython.noop, forget_those_asked_directly),
    ]
