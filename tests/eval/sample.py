"""Small questions, responses and folders of data that the tests make themselves."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

import docx

from eval.figures import Report, SetReport
from eval.gold import GoldQuestion, Need
from eval.judge import Judgement, judge
from eval.response import Response, Shown
from eval.rightness import Gold, Quote

REGULATION = "专利代理条例"
REGULATION_LINES = (
    REGULATION,
    "第一条　为了规范专利代理行为，保障委托人的合法权益，制定本条例。",
    "第二条　专利代理机构开展业务，应当有五名以上专利代理师。",
    "第三条　县级人民政府每年三月底前公布上一年度的检查结果。",
)
NOTICE = "关于做好蔬菜供应的通知 各有关单位： 一、市商务局每天上午九时前报送蔬菜库存。 二、超市每日营业时间不少于十小时。"
ARTICLES = (
    {"id": "S1", "name": "电力法第五十九条", "content": "电力企业违反供用电合同，给对方造成损失的，应当依法承担赔偿责任。"},
    {"id": "S2", "name": "电力法第六十条", "content": "因用户自身的过错造成电力运行事故的，电力企业不承担赔偿责任。"},
    {"id": "S3", "name": "渔业法第三条之一", "content": "禁渔期内不得捕捞。\n\n违者没收渔具。"},
)  # fmt: skip


def question(
    *golds: Gold | str,
    name: str = "t1",
    asked: str = "?",
    need: Need = "any",
    spans: tuple[str, ...] = (),
    context: str | None = None,
    style: tuple[str, ...] = ("plain",),
) -> GoldQuestion:
    """A question; words stand for quotes of document "a"."""
    held = tuple(Quote("a", gold) if isinstance(gold, str) else gold for gold in golds)
    kind = "duty" if held else "unanswerable"
    return GoldQuestion(name, asked, kind, style, held, need, spans, context, "fit", "test")


def shown(text: str, *marks: str, score: float | None = None) -> Shown:
    return Shown("a-1", text, marks, score)


def judged(asked: GoldQuestion, *citations: Shown, refused: bool = False) -> Judgement:
    return judge([asked], [Response(citations, refused=refused)])[0]


def set_report(*reports: Report, name: str = "plans") -> SetReport:
    return SetReport(name, reports, documents=1, passages=2)


def data_folder(folder: Path) -> Path:
    """A folder of the three sets that do not ship, with a question or two each."""
    _lines(folder / "regulations" / "dev.jsonl", [
        {"id": "l1", "question": "专利代理机构要几名专利代理师？", "title": REGULATION, "kind": " 概念解释型",
         "gold": ["专利代理机构开展业务，应当有五名以上专利代理师。"], "answer": "五名"},
        {"id": "l2", "question": "专利代理条例为什么制定，何时公布检查结果？", "title": REGULATION, "kind": "其他",
         "gold": ["为了规范\\n专利代理行为", "每年三月底前公布上一年度的检查结果"], "answer": "…"},
    ])  # fmt: skip
    _tar(folder / "regulations" / "documents.tar", {f"{REGULATION}.docx": word(REGULATION_LINES)})
    _lines(
        folder / "notices" / "dev.jsonl",
        [{"id": "n1", "question": "蔬菜库存几时前报送？", "doc": "0a1b", "answer": "每天上午九时前"}],
    )
    _xz(folder / "notices" / "documents.jsonl.xz", [{"id": "0a1b", "text": NOTICE}])
    _lines(
        folder / "statutes" / "dev.jsonl",
        [{"id": 7, "question": "电力企业造成损失要赔偿吗？", "gold": ["S1", "S2"]}],
    )
    _xz(folder / "statutes" / "corpus.jsonl.xz", list(ARTICLES))
    return folder


def word(lines: tuple[str, ...]) -> bytes:
    """A .docx file with these paragraphs."""
    document, written = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(written)
    return written.getvalue()


def _lines(path: Path, records: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")


def _xz(path: Path, records: list[dict[str, str]]) -> None:
    path.write_bytes(lzma.compress("\n".join(json.dumps(record) for record in records).encode()))


def _tar(path: Path, files: dict[str, bytes]) -> None:
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
