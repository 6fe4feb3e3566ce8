"""What an announcement says of its alliance, measured on texts labelled by hand."""

import json
from datetime import date

import pytest

from binglian.announcements.reading import TooLong, from_json, read_announcement
from tests.announcements.measure import f1_of_organisations, pairs_of_names
from tests.announcements.pages import Sample, all_samples

pytestmark = pytest.mark.once

SAMPLES = all_samples()


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]


def test_the_organisations_are_found(sample: Sample) -> None:
    found = read_announcement(sample.pasted).organisations

    assert f1_of_organisations(found, sample.organisations) >= 0.85


def test_names_of_one_organisation_are_told_together() -> None:
    told = [
        pairs_of_names(read_announcement(one.pasted).organisations, one.organisations, one.pasted)
        for one in SAMPLES.values()
    ]
    both, found, labelled = (sum(column) for column in zip(*told, strict=True))

    assert 2 * both / (found + labelled) >= 0.88


def test_no_name_of_a_person_leaves(sample: Sample) -> None:
    told = json.dumps(read_announcement(sample.pasted).as_record(), ensure_ascii=False)

    assert [name for name in sample.labels["人"] if name in told] == []


def test_members_are_counted_as_the_text_does(sample: Sample) -> None:
    assert read_announcement(sample.pasted).member_count == sample.member_count


def test_teams_are_told_by_their_flags(sample: Sample) -> None:
    assert {*read_announcement(sample.pasted).teams} == {*sample.labels["队伍"]}


def test_the_json_has_these_keys_and_no_others(sample: Sample) -> None:
    told = read_announcement(sample.pasted).as_json()

    assert list(told) == [
        "title", "published", "body", "captions", "organisations", "member_count", "projects",
        "teams", "places", "alliances",
    ]  # fmt: skip
    assert {key for one in told["organisations"] for key in one} == {
        "name", "aliases", "kind", "roles",
    }  # fmt: skip


def test_what_is_kept_is_read_again_unchanged(sample: Sample) -> None:
    announcement = read_announcement(sample.pasted)

    assert from_json(json.loads(json.dumps(announcement.as_record()))) == announcement


def test_the_founding_of_one_alliance_is_told_whole() -> None:
    announcement = read_announcement(SAMPLES["two_cores"].pasted)

    leads = [one.name for one in announcement.organisations if "lead" in one.roles]
    donors = [one.name for one in announcement.organisations if "donor" in one.roles]
    assert leads == ["临川市历史城区保护更新管理委员会", "槐安路街道党工委"]
    assert donors == ["临川文旅集团"]
    assert announcement.organisations[0].aliases == ("市管委会",)
    assert (announcement.member_count, announcement.members_named) == (23, 13)
    assert announcement.alliance == "柳河湾历史片区党建联盟"
    assert announcement.alliances == ("北埠片区党建联盟", "老铁路沿线党建联盟")
    assert announcement.projects == ("柳河湾地下综合空间项目", "槐安路历史建筑修缮工程")
    assert announcement.days == (date(2025, 10, 23),)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("镇长阿苏木乃、副县长多吉次仁到会。", "镇长、副县长到会。"),
        ("区委书记阿不都热合曼·买买提致辞。", "区委书记致辞。"),
        ("实习生岑蔚报道：联盟成立。", "实习生报道：联盟成立。"),
        ("联系人：仇静怡，电话略。", "联系人，电话略。"),
        ("区长于晓东、书记曾志伟应邀出席。", "区长、书记应邀出席。"),
        ("老劳模应桂英代表居民讲话。", "老劳模代表居民讲话。"),
        ("两新科科长白露同志说，关键在联。", "两新科科长同志说，关键在联。"),
        ("东海大学党委副书记钱塘致欢迎辞。", "东海大学党委副书记致欢迎辞。"),
        ("金融业联合会陈伊芬秘书长到会。", "金融业联合会陈某秘书长到会。"),
        ("联盟今天成立。（张巨峰）", "联盟今天成立。"),
        ("金杜律师事务所与商户党支部签约。", "金杜律师事务所与商户党支部签约。"),
        ("主任于昨日表示感谢。", "主任于昨日表示感谢。"),
        ("区委书记温庆远、区长谢芳出席。", "区委书记、区长出席。"),
        ("本报讯（记者 邱雨桐 通讯员 韩青）今天，联盟成立。", "本报讯今天，联盟成立。"),
        ("欧阳明说，这条街变了样。欧阳明住在这里。", "欧某说，这条街变了样。欧某住在这里。"),
    ],
)
def test_names_of_persons_are_left_out(written: str, left: str) -> None:
    assert read_announcement(f"标题\n{written}").body == left


def test_who_took_a_picture_is_left_out_of_its_caption() -> None:
    assert read_announcement("标题\n图为签约现场。（丁海摄）").captions == ("图为签约现场。",)


def test_a_page_that_names_nobody_is_still_read() -> None:
    announcement = read_announcement("雨后\n今天下了雨，街上很干净。")

    assert (announcement.organisations, announcement.member_count) == ((), None)


def test_a_book_is_no_announcement() -> None:
    with pytest.raises(TooLong):
        read_announcement("题\n" + "市城市更新局、" * 5_000)
