"""Texts that can be found, and the index of their pieces as each database keeps it."""

import django.db.models.deletion
from django.db import migrations, models

from binglian.domain.search import postings


def _create(_apps, schema_editor):
    postings.create(schema_editor.connection)


def _remove(_apps, schema_editor):
    postings.remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("alliance", "0010_site_control")]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("object_id", models.BigIntegerField()),
                ("page_id", models.BigIntegerField()),
                ("classes", models.CharField(max_length=4)),
                ("title", models.TextField()),
                ("title_en", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("sounds", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "alliance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "检索条目",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id", "classes"), name="document_once"
                    )
                ],
            },
        ),
        migrations.RunPython(_create, _remove),
    ]
