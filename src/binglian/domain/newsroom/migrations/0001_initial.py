import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0007_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("review", "待审核"),
                            ("asked", "待牵头单位同意"),
                            ("queued", "待发布"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤回"),
                            ("dropped", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                ("goes_out_at", models.DateTimeField(null=True, verbose_name="发布时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="首次发布")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="更新时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤回时间")),
                (
                    "withdrawal_note",
                    models.CharField(blank=True, max_length=400, verbose_name="撤回说明"),
                ),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="alliance.alliance",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="发布单位",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "公告",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["alliance", "-published_at"], name="announcement_newest"),
                    models.Index(fields=["state", "goes_out_at"], name="announcement_queue"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_note", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawal_note", ""),
                                ("withdrawn_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_withdrawal_complete",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("summary", models.CharField(max_length=200, verbose_name="摘要")),
                ("body", models.TextField(max_length=20000, verbose_name="正文")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="英文标题")),
                (
                    "summary_en",
                    models.CharField(blank=True, max_length=400, verbose_name="英文摘要"),
                ),
                (
                    "body_en",
                    models.TextField(blank=True, max_length=40000, verbose_name="英文正文"),
                ),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="来源")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=300, verbose_name="原文网址"),
                ),
                ("is_statement", models.BooleanField(default=False, verbose_name="公开声明")),
                ("written_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="送审时间")),
                ("cleared", models.JSONField(default=list, verbose_name="已核对")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                ("is_approved", models.BooleanField(null=True, verbose_name="审核通过")),
                (
                    "review_note",
                    models.CharField(blank=True, max_length=400, verbose_name="审核意见"),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="newsroom.announcement",
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
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "公告版本",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("announcement", "number"), name="announcement_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("written_by")), _negated=True),
                        name="announcement_reviewed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_approved", None), ("reviewed_at", None), ("reviewed_by", None)
                            ),
                            models.Q(
                                ("is_approved__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_review_complete",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="announcement",
            name="shown",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.announcementversion",
            ),
        ),
        migrations.CreateModel(
            name="NewsPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("image", models.BinaryField()),
                ("small", models.BinaryField()),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("small_width", models.PositiveSmallIntegerField()),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="newsroom.announcement",
                    ),
                ),
            ],
            options={
                "verbose_name": "公告图片",
            },
        ),
        migrations.CreateModel(
            name="Illustration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("caption", models.CharField(blank=True, max_length=120, verbose_name="图片说明")),
                ("alternative", models.CharField(max_length=200, verbose_name="替代文字")),
                (
                    "credit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="图片来源",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="illustrations",
                        to="newsroom.announcementversion",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="illustrations",
                        to="newsroom.newspicture",
                    ),
                ),
            ],
            options={
                "verbose_name": "配图",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"), name="illustration_place_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alternative", ""), _negated=True),
                        name="illustration_is_described",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="次数")),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="newsroom.announcement",
                    ),
                ),
            ],
            options={
                "verbose_name": "阅读量",
                "constraints": [
                    models.UniqueConstraint(fields=("announcement", "on"), name="one_count_a_day")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("changed_at", None),
                        ("published_at", None),
                        ("shown", None),
                        models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                    ),
                    models.Q(
                        ("changed_at__isnull", False),
                        ("published_at__isnull", False),
                        ("shown__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="announcement_published_is_shown",
            ),
        ),
    ]
