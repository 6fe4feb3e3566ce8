"""What is typed becomes HTML that can do no harm."""

import pytest

from binglian.domain.newsroom.markdown import html_of, plain_text_of


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("一行\n下一行", "<p>一行<br>\n下一行</p>\n"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"),
        ("> 引", "<blockquote>\n<p>引</p>\n</blockquote>\n"),
        (
            "[说明](https://example.org/a?b=1&c=2)",
            '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener">说明</a></p>\n',
        ),
    ],
)
def test_the_few_signs_are_read(typed, shown):
    assert html_of(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![图](https://example.org/a.png)",
        "[点](javascript:alert(1))",
        "[点](data:text/html;base64,PHNjcmlwdD4=)",
        '[点](https://example.org "><script>alert(1)</script>")',
        "<a href='javascript:alert(1)'>点</a>",
    ],
)
def test_nothing_active_comes_through(typed):
    html = html_of(typed)

    for active in ("<script", "<img", 'href="javascript', 'href="data', "<a href='"):
        assert html.count(active) == 0, html


def test_headings_descend_from_two_without_a_gap():
    html = html_of("### 一\n\n##### 二\n\n# 三\n\n## 四")

    assert html == "<h2>一</h2>\n<h3>二</h3>\n<h2>三</h2>\n<h3>四</h3>\n"


def test_the_plain_text_is_the_words_alone():
    assert plain_text_of("## 安排\n\n**周六**见\n- [网页](https://example.org)") == (
        "安排\n周六见\n网页"
    )
