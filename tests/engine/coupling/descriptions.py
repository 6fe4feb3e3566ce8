"""Chinese descriptions by template: the same thing said in several ways."""

import random

TOPICS = (
    ("法律咨询", "法律援助", "法律服务咨询"),
    ("会议室", "多功能会议室", "会议场地"),
    ("羽毛球馆", "羽毛球场地", "室内羽毛球场"),
    ("急救培训", "急救知识培训", "心肺复苏急救"),
    ("少儿编程", "少儿编程课程", "儿童编程启蒙"),
    ("心理辅导", "心理健康辅导", "青少年心理疏导"),
    ("停车位", "夜间停车位", "错时停车泊位"),
    ("老年助餐", "老年人助餐", "社区老年食堂"),
    ("书法教学", "书法老师授课", "毛笔书法"),
    ("消防演练", "消防安全演练", "消防疏散培训"),
    ("投影设备", "投影仪及幕布", "投影仪设备"),
    ("小额资金", "公益资金资助", "项目资金支持"),
)
OFFERED = (
    "可提供{what}，工作日开放，需提前预约",
    "我单位有{what}，愿与共建单位共享",
    "{what}，每周二下午，联系党群服务中心",
    "面向辖区居民免费提供{what}",
)
ASKED = (
    "希望提供{what}，服务辖区居民",
    "需要{what}，最好在周二下午",
    "社区活动缺少{what}，请共建单位支持",
    "求助：{what}，约100人参加",
)


def described(count: int, templates: tuple[str, ...], seed: int) -> tuple[list[str], list[int]]:
    """Return ``count`` descriptions and the topic of each."""
    pick = random.Random(seed)
    topics = [pick.randrange(len(TOPICS)) for _ in range(count)]
    texts = [pick.choice(templates).format(what=pick.choice(TOPICS[t])) for t in topics]
    return texts, topics
