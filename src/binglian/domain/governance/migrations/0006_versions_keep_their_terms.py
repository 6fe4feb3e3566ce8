"""Versions keep their own terms, so that a draft changes nothing of what is in force."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

TERMS = ("title", "title_en", "from_on", "until_on", "notice_days", "renewal_days")


def copy_the_terms(apps, _schema_editor):
    agreements = apps.get_model("governance", "Agreement").objects.filter(pk=OuterRef("agreement"))
    apps.get_model("governance", "AgreementVersion").objects.update(
        **{name: Subquery(agreements.values(name)[:1]) for name in TERMS}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_meetings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="from_on",
            field=models.DateField(blank=True, null=True, verbose_name="自"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="notice_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="提出退出后几天生效，其间承诺照常履行",
                verbose_name="退出通知期",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="renewal_days",
            field=models.PositiveSmallIntegerField(
                default=60, help_text="到期前几天提醒秘书处和两个牵头单位", verbose_name="续签提醒"
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="title",
            field=models.CharField(default="", max_length=120, verbose_name="名称"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="title_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="英文名称"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="until_on",
            field=models.DateField(blank=True, null=True, verbose_name="至"),
        ),
        migrations.RunPython(copy_the_terms, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on", None),
                    ("until_on", None),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="version_term_in_order",
            ),
        ),
    ]
