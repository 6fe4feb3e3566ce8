import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0004_signatories"),
        ("governance", "0003_signing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("charter", "章程"), ("cobuilding", "共建协议")],
                        default="cobuilding",
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="自")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "renewal_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="到期前几天提醒秘书处和两个牵头单位",
                        verbose_name="续签提醒",
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="提出退出后几天生效，其间承诺照常履行",
                        verbose_name="退出通知期",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "协议",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None),
                            ("until_on", None),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="agreement_term_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("comments", "征求意见"),
                            ("signing", "确认中"),
                            ("in_force", "已生效"),
                            ("superseded", "已被新文本替代"),
                            ("ended", "已终止"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("preamble", models.TextField(blank=True, verbose_name="前言")),
                (
                    "comments_until",
                    models.DateField(blank=True, null=True, verbose_name="意见截止"),
                ),
                ("sign_until", models.DateField(blank=True, null=True, verbose_name="确认截止")),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="文本摘要")),
                ("frozen_at", models.DateTimeField(null=True, verbose_name="定稿时间")),
                ("in_force_at", models.DateTimeField(null=True, verbose_name="生效时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="终止时间")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="governance.agreement",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "协议文本",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "number"), name="version_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "comments", "signing"])),
                        fields=("agreement",),
                        name="one_version_in_the_making",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("agreement",),
                        name="one_version_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("digest", ""),
                                ("frozen_at", None),
                                ("state__in", ["draft", "comments"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["draft", "comments"]), _negated=True),
                                models.Q(("digest", ""), _negated=True),
                                ("frozen_at__isnull", False),
                                ("sign_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="version_frozen_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_force", "superseded"]), _negated=True),
                            ("in_force_at__isnull", False),
                            _connector="OR",
                        ),
                        name="version_in_force_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="条")),
                ("heading", models.CharField(max_length=80, verbose_name="标题")),
                ("text", models.TextField(verbose_name="条文")),
                (
                    "heading_en",
                    models.CharField(blank=True, max_length=120, verbose_name="英文标题"),
                ),
                ("text_en", models.TextField(blank=True, verbose_name="英文条文")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="governance.agreementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "条款",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="ClausePledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="承诺事项")),
                ("title_en", models.CharField(blank=True, max_length=300, verbose_name="英文")),
                (
                    "target",
                    models.CharField(
                        help_text="例如：全年不少于 4 场",
                        max_length=300,
                        verbose_name="可衡量的目标",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="兑现期限")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pledges",
                        to="governance.clause",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="承诺单位",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="评价单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "条款承诺",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="pledge_between_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause_number", models.PositiveSmallIntegerField(default=0, verbose_name="条")),
                ("text", models.CharField(max_length=1000, verbose_name="意见")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("answer", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="governance.agreementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "意见",
                "ordering": ["clause_number", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="comment_answer_complete",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("withdrawal", "主动退出"), ("expulsion", "除名")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待两个牵头单位同意"),
                            ("notice", "通知期内"),
                            ("left", "已退出"),
                            ("dropped", "未成立"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="理由")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("ends_on", models.DateField(null=True, verbose_name="约束至")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="governance.agreement",
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "退出",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "notice"])),
                        fields=("agreement", "organisation"),
                        name="one_departure_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", False), ("state__in", ["notice", "left"])),
                            models.Q(("ends_on", None), ("state__in", ["asked", "dropped"])),
                            _connector="OR",
                        ),
                        name="departure_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_accession", models.BooleanField(default=False, verbose_name="后加入")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaited", "待确认"),
                            ("checking", "纸质件待复核"),
                            ("signed", "已确认"),
                            ("declined", "已谢绝"),
                            ("missed", "逾期未确认"),
                        ],
                        default="awaited",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("awaited_since", models.DateTimeField(auto_now_add=True, verbose_name="自")),
                ("at", models.DateTimeField(null=True, verbose_name="时间")),
                (
                    "authority",
                    models.CharField(blank=True, max_length=200, verbose_name="授权依据"),
                ),
                ("consent", models.CharField(blank=True, max_length=600, verbose_name="同意内容")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="文本摘要")),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("totp", "动态验证码"),
                            ("webauthn", "通行密钥"),
                            ("paper", "盖章纸质件"),
                            ("demonstration", "演示数据"),
                        ],
                        max_length=14,
                        verbose_name="核验方式",
                    ),
                ),
                ("verified_at", models.DateTimeField(null=True, verbose_name="核验时间")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="谢绝的理由")),
                ("scan", models.BinaryField(null=True)),
                ("scan_name", models.CharField(blank=True, max_length=200, verbose_name="扫描件")),
                (
                    "scan_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="扫描件摘要"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签署人",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复核人",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="governance.agreementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "确认书",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "organisation", "is_accession"),
                        name="one_answer_of_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("at__isnull", False),
                                ("by__isnull", False),
                                ("verified_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                                models.Q(("consent", ""), _negated=True),
                                models.Q(("authority", ""), _negated=True),
                                models.Q(("method", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signature_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(
                                ("at__isnull", False),
                                ("by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signature_decline_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "paper"), ("state", "signed"), _negated=True),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("scan__isnull", False),
                                models.Q(("confirmed_by", models.F("by")), _negated=True),
                                models.Q(("scan_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signature_paper_checked_by_another",
                    ),
                ],
            },
        ),
    ]
