from decimal import Decimal

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
            name="Component",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="组成")),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
                ("tags", models.JSONField(blank=True, default=list, verbose_name="标签")),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="数量"),
                ),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="计量单位")),
            ],
            options={
                "verbose_name": "需求组成",
                "ordering": ["need", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="component_quantity"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CouplingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "运算中"),
                            ("proposed", "待审定"),
                            ("published", "已公布"),
                            ("superseded", "已被新结果替代"),
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
                ("is_cancel_asked", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                ("failure", models.CharField(blank=True, max_length=400, verbose_name="原因")),
                ("status", models.CharField(blank=True, max_length=12, verbose_name="求解状态")),
                ("objective", models.FloatField(null=True, verbose_name="目标值")),
                ("bound", models.FloatField(null=True, verbose_name="上界")),
                ("solved_seconds", models.FloatField(null=True, verbose_name="用时（秒）")),
                ("offer_count", models.PositiveIntegerField(default=0, verbose_name="资源数")),
                ("need_count", models.PositiveIntegerField(default=0, verbose_name="需求数")),
                ("met_count", models.PositiveIntegerField(default=0, verbose_name="满足需求数")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
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
                "verbose_name": "耦合运算",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "number"), name="run_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("alliance",),
                        name="one_run_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=2, help_text="单位同资源", max_digits=14, verbose_name="数量"
                    ),
                ),
                (
                    "reason_zh",
                    models.CharField(blank=True, max_length=600, verbose_name="匹配理由"),
                ),
                ("reason_en", models.CharField(blank=True, max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待认领"),
                            ("accepted", "已认领"),
                            ("declined", "已谢绝"),
                            ("delivered", "待评价"),
                            ("judged", "已评价"),
                            ("explained", "未能兑现"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("answer_due_on", models.DateField(verbose_name="答复期限")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="兑现期限")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("explanation", models.CharField(blank=True, max_length=400, verbose_name="说明")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="coupling.component",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="coupling.couplingrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="commitment_quantity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at", None), ("answered_by", None), ("state", "proposed")
                            ),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_answer_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["declined", "explained"]), _negated=True),
                            models.Q(("explanation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="commitment_refusal_explained",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="兑现数量"),
                ),
                ("delivered_on", models.DateField(verbose_name="兑现日期")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="情况说明")),
                ("reported_at", models.DateTimeField(auto_now_add=True, verbose_name="报告时间")),
                ("judge_due_on", models.DateField(verbose_name="评价期限")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "满足"),
                            ("partly", "部分满足"),
                            ("not_met", "未满足，退回"),
                        ],
                        max_length=8,
                        verbose_name="评价",
                    ),
                ),
                (
                    "verdict_note",
                    models.CharField(blank=True, max_length=400, verbose_name="评价说明"),
                ),
                ("judged_at", models.DateTimeField(null=True, verbose_name="评价时间")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="coupling.commitment",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "兑现",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="delivery_quantity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("judged_at", None), ("judged_by", None), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="judgement_complete",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "")),
                        fields=("commitment",),
                        name="one_delivery_awaits_judgement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="编号")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "有效"), ("closed", "已办结"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("windows", models.JSONField(blank=True, default=list, verbose_name="时间段")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="备注")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                ("search_text", models.TextField(editable=False)),
                (
                    "priority",
                    models.CharField(
                        choices=[("urgent", "紧急"), ("important", "重要"), ("ordinary", "一般")],
                        default="ordinary",
                        max_length=10,
                        verbose_name="优先级",
                    ),
                ),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                ("beneficiaries", models.PositiveIntegerField(default=0, verbose_name="受益人数")),
                ("is_all_or_nothing", models.BooleanField(default=True, verbose_name="须全部满足")),
                (
                    "max_suppliers",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="最多供方数"
                    ),
                ),
                (
                    "within_km",
                    models.FloatField(blank=True, null=True, verbose_name="服务半径（公里）"),
                ),
                ("refuses", models.JSONField(blank=True, default=list, verbose_name="不接受条件")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="alliance.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "prefers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="优先单位",
                    ),
                ),
                (
                    "rules_out",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="排除单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "需求",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "number"), name="need_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_suppliers", None), ("max_suppliers__gte", 1), _connector="OR"
                        ),
                        name="need_supplier_limit",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="component",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="components",
                to="coupling.need",
            ),
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="编号")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "有效"), ("closed", "已办结"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("windows", models.JSONField(blank=True, default=list, verbose_name="时间段")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="备注")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                ("search_text", models.TextField(editable=False)),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
                ("tags", models.JSONField(blank=True, default=list, verbose_name="标签")),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="数量"),
                ),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="计量单位")),
                (
                    "lot",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        help_text="少于这个数量就不值得提供",
                        max_digits=14,
                        verbose_name="最小批量",
                    ),
                ),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="条件")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "excludes",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="不提供给",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="alliance.organisation",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "资源",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="offer_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lot__gt", 0), ("quantity__gte", 0)),
                        name="offer_quantities",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="数量"),
                ),
                ("reason_zh", models.CharField(max_length=600, verbose_name="理由")),
                ("reason_en", models.CharField(max_length=600, verbose_name="英文理由")),
                ("is_by_hand", models.BooleanField(default=False, verbose_name="人工调整")),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="coupling.component",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="coupling.couplingrun",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="coupling.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "匹配",
                "ordering": ["component__need_id", "component__position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "offer", "component"), name="match_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="match_quantity"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="coupling.offer",
            ),
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "list",
                    models.CharField(
                        choices=[
                            ("offers", "资源清单"),
                            ("needs", "需求清单"),
                            ("commitments", "承诺"),
                        ],
                        max_length=12,
                        verbose_name="清单",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("query", models.CharField(max_length=600, verbose_name="条件")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "常用筛选",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "user", "list", "name"), name="filter_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnmetNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("served_share", models.FloatField(default=0, verbose_name="已满足比例")),
                ("reason_zh", models.CharField(max_length=600, verbose_name="原因")),
                ("reason_en", models.CharField(max_length=600)),
                ("missing_zh", models.CharField(blank=True, max_length=600, verbose_name="还缺")),
                ("missing_en", models.CharField(blank=True, max_length=600)),
                (
                    "help_zh",
                    models.CharField(blank=True, max_length=600, verbose_name="最有帮助的资源"),
                ),
                ("help_en", models.CharField(blank=True, max_length=600)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="coupling.need",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unmet",
                        to="coupling.couplingrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "未满足需求",
                "ordering": ["need_id"],
                "constraints": [models.UniqueConstraint(fields=("run", "need"), name="unmet_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.UniqueConstraint(
                fields=("need", "position"), name="component_position_once"
            ),
        ),
    ]
