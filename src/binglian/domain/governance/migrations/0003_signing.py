import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alliance", "0003_reserved_is_a_table"),
        ("governance", "0002_delegations_and_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="代码")),
                ("serial", models.CharField(max_length=40, unique=True, verbose_name="序列号")),
                ("pem", models.TextField(verbose_name="证书")),
                ("from_at", models.DateTimeField(verbose_name="自")),
                ("until_at", models.DateTimeField(verbose_name="至")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="更换时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="吊销时间")),
                ("is_compromised", models.BooleanField(default=False, verbose_name="密钥可能泄露")),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "证书",
                "ordering": ["code", "-from_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None), ("revoked_at", None)),
                        fields=("code",),
                        name="one_current_certificate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_compromised", False),
                            ("revoked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="certificate_compromised_is_revoked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(max_length=60, verbose_name="来源")),
                ("edition", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("source_digest", models.CharField(max_length=64)),
                ("signatures", models.PositiveSmallIntegerField(verbose_name="签名数")),
                ("sealed_at", models.DateTimeField(verbose_name="封印时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_files",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "已签文件",
                "ordering": ["origin", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("origin", "edition"), name="signed_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("locked", models.BinaryField()),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key",
                        to="governance.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "签名密钥",
            },
        ),
    ]
