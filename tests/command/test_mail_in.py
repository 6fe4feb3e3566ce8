"""Claims on ``binglian mail-in``: the pipe of a mail server, and a mailbox."""

import io
import re
import socketserver
import sys
import threading
from collections.abc import Iterator

import pytest
from django.core import mail

from binglian.command.main import main
from binglian.domain.matters.models import Matter

LETTER = "From: a@example.org\nMessage-ID: <{n}@x>\nSubject: Lamp\n\nThe lamp is dark.\n"


@pytest.fixture
def pipe(alliance, monkeypatch):
    """Hand a message over as a mail server does."""

    def hand_over(content: bytes, *arguments: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return main(["mail-in", "--alliance", "historic", "--lang", "zh", *arguments])

    return hand_over


def test_a_message_from_the_pipe_is_taken_in_and_answered(pipe, capsys):
    assert pipe(LETTER.format(n=1).encode()) == 0

    assert capsys.readouterr().out == f"已收：诉求 {Matter.objects.get().number}\n"
    assert [sent.to for sent in mail.outbox] == [["a@example.org"]]


def test_what_is_no_message_goes_back_to_its_sender(pipe, capsys):
    assert pipe(b"nothing") == 65

    assert "没有收：邮件没有发件人地址" in capsys.readouterr().err


def test_nothing_printed_tells_who_wrote(pipe, capsys):
    pipe(LETTER.format(n=1).encode())
    pipe(LETTER.format(n=1).encode())

    printed = capsys.readouterr()
    assert "example.org" not in printed.out + printed.err
    assert printed.out.endswith("自动邮件或已收过，不处理。\n")


def test_a_mailbox_without_a_server_is_named(pipe, capsys):
    assert pipe(b"", "--imap") == 2

    assert "BINGLIAN_IMAP_HOST" in capsys.readouterr().err


class Mailbox(socketserver.StreamRequestHandler):
    """A mailbox of two messages, as far as RFC 3501 is needed to collect them."""

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, *words = line.decode().split()
            told = self._answer([word.upper() for word in words])
            self.wfile.write(told + f"{tag} OK done\r\n".encode())
            if words[0].upper() == "LOGOUT":
                return

    def _answer(self, words: list[str]) -> bytes:
        messages, marks = self.server.messages, self.server.marks
        match words:
            case ["CAPABILITY"]:
                return b"* CAPABILITY IMAP4rev1\r\n"
            case ["SELECT", *_]:
                return f"* {len(messages)} EXISTS\r\n".encode()
            case ["UID", "SEARCH", *_]:
                unseen = [str(uid) for uid in messages if uid not in marks]
                return f"* SEARCH {' '.join(unseen)}\r\n".encode()
            case ["UID", "FETCH", uid, *_]:
                content = messages[int(uid)]
                head = f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode()
                return head + content + b")\r\n"
            case ["UID", "STORE", uid, *flags]:
                marks[int(uid)] = re.findall(r"\\(\w+)", " ".join(flags))
        return b""


@pytest.fixture
def mailbox(settings) -> Iterator[socketserver.TCPServer]:
    with socketserver.TCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.messages = {7: LETTER.format(n=7).encode(), 9: b"\r\nno sender"}
        server.marks = {}
        settings.IMAP_HOST, settings.IMAP_PORT = server.server_address
        settings.IMAP_USER = settings.IMAP_PASSWORD = "reports"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_unread_messages_of_a_mailbox_are_collected_once(pipe, mailbox):
    assert (pipe(b"", "--imap"), pipe(b"", "--imap")) == (65, 0)

    assert Matter.objects.count() == 1
    assert mailbox.marks == {7: ["SEEN"], 9: ["SEEN", "FLAGGED"]}
