"""Reports by e-mail: each message once, machines ignored, senders sealed."""

import io
import random
import re
from email.message import EmailMessage

import pytest
from PIL import Image

from binglian.domain.matters.actions import take_in_mail
from binglian.domain.matters.contact_seal import opened
from binglian.domain.matters.mail.reading import MOST_BYTES, read_mail
from binglian.domain.matters.models import Matter
from binglian.domain.refusals import ActionRefused

SENDER = "resident@example.org"


def letter(
    text: str = "院里下水道堵塞，积水排不出去。", subject: str = "积水", **headers: str
) -> EmailMessage:
    message = EmailMessage()
    named = {"From": f"居民 <{SENDER}>", "Message-ID": "<1@example.org>", "Subject": subject}
    for name, value in (named | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        message[name] = value
    message.set_content(text)
    return message


def grain(kind: str = "JPEG") -> bytes:
    """A picture that does not become small."""
    written = io.BytesIO()
    noise = random.Random(1).randbytes(120 * 90 * 3)
    Image.frombytes("RGB", (120, 90), noise).save(written, kind, comment=b"MARKER")
    return written.getvalue()


def test_a_letter_becomes_a_matter_and_is_answered_with_the_link(alliance):
    taken = take_in_mail(alliance=alliance, content=letter().as_bytes())

    matter = taken.matter
    assert (matter.source, matter.text) == ("email", "积水\n院里下水道堵塞，积水排不出去。")
    assert opened(bytes(matter.contact.sealed), matter.pk).email == SENDER
    assert taken.letter.to == [SENDER]
    assert taken.letter.extra_headers["In-Reply-To"] == "<1@example.org>"
    assert taken.letter.extra_headers["Auto-Submitted"] == "auto-replied"
    assert re.search(r"http://\S+/m/[\w-]{32}/", taken.letter.body)
    assert "办结后最多保存 180 天" in taken.letter.body


def test_the_same_letter_delivered_twice_counts_once(alliance):
    take_in_mail(alliance=alliance, content=letter().as_bytes())

    assert take_in_mail(alliance=alliance, content=letter().as_bytes()) is None
    assert Matter.objects.count() == 1


def test_an_answer_to_our_letter_is_an_addition(alliance):
    first = take_in_mail(alliance=alliance, content=letter().as_bytes())
    quoted = "\n".join(f"> {line}" for line in first.letter.body.splitlines())
    reply = letter(f"今天又积水了\n\n在 2026年9月1日 联盟写道：\n{quoted}", Message_ID="<2@x>")

    second = take_in_mail(alliance=alliance, content=reply.as_bytes())

    assert (second.matter, second.is_new, second.letter) == (first.matter, False, None)
    assert [one.text for one in first.matter.additions.all()] == ["积水\n今天又积水了"]


def test_pictures_are_kept_without_what_the_camera_wrote(alliance):
    message = letter()
    message.add_attachment(grain(), "image", "jpeg", filename="a.jpg")
    message.add_attachment(b"tiny logo", "image", "png", filename="logo.png")
    message.add_attachment(b"x" * 5000, "image", "png", filename="no.png")
    message.add_attachment(b"x" * 5000, "application", "pdf", filename="a.pdf")

    taken = take_in_mail(alliance=alliance, content=message.as_bytes())

    [photo] = taken.matter.photos.all()
    assert (photo.width, photo.height, b"MARKER" in bytes(photo.image)) == (120, 90, False)
    assert "有照片没有收：这不是照片" in taken.letter.body


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner=x"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.org>"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@example.org"},
        {"From": "no-reply@example.org"},
        {"From": "binglian@localhost"},
    ],
)
def test_what_a_machine_wrote_is_neither_taken_in_nor_answered(alliance, headers):
    assert take_in_mail(alliance=alliance, content=letter(**headers).as_bytes()) is None
    assert Matter.objects.count() == 0


def test_our_own_receipt_is_not_answered(alliance):
    taken = take_in_mail(alliance=alliance, content=letter().as_bytes())

    receipt = taken.letter.message().as_bytes()
    assert take_in_mail(alliance=alliance, content=receipt) is None


def test_danger_is_answered_with_the_numbers_to_call(alliance):
    taken = take_in_mail(alliance=alliance, content=letter("楼上着火了").as_bytes())

    assert "报警 110；火警、救援 119；急救 120" in taken.letter.body


def test_a_letter_in_english_is_answered_in_english(alliance):
    message = letter("The lamp is dark.", "Lamp")

    assert "Received" in take_in_mail(alliance=alliance, content=message.as_bytes()).letter.subject


def test_many_letters_of_one_sender_wait_for_a_person_unanswered(alliance):
    taken = [
        take_in_mail(alliance=alliance, content=letter(Message_ID=f"<{n}@x>").as_bytes())
        for n in range(12)
    ]

    assert [one.letter is None for one in taken] == [False] * 10 + [True] * 2
    assert taken[-1].matter.events.filter(what="doubted").count() == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("路灯不亮\n-- \n办公室 电话 1", "路灯不亮"),
        ("路灯不亮\n\n发自我的手机", "路灯不亮"),
        ("路灯不亮\n-----原始邮件-----\n旧的", "路灯不亮"),
        ("路灯不亮\n> 旧的", "路灯不亮"),
        ("On the corner the lamp is dark.", "On the corner the lamp is dark."),
    ],
)
def test_only_what_is_newly_written_counts(text, kept):
    assert read_mail(letter(text, "").as_bytes()).text == kept


def test_a_letter_in_html_is_read_as_words():
    message = letter()
    message.clear_content()
    message.set_content(
        "<style>p{}</style><p>路灯<b>不亮</b></p><script>alert(1)</script>", subtype="html"
    )

    assert read_mail(message.as_bytes()).text == "积水\n\n路灯不亮".replace("\n\n", "\n")


def test_chinese_charsets_are_read():
    raw = (
        b"From: a@example.org\r\nSubject: =?gb2312?B?t7TNvA==?=\r\n"
        b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "路灯不亮".encode("gb2312")
    )

    assert read_mail(raw).text.endswith("路灯不亮")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * (MOST_BYTES + 1), "25 MB"),
        (b"", "没有发件人"),
        (b"\xff\xfe\x00", "没有发件人"),
        (b"From: a@example.org\r\n\r\n", "没有文字"),
    ],
)
def test_what_is_no_letter_is_refused_with_a_reason(content, words):
    with pytest.raises(ActionRefused, match=words):
        read_mail(content)
