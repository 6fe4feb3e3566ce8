"""Words are data: the defaults an alliance starts with and may change."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Word:
    """A code with its label in both languages."""

    code: str
    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") and self.en else self.zh


DEFAULT_KINDS = (
    Word("venue", "场地", "Venue"),
    Word("expertise", "专家时间", "Expert time"),
    Word("equipment", "设备", "Equipment"),
    Word("funds", "资金", "Funds"),
    Word("seats", "席位", "Seats"),
    Word("volunteers", "志愿者", "Volunteers"),
    Word("parking", "停车位", "Parking"),
    Word("materials", "物资", "Materials"),
    Word("policy", "政策协助", "Policy help"),
    Word("premises", "经营用房", "Premises to let"),
    Word("other", "其他", "Other"),
)

DEFAULT_CATEGORIES = (
    Word("functional", "职能部门", "Functional department"),
    Word("builder", "建设运营单位", "Builder or operator"),
    Word("subdistrict", "街道", "Sub-district office"),
    Word("community", "社区", "Community"),
    Word("two_new", "两新组织", "Private firm or social organisation"),
    Word("other", "其他", "Other"),
)

#: Which leads must approve a reserved act, by their letters; for ``NOBODY`` it just takes effect.
BOTH, NOBODY = "ab", ""


def default_kinds() -> list[dict[str, str]]:
    return [{"code": w.code, "zh": w.zh, "en": w.en} for w in DEFAULT_KINDS]


def default_categories() -> list[dict[str, str]]:
    return [{"code": w.code, "zh": w.zh, "en": w.en} for w in DEFAULT_CATEGORIES]
