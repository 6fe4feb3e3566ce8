"""``binglian agreement``: take a signed agreement out, and examine one without the platform."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import django_setup
from .refusals import CommandRefused
from .words import LANGUAGES, gettext_noop
from .words import gettext as _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from binglian.papers.signing.examining import Finding

NAME = "agreement"
HELP = gettext_noop("导出已签协议，核验协议文件")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="agreement_verb", metavar=_("做什么"), required=True)
    export = verbs.add_parser("export", help=_("导出最近一份已签协议（PDF）"))
    export.add_argument("--alliance", metavar="SLUG", required=True, help=_("哪个联盟"))
    export.add_argument("--out", type=Path, metavar="FILE.pdf", required=True, help=_("写到文件"))
    verify = verbs.add_parser("verify", help=_("核验协议文件的每个签名，不需要数据库"))
    verify.add_argument("file", type=Path, metavar="FILE.pdf", help=_("协议文件"))
    verify.add_argument(
        "--root", type=Path, metavar="ROOT.pem", action="append", default=[],
        help=_("受信任的根证书（可多次）；平台的根证书用 binglian keys roots 取得"),
    )  # fmt: skip
    verify.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
    spoken = _("显示的语言（默认看终端）")
    for verb in (export, verify):
        verb.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=spoken)


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when sound, 1 when a signature does not hold."""
    return _export(args) if args.agreement_verb == "export" else _verify(args)


def _export(args: argparse.Namespace) -> int:
    django_setup.prepare(args.lang)
    from binglian.domain.governance.queries import last_signed_agreement

    file = last_signed_agreement(args.alliance)
    if file is None:
        raise CommandRefused(
            _("联盟“%(slug)s”没有已签的协议。请核对 --alliance。") % {"slug": args.alliance}
        )
    try:
        args.out.write_bytes(bytes(file.content))
    except OSError as error:
        reason = {"file": args.out, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。") % reason) from error
    facts = {"file": args.out, "title": file.title, "count": file.signatures}
    print(_("已写出 %(file)s：%(title)s，%(count)s 个签名") % facts)
    return 0


def _verify(args: argparse.Namespace) -> int:
    from binglian.papers.refusal import PaperRefused
    from binglian.papers.signing.examining import Trust, examine, is_sound, roots_in

    told: dict[str, Any]
    content = _read(args.file)
    given = [root for file in args.root for root in _roots(file)]
    try:
        roots = given or roots_in(content)
        findings = examine(content, Trust(tuple(roots)))
    except PaperRefused as refusal:
        why = refusal.said.through(_)
        if args.json:
            told = {"is_sound": False, "problem": why, "signatures": []}
            print(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            print(_("不是完好的已签文件：%(why)s") % {"why": why})
        return 1
    sound = is_sound(findings)
    if args.json:
        told = {
            "is_sound": sound,
            "roots_given": bool(given),
            "roots": [_fingerprint(root) for root in roots],
            "signatures": [_told(finding) for finding in findings],
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if sound else 1
    for number, finding in enumerate(findings, start=1):
        at = finding.signed_at.astimezone().strftime("%Y-%m-%d %H:%M") if finding.signed_at else "—"
        verdict = finding.problem.through(_) if finding.problem else _("有效")
        print(f"{number:>3}  {finding.name}（{finding.code}）  {at}  {verdict}")
    if not findings[-1].covers_all:
        print(_("最后一个签名之后，文件又有添加。"))
    count = {"count": len(findings)}
    print(_("%(count)s 个签名全部有效，文件完整。") % count if sound else _("文件不可信。"))
    if not given:
        print(_("没有给出 --root：只按文件自带的根证书核验。请与平台公布的指纹核对："))
        for root in roots:
            print(f"  SHA-256 {_fingerprint(root)}")
    return 0 if sound else 1


def _told(finding: "Finding") -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "signed_at": finding.signed_at.isoformat() if finding.signed_at else None,
        "is_time_stamped": finding.is_time_stamped,
        "is_intact": finding.is_intact,
        "is_trusted": finding.is_trusted,
        "covers_all": finding.covers_all,
        "certificate": finding.serial,
        "problem": finding.problem.through(_) if finding.problem else "",
    }


def _fingerprint(root: "Certificate") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest()


def _roots(file: Path) -> list["Certificate"]:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(_read(file))
    except ValueError as error:
        raise CommandRefused(_("%(file)s 里没有 PEM 证书。") % {"file": file}) from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = {"file": file, "why": error.strerror}
        raise CommandRefused(_("读不了文件 %(file)s：%(why)s。") % reason) from error
