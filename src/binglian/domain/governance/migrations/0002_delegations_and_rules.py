import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import binglian.domain.alliance.models.appointments


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0003_reserved_is_a_table"),
        ("governance", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="answer_due_on",
            field=models.DateField(
                default=binglian.domain.alliance.models.appointments.today, verbose_name="答复期限"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="changes",
            field=models.JSONField(default=dict, verbose_name="变更"),
        ),
        migrations.AddField(
            model_name="decision",
            name="changes_at_lapse",
            field=models.JSONField(null=True, verbose_name="作废时的变更"),
        ),
        migrations.AddField(
            model_name="decision",
            name="escalations",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="催告次数"),
        ),
        migrations.AddField(
            model_name="decision",
            name="reserved_for",
            field=models.CharField(
                blank=True, default="ab", max_length=2, verbose_name="须同意的牵头单位"
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "待牵头单位答复"),
                    ("in_force", "已生效"),
                    ("refused", "未同意"),
                    ("lapsed", "内容已变，作废"),
                    ("withdrawn", "已撤回"),
                ],
                default="asked",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead",
                    models.CharField(
                        choices=[("a", "牵头单位甲"), ("b", "牵头单位乙")],
                        max_length=1,
                        verbose_name="牵头单位",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(verbose_name="至")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="委托时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="受托人",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="委托人",
                    ),
                ),
            ],
            options={
                "verbose_name": "委托",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_on__lte", models.F("until_on"))),
                        name="delegation_has_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("delegate")), _negated=True),
                        name="delegation_to_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="approval",
            name="delegation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approvals",
                to="governance.delegation",
            ),
        ),
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.JSONField(verbose_name="调整后")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提请时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_changes",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "保留事项调整",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Superior",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead",
                    models.CharField(
                        choices=[("a", "牵头单位甲"), ("b", "牵头单位乙")],
                        max_length=1,
                        verbose_name="牵头单位",
                    ),
                ),
                ("office", models.CharField(max_length=80, verbose_name="上级单位或处室")),
                (
                    "email",
                    models.EmailField(
                        help_text="有账号的，通知同时进入其收件箱",
                        max_length=254,
                        verbose_name="公务邮箱",
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superiors",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "上级联系人",
                "ordering": ["lead", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "lead", "email"), name="superior_once"
                    )
                ],
            },
        ),
    ]
