from django.db import migrations

from binglian.domain.ledger import guards


class Migration(migrations.Migration):
    """Triggers that refuse to change or delete a row of the ledger."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.connection),
            lambda _apps, editor: guards.remove(editor.connection),
        )
    ]
