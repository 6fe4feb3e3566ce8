"""Kinds of project, their features, and the offices that decide: codes with their words."""

from binglian.domain.alliance.words import Word

#: What a project is; each has a network of approval items of its own.
KINDS = (
    Word("underground", "地下空间综合体", "Underground complex"),
    Word("courtyard", "里院保护更新", "Courtyard renewal"),
    Word("road", "道路改造", "Road works"),
    Word("other", "其他项目", "Other project"),
)

#: What brings further approval items in.
FEATURES = (
    Word("government", "政府投资", "Government investment"),
    Word("underground", "含地下空间", "Underground works"),
    Word("underground_link", "与相邻地下空间连通", "Links with neighbouring underground space"),
    Word("heritage_zone", "位于文物建设控制地带", "In a heritage control zone"),
    Word("historic_building", "涉及历史建筑", "Touches a historic building"),
    Word("listed_monument", "涉及不可移动文物", "Touches an immovable monument"),
    Word("new_building", "新建、扩建建筑", "New or extended building"),
    Word("change_of_use", "改变房屋用途", "Change of use"),
    Word("residents_move", "须搬迁居民", "Residents have to move"),
    Word("road_closed", "须占道、断路施工", "Roads are closed for the works"),
    Word("trees", "须迁移树木", "Trees have to be moved"),
    Word("public_place", "建成后为公众聚集场所", "A place of public assembly"),
)

#: Types of office; each alliance says which of its organisations that is.
OFFICES = (
    Word("owner", "建设单位", "Owner"),
    Word("development_reform", "发展改革部门", "Development and reform"),
    Word("natural_resources", "自然资源和规划部门", "Natural resources and planning"),
    Word("ecology", "生态环境部门", "Ecology and environment"),
    Word("water", "水务部门", "Water"),
    Word("housing", "住房城乡建设部门", "Housing and construction"),
    Word("heritage", "文物部门", "Cultural heritage"),
    Word("heritage_national", "国家文物部门", "Cultural heritage, national"),
    Word("heritage_province", "省文物部门", "Cultural heritage, provincial"),
    Word("heritage_district", "区文物部门", "Cultural heritage, district"),
    Word("protection_province", "省历史建筑保护主管部门", "Building protection, provincial"),
    Word("protection_district", "区历史建筑保护主管部门", "Building protection, district"),
    Word("government", "核定公布的人民政府", "The government that listed it"),
    Word("air_defence", "人民防空部门", "Civil air defence"),
    Word("archives", "城建档案机构", "Urban construction archives"),
    Word("review_body", "施工图审查机构", "Drawing review body"),
    Word("traffic_police", "公安交通管理部门", "Traffic police"),
    Word("landscape", "园林绿化部门", "Parks and trees"),
    Word("urban_management", "城市管理部门", "Urban management"),
    Word("utilities", "管线权属单位", "Utilities"),
    Word("subdistrict", "街道办事处", "Sub-district office"),
)


def kind_word(code: str) -> Word:
    return _found(KINDS, code)


def feature_word(code: str) -> Word:
    return _found(FEATURES, code)


def office_word(code: str) -> Word:
    return _found(OFFICES, code)


def codes(words: tuple[Word, ...]) -> set[str]:
    return {word.code for word in words}


def _found(words: tuple[Word, ...], code: str) -> Word:
    """The word of the code; a code that is no longer known stands for itself."""
    return next((word for word in words if word.code == code), Word(code, code, code))
