import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=40, verbose_name="事项")),
                ("object_ids", models.JSONField(verbose_name="对象")),
                ("digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待两个牵头单位同意"),
                            ("in_force", "已生效"),
                            ("refused", "未同意"),
                            ("lapsed", "内容已变，作废"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提请时间")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
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
                "verbose_name": "决定",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_settled_complete",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
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
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("is_yes", models.BooleanField(verbose_name="同意")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="意见")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="governance.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "同意",
                "ordering": ["lead"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "lead"), name="one_answer_per_lead"
                    ),
                    models.UniqueConstraint(fields=("decision", "by"), name="nobody_answers_twice"),
                ],
            },
        ),
    ]
