import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0004_signatories"),
        ("coupling", "0004_pledged_commitments"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField(blank=True)),
                ("consent_text", models.TextField(verbose_name="告知同意")),
                ("consented_at", models.DateTimeField(verbose_name="同意时间")),
                ("erase_on", models.DateField(verbose_name="到期删除")),
                ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="已删除")),
            ],
            options={
                "verbose_name": "联系方式",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("sealed", b""), _connector="OR"),
                        name="contact_erased_is_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="代码")),
                ("name_zh", models.CharField(max_length=60, verbose_name="名称")),
                ("name_en", models.CharField(max_length=80)),
                ("group_zh", models.CharField(blank=True, max_length=60, verbose_name="大类")),
                ("group_en", models.CharField(blank=True, max_length=80)),
                ("hint_zh", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("hint_en", models.CharField(blank=True, max_length=250)),
                ("keywords", models.JSONField(blank=True, default=list, verbose_name="关键词")),
                ("attributes", models.JSONField(blank=True, default=list, verbose_name="附加问题")),
                ("is_public", models.BooleanField(default=True, verbose_name="可公开")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matter_categories",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "诉求类别",
                "ordering": ["group_zh", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "code"), name="category_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(max_length=120, verbose_name="查看原因")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="matters.contact",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "联系方式查看记录",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "网页"),
                            ("worker", "社区工作者代报"),
                            ("email", "电子邮件"),
                            ("api", "开放接口"),
                        ],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="内容")),
                (
                    "public_text",
                    models.TextField(blank=True, max_length=4000, verbose_name="公开内容"),
                ),
                ("proposed_confidence", models.FloatField(null=True)),
                ("proposed_because", models.JSONField(blank=True, default=list)),
                (
                    "answers",
                    models.JSONField(blank=True, default=dict, verbose_name="附加问题的回答"),
                ),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("courtyard", models.CharField(blank=True, max_length=60, verbose_name="院落")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待分派"),
                            ("dispatched", "已分派"),
                            ("objected", "有异议"),
                            ("handling", "办理中"),
                            ("replied", "已答复"),
                            ("parked", "挂账"),
                            ("closed", "已办结"),
                            ("diverted", "已引导至法定渠道"),
                            ("joined", "并入同类诉求"),
                            ("rejected", "不予受理"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("held", "待审核"), ("public", "公开"), ("private", "不公开")],
                        default="held",
                        max_length=8,
                        verbose_name="公开",
                    ),
                ),
                (
                    "diversion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("emergency", "紧急求助"),
                            ("statutory", "诉讼、仲裁、信访等法定渠道"),
                            ("repeated", "重复且无新情况"),
                            ("secret", "涉及国家秘密、商业秘密、个人隐私"),
                            ("beyond", "超出公共服务职责"),
                            ("unlawful", "违法或违背公序良俗"),
                        ],
                        max_length=10,
                        verbose_name="引导",
                    ),
                ),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("reported_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "dispatched_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="分派时间"),
                ),
                (
                    "contact_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="首次联系期限"),
                ),
                (
                    "contacted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="首次联系时间"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="办理期限")),
                ("is_due_provisional", models.BooleanField(default=False)),
                (
                    "replied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("search_text", models.TextField(editable=False)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="alliance.alliance",
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
                        verbose_name="街道",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="matters.category",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="matters.matter",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="主办单位",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="coupling.need",
                    ),
                ),
                (
                    "proposed_category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.category",
                    ),
                ),
            ],
            options={
                "verbose_name": "诉求",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["alliance", "state", "-id"], name="matter_state"),
                    models.Index(
                        fields=["alliance", "visibility", "-id"], name="matter_visibility"
                    ),
                    models.Index(fields=["alliance", "area", "-id"], name="matter_area"),
                    models.Index(
                        fields=["alliance", "lead", "state", "due_at"], name="matter_lead_due"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="matter_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="matter_place_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_to__isnull", False), ("state", "joined")),
                            models.Q(
                                models.Q(("state", "joined"), _negated=True), ("joined_to", None)
                            ),
                            _connector="OR",
                        ),
                        name="matter_joined_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "public"), _negated=True),
                            models.Q(("public_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="matter_public_was_checked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="理由")),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rate",
                    models.CharField(
                        choices=[
                            ("response", "响应率"),
                            ("solved", "解决率"),
                            ("content", "满意率"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "剔除",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "rate"), name="excluded_once"),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                        name="exclusion_by_two_people",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="matter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact",
                to="matters.matter",
            ),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "主办"), ("help", "协办")],
                        max_length=4,
                        verbose_name="承办",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "待签收"),
                            ("accepted", "已签收"),
                            ("objected", "有异议"),
                            ("done", "已办"),
                            ("moved", "已改派"),
                        ],
                        default="sent",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("is_final", models.BooleanField(default=False, verbose_name="指定承办")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("sent_at", models.DateTimeField(verbose_name="分派时间")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="签收时间"),
                ),
                ("report", models.TextField(blank=True, max_length=2000, verbose_name="协办情况")),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "承办",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("part", "lead"), models.Q(("state", "moved"), _negated=True)
                        ),
                        fields=("matter",),
                        name="one_leader_per_matter",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=30)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("is_public", models.BooleanField(default=True)),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="matters.matter",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理过程",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="理由")),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("waiting", "待复核"),
                            ("upheld", "异议成立，改派"),
                            ("refused", "异议不成立，指定承办"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="复核意见")),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objection",
                        to="matters.assignment",
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "异议",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("from_at", models.DateTimeField(verbose_name="自")),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="至")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "暂停计时",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("matter",),
                        name="one_pause_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("image", models.BinaryField()),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                (
                    "alternative",
                    models.CharField(blank=True, max_length=120, verbose_name="图片说明"),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="公开")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "照片",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("solved", "已解决"),
                            ("explained", "已说明，现阶段无法解决"),
                            ("unreasonable", "诉求不合理（已复核）"),
                        ],
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("public_text", models.TextField(max_length=4000, verbose_name="公开答复")),
                (
                    "private_text",
                    models.TextField(blank=True, max_length=4000, verbose_name="仅告知诉求人"),
                ),
                ("at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="matters.matter",
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
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "答复",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="首次联系（小时）"),
                ),
                ("period", models.PositiveSmallIntegerField(verbose_name="办理期限")),
                (
                    "clock",
                    models.CharField(
                        choices=[("hours", "小时"), ("days", "自然日"), ("working_days", "工作日")],
                        default="working_days",
                        max_length=12,
                        verbose_name="计时",
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="places.area",
                        verbose_name="范围",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="matters.category",
                        verbose_name="诉求类别",
                    ),
                ),
                (
                    "co_handlers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="协办单位",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="主办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任清单",
                "ordering": ["category", "area"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period__gt", 0)), name="responsibility_period"
                    ),
                    models.UniqueConstraint(
                        fields=("category", "area"),
                        name="responsibility_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("link", "链接"), ("phone", "电话"), ("worker", "社区工作者")],
                        max_length=6,
                    ),
                ),
                (
                    "solved",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "已解决"),
                            ("explained", "已说明，确实无法解决"),
                            ("no", "未解决"),
                        ],
                        max_length=10,
                        verbose_name="是否解决",
                    ),
                ),
                (
                    "content",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "满意"), ("basically", "基本满意"), ("no", "不满意")],
                        max_length=10,
                        verbose_name="是否满意",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="意见")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisit",
                        to="matters.reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "回访",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", ""), ("solved", "")),
                            models.Q(
                                models.Q(("solved", ""), _negated=True),
                                models.Q(("content", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revisit_effective_or_not",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="月份")),
                ("title", models.CharField(max_length=120, verbose_name="题目")),
                ("words", models.JSONField(blank=True, default=list, verbose_name="共同的词")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "建议"),
                            ("adopted", "已立题"),
                            ("dropped", "未采纳"),
                            ("done", "已完成"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="matters.category",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "matters",
                    models.ManyToManyField(
                        related_name="themes", to="matters.matter", verbose_name="依据"
                    ),
                ),
            ],
            options={
                "verbose_name": "每月一题",
                "ordering": ["-month", "id"],
            },
        ),
        migrations.CreateModel(
            name="Whistle",
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
                            ("residents", "群众反映突出问题"),
                            ("enforcement", "综合执法"),
                            ("emergency", "应急处置"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="需要协同解决的问题")),
                ("meet_at", models.CharField(max_length=120, verbose_name="集合地点")),
                ("drafted_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "待负责人签发"),
                            ("blown", "已吹哨"),
                            ("ended", "已结束"),
                            ("withdrawn", "未签发"),
                        ],
                        default="drafted",
                        max_length=10,
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
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whistles",
                        to="matters.matter",
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
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "吹哨",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="WhistleCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrive_by", models.DateTimeField(verbose_name="应报到时间")),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="报到时间"),
                ),
                ("result_due_at", models.DateTimeField(verbose_name="应反馈时间")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="处置结果")),
                ("result_at", models.DateTimeField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("good", "到位"), ("partly", "部分到位"), ("bad", "不到位")],
                        max_length=6,
                    ),
                ),
                (
                    "verdict_on_whistler",
                    models.CharField(
                        blank=True,
                        choices=[("good", "到位"), ("partly", "部分到位"), ("bad", "不到位")],
                        max_length=6,
                    ),
                ),
                ("verdict_note", models.CharField(blank=True, max_length=200)),
                ("verdict_on_whistler_note", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "whistle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="matters.whistle",
                    ),
                ),
            ],
            options={
                "verbose_name": "报到",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("whistle", "organisation"), name="called_once")
                ],
            },
        ),
    ]
