"""A saved page gives title, day, body and captions, whatever furniture stands around them."""

import pytest

from binglian.announcements.page import read_page
from binglian.announcements.page.decoding import UnreadableFile, decode
from tests.announcements.measure import f1_of_texts
from tests.announcements.pages import Sample, all_samples, all_skins, dressed

pytestmark = pytest.mark.once

SAMPLES = all_samples()
SKINS = all_skins()


@pytest.mark.parametrize("skin", SKINS)
def test_the_body_is_found_on_pages_of_every_build(skin: str) -> None:
    measured = {
        name: f1_of_texts(read_page(dressed(sample, SKINS[skin])).body, sample.body)
        for name, sample in SAMPLES.items()
    }
    assert {name: round(f, 3) for name, f in measured.items() if f < 0.98} == {}


@pytest.mark.parametrize("skin", SKINS)
def test_title_and_day_are_told_without_the_site(skin: str) -> None:
    read = {name: read_page(dressed(sample, SKINS[skin])) for name, sample in SAMPLES.items()}
    assert {name: (page.title, str(page.published)) for name, page in read.items()} == {
        name: (sample.title, sample.published) for name, sample in SAMPLES.items()
    }


@pytest.fixture
def captioned() -> Sample:
    return SAMPLES["two_cores"]


@pytest.mark.parametrize("skin", SKINS)
def test_a_caption_is_told_from_the_text(skin: str, captioned: Sample) -> None:
    assert read_page(dressed(captioned, SKINS[skin])).captions == captioned.captions


def test_a_pasted_text_needs_no_page(captioned: Sample) -> None:
    page = read_page(captioned.pasted)

    assert (page.title, str(page.published), page.body, page.captions) == (
        captioned.title,
        captioned.published,
        captioned.body,
        captioned.captions,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_bytes_say_more_than_the_page_of_its_encoding(encoding: str) -> None:
    page = '<meta charset="gb2312"><p>片区联盟成立，二十三家单位签约。</p>'

    assert decode(page.encode(encoding)) == page


def test_a_picture_is_refused_as_a_page() -> None:
    with pytest.raises(UnreadableFile):
        read_page(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_a_page_without_news_has_no_body() -> None:
    page = read_page("<title>x</title><ul><li><a href='/'>首页</a></li><li>登录</li></ul>")

    assert (page.body, page.published, page.captions) == ("", None, ())
