import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import binglian.domain.alliance.words


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alliance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="网址名")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                ("description", models.TextField(blank=True, verbose_name="简介")),
                ("description_en", models.TextField(blank=True, verbose_name="英文简介")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                (
                    "kinds",
                    models.JSONField(
                        default=binglian.domain.alliance.words.default_kinds,
                        verbose_name="资源与需求类别",
                    ),
                ),
                (
                    "categories",
                    models.JSONField(
                        default=binglian.domain.alliance.words.default_categories,
                        verbose_name="成员类别",
                    ),
                ),
                (
                    "reserved",
                    models.JSONField(default=list, verbose_name="须两个牵头单位同意的事项"),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="公布后几个工作日内认领或谢绝", verbose_name="答复期限"
                    ),
                ),
                (
                    "judge_days",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="兑现后几个工作日内评价", verbose_name="评价期限"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="片区",
                    ),
                ),
            ],
            options={
                "verbose_name": "联盟",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ImportDraft",
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
                        choices=[
                            ("members", "成员名单"),
                            ("offers", "资源清单"),
                            ("needs", "需求清单"),
                        ],
                        max_length=10,
                        verbose_name="内容",
                    ),
                ),
                ("filename", models.CharField(max_length=200, verbose_name="文件名")),
                ("content", models.BinaryField()),
                ("mapping", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                ("carried_out_at", models.DateTimeField(null=True, verbose_name="导入时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_drafts",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "导入稿",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=20, verbose_name="成员类别")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待批准"),
                            ("admitted", "成员"),
                            ("refused", "未批准"),
                            ("withdrawn", "已退出"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("applied_at", models.DateTimeField(auto_now_add=True, verbose_name="申请时间")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="加入日期")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "成员关系",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("from_on__isnull", False),
                                ("state", "admitted"),
                                ("until_on", None),
                            ),
                            models.Q(
                                ("from_on__isnull", False),
                                ("state", "withdrawn"),
                                ("until_on__isnull", False),
                            ),
                            models.Q(("state__in", ["applied", "refused"]), ("until_on", None)),
                            _connector="OR",
                        ),
                        name="membership_dates_match_state",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="单位名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "职能部门"),
                            ("subdistrict", "街道"),
                            ("community", "社区"),
                            ("state_firm", "国有企业"),
                            ("private_firm", "民营企业"),
                            ("social", "社会组织"),
                            ("institution", "事业单位"),
                            ("merchant", "商户"),
                            ("temporary", "临时组织"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="单位类型",
                    ),
                ),
                ("category", models.CharField(max_length=20, verbose_name="成员类别")),
                (
                    "credit_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("desk", models.CharField(blank=True, max_length=120, verbose_name="联系窗口")),
                ("email", models.EmailField(max_length=254, verbose_name="公务邮箱")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="愿意贡献什么")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待办理"),
                            ("taken_up", "已受理"),
                            ("refused", "不予受理"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="收到时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="办理时间")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="不予受理的原因"),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="alliance.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "入盟申请",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="单位名称")),
                ("name_en", models.CharField(blank=True, max_length=160, verbose_name="英文名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "职能部门"),
                            ("subdistrict", "街道"),
                            ("community", "社区"),
                            ("state_firm", "国有企业"),
                            ("private_firm", "民营企业"),
                            ("social", "社会组织"),
                            ("institution", "事业单位"),
                            ("merchant", "商户"),
                            ("temporary", "临时组织"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=14,
                        verbose_name="单位类型",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                (
                    "desk",
                    models.CharField(
                        blank=True,
                        help_text="办公电话或公务邮箱，不填个人信息",
                        max_length=120,
                        verbose_name="联系窗口",
                    ),
                ),
                ("search_text", models.TextField(editable=False)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                        verbose_name="片区",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="alliance.organisation",
                        verbose_name="上级单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="alliance.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="邀请时间")),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("used_at", models.DateTimeField(null=True, verbose_name="使用时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "邀请",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("used_at", None), ("used_by", None)),
                            models.Q(("used_at__isnull", False), ("used_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_use_complete",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretariat", "秘书处"),
                            ("lead_a", "牵头单位甲"),
                            ("lead_b", "牵头单位乙"),
                            ("liaison", "联络员"),
                            ("viewer", "观察员"),
                        ],
                        max_length=12,
                        verbose_name="角色",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "ordering": ["role", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False), ("until_on", None)),
                        fields=("alliance", "user", "role", "organisation"),
                        name="seat_for_organisation_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation", None), ("until_on", None)),
                        fields=("alliance", "user", "role"),
                        name="seat_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "liaison"), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="liaison_has_organisation",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="alliance",
            name="lead_a",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alliance.organisation",
                verbose_name="牵头单位甲",
            ),
        ),
        migrations.AddField(
            model_name="alliance",
            name="lead_b",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alliance.organisation",
                verbose_name="牵头单位乙",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["applied", "admitted"])),
                fields=("alliance", "organisation"),
                name="one_current_membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="alliance",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_a", models.F("lead_b")), _negated=True),
                name="alliance_two_leads",
            ),
        ),
    ]
