import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0002_policy_is_reserved"),
        ("coupling", "0002_rounds_slots_and_what_if"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="编码")),
                ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                ("office", models.CharField(max_length=24, verbose_name="办理部门")),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "立项用地规划许可"),
                            (2, "工程建设许可"),
                            (3, "施工许可"),
                            (4, "竣工验收"),
                            (5, "并行推进"),
                        ],
                        default=5,
                        verbose_name="阶段",
                    ),
                ),
                (
                    "statutory_days",
                    models.PositiveSmallIntegerField(
                        help_text="工作日；节点为 0", verbose_name="法定时限"
                    ),
                ),
                (
                    "pledged_days",
                    models.PositiveSmallIntegerField(help_text="工作日", verbose_name="承诺时限"),
                ),
                (
                    "commitment_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="工作日；不适用则留空",
                        null=True,
                        verbose_name="告知承诺时限",
                    ),
                ),
                (
                    "conditional_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="工作日；不适用则留空",
                        null=True,
                        verbose_name="容缺受理时限",
                    ),
                ),
                (
                    "is_counted",
                    models.BooleanField(
                        default=True,
                        help_text="公示、招标、听证、专家评审期间停时",
                        verbose_name="计入审批时限",
                    ),
                ),
                (
                    "validity_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="逾期未用即失效；长期有效则留空",
                        null=True,
                        verbose_name="有效期（天）",
                    ),
                ),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="适用项目类型")),
                (
                    "applies_when",
                    models.JSONField(blank=True, default=list, verbose_name="适用情形"),
                ),
                ("papers", models.JSONField(blank=True, default=list, verbose_name="申请材料")),
                ("basis_zh", models.CharField(blank=True, max_length=400, verbose_name="依据")),
                ("basis_en", models.CharField(blank=True, max_length=400, verbose_name="英文依据")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="序号")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval_items",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="办理单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批事项",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "code"), name="item_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pledged_days__lte", models.F("statutory_days"))),
                        name="item_pledge_within_law",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cases", models.PositiveSmallIntegerField(verbose_name="同时办理件数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacity",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "容量",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cases__gte", 1)), name="capacity_some"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(help_text="含当日", verbose_name="至")),
                ("is_open", models.BooleanField(default=False, verbose_name="加班办理")),
                ("reason", models.CharField(max_length=120, verbose_name="原因")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="alliance.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "办公日调整",
                "ordering": ["from_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="closure_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("FS", "完成后开始"),
                            ("SS", "开始后开始"),
                            ("FF", "完成后完成（可先行预审）"),
                            ("SF", "开始后完成"),
                        ],
                        default="FS",
                        max_length=2,
                        verbose_name="关系",
                    ),
                ),
                ("least", models.IntegerField(default=0, verbose_name="至少间隔")),
                ("most", models.IntegerField(blank=True, null=True, verbose_name="至多间隔")),
                (
                    "lag",
                    models.CharField(
                        choices=[("working", "工作日"), ("elapsed", "日历日")],
                        default="working",
                        max_length=8,
                        verbose_name="间隔单位",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_before",
                        to="projects.approvalitem",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_after",
                        to="projects.approvalitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "事项前置关系",
                "ordering": ["after", "before"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("before", "after", "link"), name="item_link_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True),
                        name="item_link_two_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanningRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aim",
                    models.CharField(
                        choices=[("shortest", "尽早完成"), ("least_change", "尽量少改动")],
                        default="shortest",
                        max_length=12,
                        verbose_name="目标",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="缘由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "运算中"),
                            ("ready", "已算出"),
                            ("cancelled", "已取消"),
                            ("failed", "未能完成"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "seconds",
                    models.PositiveSmallIntegerField(default=10, verbose_name="时限（秒）"),
                ),
                ("seed", models.PositiveIntegerField(default=0, verbose_name="种子")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("progress", models.FloatField(default=0, verbose_name="进度")),
                ("finish_on", models.DateField(null=True, verbose_name="完成日期")),
                ("bound_on", models.DateField(null=True, verbose_name="最早可能")),
                ("is_cancel_asked", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("solved_seconds", models.FloatField(null=True, verbose_name="用时（秒）")),
                ("failure", models.CharField(blank=True, max_length=600, verbose_name="原因")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planning_runs",
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
                "verbose_name": "计划运算",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("alliance",),
                        name="one_planning_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("computed", "运算"),
                            ("replanned", "重排"),
                            ("by_hand", "人工调整"),
                            ("imported", "导入"),
                            ("what_if", "假如方案"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="形成时间")),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="缘由")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("finish_on", models.DateField(verbose_name="完成日期")),
                ("bound_on", models.DateField(null=True, verbose_name="最早可能")),
                ("status", models.CharField(max_length=12, verbose_name="求解状态")),
                ("serial_days", models.PositiveIntegerField(verbose_name="串联工作日")),
                ("working_days", models.PositiveIntegerField(verbose_name="并联工作日")),
                ("counted_serial_days", models.PositiveIntegerField(verbose_name="串联计时工作日")),
                ("counted_days", models.PositiveIntegerField(verbose_name="并联计时工作日")),
                ("elapsed_days", models.PositiveIntegerField(verbose_name="日历日")),
                (
                    "overrun_days",
                    models.PositiveIntegerField(default=0, verbose_name="超出最后期限"),
                ),
                ("late_days", models.PositiveIntegerField(default=0, verbose_name="晚于目标日期")),
                ("is_provisional", models.BooleanField(default=False, verbose_name="日历未定")),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="说明")),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.plan",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="projects.planningrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="编号")),
                ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="英文名称")),
                ("kind", models.CharField(max_length=16, verbose_name="项目类型")),
                ("features", models.JSONField(blank=True, default=list, verbose_name="项目情形")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("description", models.TextField(blank=True, verbose_name="简介")),
                ("description_en", models.TextField(blank=True, verbose_name="英文简介")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="目标日期")),
                ("deadline_on", models.DateField(blank=True, null=True, verbose_name="最后期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "筹划中"),
                            ("baselined", "已定基准"),
                            ("running", "推进中"),
                            ("finished", "已完成"),
                            ("withdrawn", "已中止"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="向公众公开")),
                ("finished_on", models.DateField(null=True, verbose_name="完成日期")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                ("search_text", models.TextField(editable=False)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
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
                        verbose_name="片区",
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.plan",
                        verbose_name="基准计划",
                    ),
                ),
                (
                    "current",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.plan",
                        verbose_name="现行计划",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_projects",
                        to="alliance.organisation",
                        verbose_name="建设单位",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="joined_projects",
                        to="alliance.organisation",
                        verbose_name="参与单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="project_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on", None),
                                ("due_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("deadline_on", None),
                                ("deadline_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                        ),
                        name="project_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_on__isnull", False), ("state", "finished")),
                            models.Q(
                                models.Q(("state", "finished"), _negated=True),
                                ("finished_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="project_finish_complete",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="planningrun",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans",
                to="projects.project",
            ),
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="序号")),
                ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="英文名称")),
                ("group", models.CharField(blank=True, max_length=80, verbose_name="分组")),
                (
                    "stage",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="阶段"),
                ),
                ("is_counted", models.BooleanField(default=True, verbose_name="计入审批时限")),
                ("not_before_on", models.DateField(blank=True, null=True, verbose_name="不早于")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="目标日期")),
                ("deadline_on", models.DateField(blank=True, null=True, verbose_name="最后期限")),
                ("weight", models.FloatField(default=1.0, verbose_name="权重")),
                ("pinned_on", models.DateField(blank=True, null=True, verbose_name="人工排定")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="备注")),
                ("dropped_on", models.DateField(null=True, verbose_name="删去日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "未开始"),
                            ("preparing", "预审中"),
                            ("received", "已收件"),
                            ("correcting", "补正中"),
                            ("not_accepted", "不予受理"),
                            ("under_way", "办理中"),
                            ("stopped", "停时"),
                            ("passed", "已办结"),
                            ("with_gaps", "容缺办结"),
                            ("refused", "不予通过"),
                            ("withdrawing", "撤件待批"),
                            ("withdrawn", "已撤件"),
                            ("recalled", "已撤回"),
                            ("revoked", "已撤销"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("since_on", models.DateField(null=True, verbose_name="自")),
                ("mode", models.CharField(blank=True, max_length=12, verbose_name="方式")),
                ("started_on", models.DateField(null=True, verbose_name="实际开始")),
                ("finished_on", models.DateField(null=True, verbose_name="实际完成")),
                ("stopped_days", models.PositiveIntegerField(default=0, verbose_name="停时工作日")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="projects.approvalitem",
                        verbose_name="审批事项",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="coupling.need",
                        verbose_name="需求",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="alliance.organisation",
                        verbose_name="办理单位",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="task_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gte", 0)), name="task_weight"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_on__isnull", False),
                                ("started_on__isnull", False),
                                ("state__in", ["passed", "with_gaps"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["passed", "with_gaps"]), _negated=True),
                                ("finished_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="task_result_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("pre_review", "开始预审"),
                            ("received", "收件"),
                            ("not_accepted", "不予受理"),
                            ("correction", "一次告知补正"),
                            ("completed", "材料补齐"),
                            ("accepted", "受理、开始办理"),
                            ("stopped", "停时（特别程序开始）"),
                            ("resumed", "恢复计时（特别程序结束）"),
                            ("passed", "办结通过"),
                            ("with_gaps", "容缺办结"),
                            ("gaps_filled", "容缺材料补齐"),
                            ("refused", "不予通过"),
                            ("withdrawal_asked", "申请撤件"),
                            ("withdrawn", "同意撤件"),
                            ("recalled", "撤回"),
                            ("revoked", "撤销"),
                        ],
                        max_length=16,
                        verbose_name="进展",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                ("reported_at", models.DateTimeField(auto_now_add=True, verbose_name="报告时间")),
                ("taken_back_at", models.DateTimeField(null=True, verbose_name="更正时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="projects.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "进展",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Precedence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("FS", "完成后开始"),
                            ("SS", "开始后开始"),
                            ("FF", "完成后完成（可先行预审）"),
                            ("SF", "开始后完成"),
                        ],
                        default="FS",
                        max_length=2,
                        verbose_name="关系",
                    ),
                ),
                ("least", models.IntegerField(default=0, verbose_name="至少间隔")),
                ("most", models.IntegerField(blank=True, null=True, verbose_name="至多间隔")),
                (
                    "lag",
                    models.CharField(
                        choices=[("working", "工作日"), ("elapsed", "日历日")],
                        default="working",
                        max_length=8,
                        verbose_name="间隔单位",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="precedences_before",
                        to="projects.task",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="precedences_after",
                        to="projects.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "前后关系",
                "ordering": ["after", "before"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("before", "after", "link"), name="precedence_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True),
                        name="precedence_two_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most", None), ("most__gte", models.F("least")), _connector="OR"
                        ),
                        name="precedence_lags",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lag", "elapsed"), ("least__gte", 0), _connector="OR"),
                        name="precedence_working_lag",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ordinary", "普通办理"),
                            ("commitment", "告知承诺"),
                            ("conditional", "容缺受理"),
                        ],
                        default="ordinary",
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                ("days", models.PositiveIntegerField(verbose_name="时长")),
                ("starts_on", models.DateField(verbose_name="开始")),
                ("finishes_on", models.DateField(verbose_name="完成")),
                ("is_critical", models.BooleanField(default=False, verbose_name="关键")),
                ("float_days", models.PositiveIntegerField(default=0, verbose_name="总时差")),
                (
                    "reason_zh",
                    models.CharField(blank=True, max_length=300, verbose_name="为何此时"),
                ),
                ("reason_en", models.CharField(blank=True, max_length=300)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="projects.plan",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="projects.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划任务",
                "ordering": ["starts_on", "task_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "task"), name="planned_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Expiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="取得日期")),
                ("lapses_on", models.DateField(verbose_name="失效日期")),
                ("settled_on", models.DateField(null=True, verbose_name="已用日期")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expiries",
                        to="projects.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "失效日期",
                "ordering": ["lapses_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lapses_on__gt", models.F("from_on"))),
                        name="expiry_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_on", None)),
                        fields=("task",),
                        name="one_open_expiry",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskMode",
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
                            ("ordinary", "普通办理"),
                            ("commitment", "告知承诺"),
                            ("conditional", "容缺受理"),
                        ],
                        default="ordinary",
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                (
                    "days",
                    models.PositiveIntegerField(help_text="工作日；节点为 0", verbose_name="时长"),
                ),
                ("demand", models.PositiveSmallIntegerField(default=1, verbose_name="占用容量")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="modes",
                        to="projects.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "实施方式",
                "ordering": ["task", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "kind"), name="task_mode_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("kind", models.CharField(max_length=16, verbose_name="项目类型")),
                ("content", models.JSONField(verbose_name="内容")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="保存时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_templates",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "项目模板",
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "title"), name="template_title_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("changes", models.JSONField(verbose_name="改动")),
                ("answer", models.JSONField(verbose_name="结果")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="保存时间")),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="what_ifs",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "假如计划",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="plan_number_once"
            ),
        ),
    ]
