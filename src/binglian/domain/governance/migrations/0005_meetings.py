import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import binglian.domain.governance.models.meetings


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0004_signatories"),
        ("governance", "0004_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(verbose_name="至")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_turns",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="轮值单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "轮值",
                "ordering": ["from_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("alliance", "from_on"), name="one_on_duty"),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="turn_lasts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutySwap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待对方同意"),
                            ("agreed", "已对调"),
                            ("refused", "未同意"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
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
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_asked_of",
                        to="governance.dutyturn",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_asked",
                        to="governance.dutyturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "轮值对调",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("turn", models.F("other")), _negated=True),
                        name="swap_of_two_turns",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("turn",),
                        name="one_swap_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="swap_answer_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(verbose_name="至")),
                ("answers_due_on", models.DateField(verbose_name="答复期限")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "征求意见"), ("final", "已审定")],
                        default="open",
                        max_length=6,
                        verbose_name="状态",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="对外公布")),
                ("drawn_up_at", models.DateTimeField(auto_now_add=True, verbose_name="整理时间")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "drawn_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "年度评议",
                "ordering": ["-until_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="evaluation_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False), ("state", "final"), _connector="OR"
                        ),
                        name="only_final_is_public",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts", models.JSONField(verbose_name="事实")),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="本单位说明")),
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
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="governance.evaluation",
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
                "verbose_name": "评议表",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("evaluation", "organisation"), name="one_sheet_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="评语")),
                ("written_at", models.DateTimeField(auto_now=True, verbose_name="时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="governance.evaluationsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "对方评语",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "organisation"), name="one_remark_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title_zh", models.CharField(max_length=120, verbose_name="交接事项")),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("ticked_at", models.DateTimeField(null=True, verbose_name="移交时间")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
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
                    "ticked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handover",
                        to="governance.dutyturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接事项",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ticked_at", None), ("ticked_by", None)),
                            models.Q(("ticked_at__isnull", False), ("ticked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="tick_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("ticked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几次")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("minutes_long", models.PositiveSmallIntegerField(verbose_name="时长（分钟）")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("topics_due_on", models.DateField(verbose_name="征集议题截止")),
                ("agenda_due_on", models.DateField(verbose_name="发出议程")),
                ("superiors_due_on", models.DateField(verbose_name="报告上级")),
                (
                    "superiors_told_on",
                    models.DateField(blank=True, null=True, verbose_name="已报告上级"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "筹备中"),
                            ("convened", "已通知"),
                            ("minuted", "纪要已确认"),
                            ("cancelled", "已取消"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0)),
                (
                    "cancelled_because",
                    models.CharField(blank=True, max_length=200, verbose_name="取消原因"),
                ),
                ("summary", models.TextField(blank=True, verbose_name="会议概要")),
                ("minuted_at", models.DateTimeField(null=True, verbose_name="纪要确认时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="轮值单位",
                    ),
                ),
                (
                    "minuted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "联席会议",
                "ordering": ["-starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="meeting_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_because", ""), ("state", "cancelled"), _negated=True
                        ),
                        name="cancellation_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("minuted_at__isnull", False),
                                ("minuted_by__isnull", False),
                                ("state", "minuted"),
                            ),
                            models.Q(
                                models.Q(("state", "minuted"), _negated=True), ("minuted_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="minutes_confirmed_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reply",
                    models.CharField(
                        blank=True,
                        choices=[("coming", "参加"), ("excused", "请假")],
                        max_length=8,
                        verbose_name="回复",
                    ),
                ),
                ("expected", models.PositiveSmallIntegerField(default=0, verbose_name="预计人数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "present",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="到会人数"
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "参会",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "organisation"), name="attendance_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="顺序")),
                ("source", models.CharField(max_length=40, verbose_name="来源")),
                ("origin", models.CharField(blank=True, max_length=60, verbose_name="事由")),
                ("title_zh", models.CharField(max_length=200, verbose_name="议程")),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("url", models.CharField(blank=True, max_length=200, verbose_name="链接")),
                ("conclusion", models.TextField(blank=True, verbose_name="会议意见")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "议程",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("origin", ""), _negated=True),
                        fields=("meeting", "origin"),
                        name="on_the_agenda_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "months",
                    models.JSONField(
                        default=binglian.domain.governance.models.meetings.quarterly,
                        verbose_name="开会月份",
                    ),
                ),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=10, help_text="遇休息日顺延到下一个工作日", verbose_name="当月几日"
                    ),
                ),
                (
                    "begins_at",
                    models.TimeField(default=datetime.time(9, 30), verbose_name="开始时间"),
                ),
                (
                    "minutes_long",
                    models.PositiveSmallIntegerField(default=120, verbose_name="时长（分钟）"),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                (
                    "topics_days",
                    models.PositiveSmallIntegerField(
                        default=7, help_text="会前几天", verbose_name="征集议题截止"
                    ),
                ),
                (
                    "agenda_days",
                    models.PositiveSmallIntegerField(
                        default=3, help_text="会前几天", verbose_name="发出议程"
                    ),
                ),
                (
                    "superiors_days",
                    models.PositiveSmallIntegerField(
                        default=2, help_text="会前几天", verbose_name="报告上级"
                    ),
                ),
                (
                    "handover",
                    models.JSONField(
                        default=binglian.domain.governance.models.meetings.usual_handover,
                        verbose_name="轮值交接事项",
                    ),
                ),
                (
                    "alliance",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_rules",
                        to="alliance.alliance",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议规则",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", 1), ("day__lte", 28)), name="meeting_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=200, verbose_name="议定事项")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="governance.meeting",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="责任单位",
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
                "verbose_name": "议定事项",
                "ordering": ["meeting_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="resolution_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("receiver")), _negated=True),
                        name="resolution_two_sides",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="议题")),
                (
                    "paper",
                    models.TextField(
                        blank=True, help_text="写明情况和希望会议议定什么", verbose_name="材料"
                    ),
                ),
                ("link", models.URLField(blank=True, verbose_name="材料链接")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "待研究"),
                            ("accepted", "列入议程"),
                            ("deferred", "暂缓"),
                        ],
                        default="offered",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("word", models.CharField(blank=True, max_length=200, verbose_name="秘书处答复")),
                ("offered_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="governance.meeting",
                    ),
                ),
                (
                    "offered_by",
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
                        verbose_name="提出单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "议题",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meeting__isnull", False), ("state", "accepted")),
                            models.Q(
                                models.Q(("state", "accepted"), _negated=True), ("meeting", None)
                            ),
                            _connector="OR",
                        ),
                        name="accepted_topic_has_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "deferred"), ("word", ""), _negated=True),
                        name="deferral_explained",
                    ),
                ],
            },
        ),
    ]
