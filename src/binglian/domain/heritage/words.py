"""What places are protected as, and what can be done to them: codes with their words.

The grades are those of the law; what each of them asks of whom is data: ``protection``.
"""

from binglian.domain.alliance.words import Word

#: From the strictest down.
GRADES = (
    Word("national", "全国重点文物保护单位", "National protected monument"),
    Word("provincial", "省级文物保护单位", "Provincial protected monument"),
    Word("municipal", "市县级文物保护单位", "Municipal or county protected monument"),
    Word("relic", "未定级不可移动文物", "Ungraded immovable monument"),
    Word("historic", "历史建筑", "Historic building"),
    Word("traditional", "传统风貌建筑", "Traditional-style building"),
    Word("core", "核心保护范围内其他建筑", "Other building in a core protection zone"),
    Word("control", "建设控制地带内建筑", "Building in a construction control zone"),
    Word("none", "不属保护对象", "Not protected"),
)

CHANGES = (
    Word("repair", "修缮", "Repair"),
    Word("exterior", "外部修缮装饰、添加设施", "Exterior works, added facilities"),
    Word("structure", "改变结构", "Change of structure"),
    Word("use", "改变使用性质", "Change of use"),
    Word("extension", "新建、扩建", "New building or extension"),
    Word("move", "迁移", "Moving it elsewhere"),
    Word("demolition", "拆除", "Demolition"),
)


def grade_word(code: str) -> Word:
    return _found(GRADES, code)


def change_word(code: str) -> Word:
    return _found(CHANGES, code)


def rank_of(grade: str) -> int:
    """The smaller, the stricter; what is not graded comes last."""
    codes = [word.code for word in GRADES]
    return codes.index(grade) if grade in codes else len(codes)


def _found(words: tuple[Word, ...], code: str) -> Word:
    return next((word for word in words if word.code == code), Word(code, code, code))
