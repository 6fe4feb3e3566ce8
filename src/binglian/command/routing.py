"""``binglian routing``: whom a report concerns, learned from reports sorted before."""

import argparse
import csv
import io
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from . import django_setup
from .acting import alliance_named
from .refusals import CommandRefused
from .words import LANGUAGES, gettext_noop
from .words import gettext as _

if TYPE_CHECKING:
    from binglian.engine.routing import RoutingModel, Scores

NAME = "routing"
HELP = gettext_noop("按以往分好类的诉求，学会新诉求该归哪一类、转给谁")
_LONGEST_CELL = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="routing_verb", metavar=_("做什么"), required=True)

    train = verbs.add_parser("train", help=_("从 CSV（text,label 两列）学习，写出模型"))
    train.add_argument("file", type=Path, nargs="?", help=_("CSV 文件：text,label"))
    train.add_argument("--out", type=Path, metavar="MODEL", help=_("模型写到"))
    train.add_argument(
        "--alliance", metavar="SLUG", help=_("不用文件，从该联盟已分派的诉求学习，供它分派时用")
    )
    train.add_argument("--seed", type=int, default=0, help=_("随机种子（默认 0）"))
    train.set_defaults(act=_train)

    evaluate = verbs.add_parser("evaluate", help=_("用另一份 CSV 检验模型"))
    evaluate.add_argument("model", type=Path, help=_("模型文件"))
    evaluate.add_argument("file", type=Path, help=_("CSV 文件：text,label"))
    evaluate.set_defaults(act=_evaluate)

    predict = verbs.add_parser("predict", help=_("说出一段文字归哪一类、多大把握、凭哪些词"))
    predict.add_argument("model", type=Path, help=_("模型文件"))
    predict.add_argument("--text", required=True, help=_("诉求的文字"))
    predict.set_defaults(act=_predict)

    for verb in (train, evaluate, predict):
        verb.add_argument("--json", action="store_true", help=_("以 JSON 输出"))
        verb.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS,
                          help=_("显示的语言（默认看终端）"))  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when done, 2 when a file cannot be used."""
    status: int = args.act(args)
    return status


def _train(args: argparse.Namespace) -> int:
    if args.alliance:
        return _train_from_matters(args)
    if args.file is None or args.out is None:
        raise CommandRefused(_("请写明 CSV 文件和 --out，或写 --alliance。"))
    from binglian.engine.routing import NotEnoughTexts, train, write_model

    texts, labels = _rows(args.file)
    begun = time.perf_counter()
    try:
        model = train(texts, labels, seed=args.seed)
    except NotEnoughTexts:
        raise CommandRefused(
            _("%(file)s：至少要有两个不同的类别（label）才能学习。") % {"file": args.file}
        ) from None
    seconds = time.perf_counter() - begun
    try:
        write_model(model, args.out)
    except OSError as error:
        raise CommandRefused(f"{args.out}: {error.strerror}") from None
    if args.json:
        print(json.dumps({**model.about, "seconds": seconds, "model": str(args.out)}))
        return 0
    print(
        _("已从 %(texts)d 条学会 %(labels)d 类，用时 %(seconds).1f 秒，写到 %(out)s。")
        % {**model.about, "seconds": seconds, "out": args.out}
    )
    if "macro_f1" in model.about:
        print(_("交叉验证：宏平均 F1 %(macro_f1).3f，准确率 %(accuracy).3f。") % model.about)
    return 0


def _train_from_matters(args: argparse.Namespace) -> int:
    django_setup.prepare(args.lang)
    from binglian.domain.matters.actions import train_routing

    row = train_routing(alliance=alliance_named(args.alliance), by=None)
    facts = {"matters": row.matters, "macro_f1": row.macro_f1}
    if args.json:
        print(json.dumps(facts))
        return 0
    print(_("已从 %(matters)d 件诉求学习。") % facts)
    if row.macro_f1 is not None:
        print(_("交叉验证：宏平均 F1 %(macro_f1).3f。") % facts)
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from binglian.engine.routing import score

    model = _model(args.model)
    texts, labels = _rows(args.file)
    begun = time.perf_counter()
    guessed = [model.label_of(text) for text in texts]
    found = score(labels, guessed, seconds=time.perf_counter() - begun)
    print(json.dumps(asdict(found), ensure_ascii=False, indent=1) if args.json else _told(found))
    return 0


def _told(found: "Scores") -> str:
    lines = [
        _("%(n)d 条：准确率 %(accuracy).4f，宏平均 F1 %(macro_f1).4f，每条 %(each).2f 毫秒。")
        % {
            "n": found.n,
            "accuracy": found.accuracy,
            "macro_f1": found.macro_f1,
            "each": found.seconds / max(found.n, 1) * 1000,
        }
    ]
    for label, row in found.per_label.items():
        lines.append(
            _("  %(label)s：F1 %(f1).3f，查准 %(precision).3f，查全 %(recall).3f（%(n)d 条）")
            % {"label": label, **asdict(row)}
        )
    return "\n".join(lines)


def _predict(args: argparse.Namespace) -> int:
    found = _model(args.model).predict(args.text)
    if args.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return 0
    print(
        _("%(label)s（把握 %(confidence).0f%%）")
        % {"label": found.label, "confidence": found.confidence * 100}
    )
    if found.because:
        print(_("凭：%(words)s") % {"words": "、".join(found.because)})
    return 0


def _model(path: Path) -> "RoutingModel":
    from binglian.engine.routing import ModelFileError, read_model

    try:
        return read_model(path)
    except OSError as error:
        raise CommandRefused(f"{path}: {error.strerror}") from None
    except ModelFileError:
        raise CommandRefused(
            _("%(file)s 不是模型文件，请用 binglian routing train 生成。") % {"file": path}
        ) from None


def _rows(path: Path) -> tuple[list[str], list[str]]:
    """Texts and labels of a CSV file with these two columns, in any order, beside any others."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandRefused(f"{path}: {error.strerror}") from None
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(_decoded(path, content), newline=""))
    missing = {"text", "label"} - set(reader.fieldnames or ())
    if missing:
        raise CommandRefused(
            _("%(file)s 第 1 行：缺少列 %(columns)s；首行应写 text,label。")
            % {"file": path, "columns": "、".join(sorted(missing))}
        )
    texts, labels = [], []
    try:
        for row in reader:
            text, label = (row["text"] or "").strip(), (row["label"] or "").strip()
            if not text and not label:
                continue
            if not text or not label:
                raise CommandRefused(
                    _("%(file)s 第 %(line)d 行：text 和 label 都要填写。")
                    % {"file": path, "line": reader.line_num}
                )
            texts.append(text)
            labels.append(label)
    except csv.Error as error:
        raise CommandRefused(
            _("%(file)s 第 %(line)d 行：%(error)s")
            % {"file": path, "line": reader.line_num, "error": error}
        ) from None
    if not texts:
        raise CommandRefused(_("%(file)s：没有一条诉求。") % {"file": path})
    return texts, labels


def _decoded(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):  # what spreadsheets of this country write
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandRefused(_("%(file)s：请另存为 UTF-8 编码的 CSV。") % {"file": path})
