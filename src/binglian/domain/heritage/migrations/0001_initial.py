import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("alliance", "0008_premises_and_places"),
        ("coupling", "0005_asked_directly"),
        ("places", "0002_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="编号")),
                ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("courtyard", "里院"),
                            ("building", "单体建筑"),
                            ("street", "街巷"),
                            ("site", "遗址、构筑物"),
                        ],
                        default="courtyard",
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="地址")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("outline", models.JSONField(blank=True, null=True, verbose_name="轮廓")),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "全国重点文物保护单位"),
                            ("provincial", "省级文物保护单位"),
                            ("municipal", "市县级文物保护单位"),
                            ("relic", "未定级不可移动文物"),
                            ("historic", "历史建筑"),
                            ("traditional", "传统风貌建筑"),
                            ("core", "核心保护范围内其他建筑"),
                            ("control", "建设控制地带内建筑"),
                            ("none", "不属保护对象"),
                        ],
                        max_length=12,
                        verbose_name="保护等级",
                    ),
                ),
                (
                    "grade_basis",
                    models.CharField(blank=True, max_length=200, verbose_name="定级依据"),
                ),
                (
                    "key_parts",
                    models.TextField(blank=True, max_length=1000, verbose_name="重点保护部位"),
                ),
                ("history", models.TextField(blank=True, max_length=2000, verbose_name="历史沿革")),
                (
                    "history_en",
                    models.TextField(blank=True, max_length=3000, verbose_name="英文历史沿革"),
                ),
                ("built", models.CharField(blank=True, max_length=40, verbose_name="建造年代")),
                ("structure", models.CharField(blank=True, max_length=40, verbose_name="结构")),
                (
                    "storeys",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="层数"),
                ),
                (
                    "floor_area",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="平方米",
                        max_digits=10,
                        null=True,
                        verbose_name="建筑面积",
                    ),
                ),
                (
                    "units",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="房间数"),
                ),
                (
                    "vacant_units",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="空置间数"),
                ),
                (
                    "tenancy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "直管公房"),
                            ("state", "国有单位自管"),
                            ("private", "私有"),
                            ("mixed", "混合产权"),
                        ],
                        max_length=8,
                        verbose_name="产权",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "完好"),
                            ("fair", "一般"),
                            ("poor", "较差"),
                            ("dangerous", "危险"),
                        ],
                        max_length=10,
                        verbose_name="完损状况",
                    ),
                ),
                (
                    "has_fire_access",
                    models.BooleanField(blank=True, null=True, verbose_name="消防车可到达"),
                ),
                (
                    "intended_trade",
                    models.CharField(blank=True, max_length=120, verbose_name="修缮前打算的业态"),
                ),
                (
                    "actual_use",
                    models.CharField(blank=True, max_length=120, verbose_name="实际使用"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("surveyed", "已普查"),
                            ("graded", "已定级"),
                            ("planned", "已编方案"),
                            ("works", "施工中"),
                            ("in_use", "已投用"),
                        ],
                        default="surveyed",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("state_on", models.DateField(blank=True, null=True, verbose_name="进入本阶段")),
                ("is_public", models.BooleanField(default=False, verbose_name="向公众公开")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="备注")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                ("search_text", models.TextField(editable=False)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heritage",
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
                        verbose_name="社区或街道",
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
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="heritage.place",
                        verbose_name="所属里院",
                    ),
                ),
            ],
            options={
                "verbose_name": "里院和历史建筑",
                "ordering": ["number"],
                "indexes": [models.Index(fields=["alliance", "state"], name="place_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="place_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="place_position_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vacant_units", None),
                            models.Q(
                                ("units__isnull", False), ("vacant_units__lte", models.F("units"))
                            ),
                            _connector="OR",
                        ),
                        name="place_vacancy_within_units",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "surveyed"),
                            models.Q(("grade", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="place_graded_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["works", "in_use"]), _negated=True),
                            models.Q(("intended_trade", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="place_trade_before_works",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_use"), _negated=True),
                            models.Q(("actual_use", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="place_used_for_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardian",
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
                        choices=[("owner", "所有权人"), ("agent", "代管人"), ("user", "使用人")],
                        max_length=6,
                        verbose_name="身份",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="至")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="alliance.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guardians",
                        to="heritage.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "保护责任单位",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("place", "organisation", "role"),
                        name="guardian_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceFile",
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
                        choices=[("photo", "照片"), ("document", "文件")],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("caption_zh", models.CharField(max_length=120, verbose_name="说明")),
                (
                    "caption_en",
                    models.CharField(blank=True, max_length=160, verbose_name="英文说明"),
                ),
                ("content", models.BinaryField()),
                ("media_type", models.CharField(max_length=40)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("is_public", models.BooleanField(default=False, verbose_name="向公众公开")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="加入时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="heritage.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "档案材料",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProtectionTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("content", models.JSONField(verbose_name="内容")),
                ("why", models.CharField(max_length=200, verbose_name="修改原因")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生效时间")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection_tables",
                        to="alliance.alliance",
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
            ],
            options={
                "verbose_name": "保护审批表",
                "ordering": ["alliance", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "version"), name="protection_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Space",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "floor",
                    models.CharField(
                        blank=True, help_text="例如：一层东厢", max_length=40, verbose_name="位置"
                    ),
                ),
                (
                    "area",
                    models.DecimalField(
                        decimal_places=2, help_text="平方米", max_digits=8, verbose_name="面积"
                    ),
                ),
                (
                    "available_on",
                    models.DateField(blank=True, null=True, verbose_name="可入驻日期"),
                ),
                ("is_public", models.BooleanField(default=True, verbose_name="向公众公开")),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="space",
                        to="coupling.offer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spaces",
                        to="heritage.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "待租空间",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("area__gt", 0)), name="space_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="编号")),
                ("applicant", models.CharField(max_length=60, verbose_name="店名或团队名")),
                ("trade", models.CharField(max_length=60, verbose_name="打算经营什么")),
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="想法")),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="希望入驻日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待受理"),
                            ("taken_up", "已受理"),
                            ("declined", "未受理"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("doubts", models.CharField(blank=True, max_length=200, verbose_name="系统提示")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="未受理的原因"),
                ),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("sealed", models.BinaryField(blank=True)),
                ("consent_text", models.TextField(verbose_name="告知同意")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="收到时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="办理时间")),
                ("erase_on", models.DateField(verbose_name="到期删除")),
                ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="已删除")),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="space_applications",
                        to="alliance.alliance",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="space_applications",
                        to="coupling.need",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="heritage.space",
                    ),
                ),
            ],
            options={
                "verbose_name": "用房申请",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alliance", "number"), name="space_application_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("sealed", b""), _connector="OR"),
                        name="space_application_erased_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("need", None), ("state", "received")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("need__isnull", False),
                                ("state", "taken_up"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "declined"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(("answered_at__isnull", False), ("state", "withdrawn")),
                            _connector="OR",
                        ),
                        name="space_application_answer_complete",
                    ),
                ],
            },
        ),
    ]
