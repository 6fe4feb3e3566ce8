import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0004_signatories"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "contact",
                    models.CharField(
                        help_text="办公电话或公务邮箱，不填个人信息",
                        max_length=120,
                        verbose_name="联系窗口",
                    ),
                ),
                ("scopes", models.JSONField(default=list, verbose_name="权限")),
                (
                    "per_minute",
                    models.PositiveSmallIntegerField(default=60, verbose_name="每分钟次数"),
                ),
                (
                    "beginning",
                    models.CharField(editable=False, max_length=12, verbose_name="密钥开头"),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="最近使用")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_clients",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "接入程序",
                "ordering": ["revoked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("per_minute__gt", 0)), name="client_may_speak"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.CharField(max_length=64)),
                ("request", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="clients.apiclient",
                    ),
                ),
            ],
            options={
                "verbose_name": "答复留底",
                "indexes": [models.Index(fields=["kept_at"], name="kept_answer_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("client", "asked"), name="answered_once")
                ],
            },
        ),
    ]
