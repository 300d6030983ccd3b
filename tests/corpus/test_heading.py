"""Head and tail: the fields of the shipped documents, and of texts with less of a head."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.place import read_place, read_years

SHIPPED = {path.stem: read_document(path, catalogue=Catalogue()) for path in shipped_documents()}


@pytest.mark.parametrize(
    ("document_id", "title", "number", "issuer", "date", "place", "years"),
    [
        (
            "xiangcheng-2024-5", "襄城县安全生产治本攻坚三年行动实施方案（2024—2026年）", "襄安委〔2024〕5号",
            "襄城县安全生产委员会", "2024-03-25", "襄城县", (2024, 2026),
        ),
        (
            "xiuyan-2024-3", "岫岩县安全生产治本攻坚三年行动实施方案（2024-2026年）", "岫安委发〔2024〕3号",
            "岫岩满族自治县安全生产委员会", "2024-03-26", "岫岩满族自治县", (2024, 2026),
        ),
        (
            "qingping-2024-23", "青屏街街道安全生产治本攻坚三年行动实施方案（2024—2026年）", "青政文〔2024〕23号",
            "新密市青屏街街道办事处", None, "新密市青屏街街道", (2024, 2026),
        ),
        (
            "zhumadian-2024-7", "驻马店市安全生产委员会2024年工作要点", "驻安委〔2024〕7号",
            "驻马店市安全生产委员会", None, "驻马店市", (2024, 2024),
        ),
    ],
)  # fmt: skip
def test_fields_of_the_shipped_documents(
    document_id: str,
    title: str,
    number: str,
    issuer: str,
    date: str | None,
    place: str,
    years: tuple[int, int],
) -> None:
    document = SHIPPED[document_id]
    assert (document.title, document.number, document.issuer) == (title, number, issuer)
    assert (document.date, document.place, document.years) == (date, place, years)
    assert document.quote(document.fields["title"]) == title
    assert document.quote(document.fields["number"]) == number
    assert document.quote(document.fields["addressees"]).startswith("各")
    assert ("date" in document.fields) == (date is not None)


def parsed(text: str, folder: Path) -> Document:
    (folder / "made.txt").write_text(text, encoding="utf-8")
    return read_document(folder / "made.txt", catalogue=Catalogue())


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(clause.id.partition("#")[2], clause.kind) for clause in document.clauses]


def test_a_notice_of_its_own(tmp_path: Path) -> None:
    document = parsed(
        "甲省财政厅文件\n甲财〔2020〕3号\n关于加强资金管理的通知\n各市财政局：\n为加强管理，现通知如下：\n"
        "一、加强领导\n各单位要落实，不得延误。\n附件：1.分工表\n2.联系名单\n甲省财政厅\n二〇二〇年二月二十日\n（此件公开发布）\n"
        "附件1\n分工表\n单位\t任务\n财政局\t拨款\n附件2\n联系名单\n张三。\n",
        tmp_path,
    )
    assert (document.title, document.number) == ("关于加强资金管理的通知", "甲财〔2020〕3号")
    assert (document.issuer, document.date, document.place) == ("甲省财政厅", "2020-02-20", "甲省")
    assert kinds(document) == [
        ("版头", "head"), ("引言/段1", "preamble"), ("一", "heading"), ("一/段1", "paragraph"),
        ("附件说明", "annex"), ("落款", "tail"), ("附件1", "annex"), ("附件1/行1", "row"),
        ("附件2", "annex"), ("附件2/段1", "paragraph"),
    ]  # fmt: skip


def test_a_number_in_the_body_is_not_the_documents(tmp_path: Path) -> None:
    document = parsed("工作方案\n依据文件，\n甲安委〔2022〕10号\n一、任务\n检查，整改。\n", tmp_path)
    assert document.number is None
    assert "岫安委发〔2022〕10号" not in str(SHIPPED["xiuyan-2024-3"].number)


@pytest.mark.parametrize(
    "number",
    ["甲安委〔2024〕5号", "甲安委［2024］5号", "甲安委[2024]5号", "甲安委（2024）5号", "甲安委(2024)5 号"],
)
def test_brackets_of_a_number(number: str, tmp_path: Path) -> None:
    document = parsed(f"甲县安委会文件\n{number}\n关于检查的通知\n各单位：\n要检查，要整改。\n", tmp_path)
    assert document.number == number.replace(" ", "")


def test_a_law_has_a_title_only(tmp_path: Path) -> None:
    document = parsed("鞍山市安全条例\n（2020年1月1日通过）\n第一条　为了安全。\n", tmp_path)
    assert (document.title, document.place, document.number) == ("鞍山市安全条例", "鞍山市", None)
    assert kinds(document) == [("标题", "title"), ("第一条", "item")]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n\t\n", 0), ("安", 1), ("今日召开会议。", 1), ("只有标题的通知\n", 1)]
)
def test_little_text(text: str, count: int, tmp_path: Path) -> None:
    document = parsed(text, tmp_path)
    assert len(document.clauses) == count
    assert document.title


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("新密市青屏街街道办事处", "新密市青屏街街道"), ("河南省人民政府", "河南省"), ("国家市场监督管理总局", None),
        ("住房和城乡建设部", None), ("岫岩满族自治县安全生产委员会", "岫岩满族自治县"), ("财政部", None),
        ("贵阳市人民政府办公厅", "贵阳市"), ("", None), ("城市绿化条例", None), ("乡镇企业法", None),
        ("韩城市人民政府", "韩城市"), ("本市80多个标准落地", None), ("我省召开会议", None), ("债市运行平稳", None),
        ("漯河市委书记到市疾控中心调研", "漯河市"), ("浙江省委省政府", "浙江省"), ("兰州市再次向市民倡议", "兰州市"),
        ("宿州市中级人民法院宿州市人民检察院", "宿州市"), ("这个地处三区交界的村", None),
        ("内蒙古包头市公安局", "内蒙古包头市"),
        ("许昌市长葛市人民政府", "许昌市长葛市"), ("国家税务总局南阳市税务局", "南阳市"), ("共青团北京市委员会", "北京市"),
        ("蔡奇调研检查城市运行", None), ("赵县人民政府", "赵县"), ("全县燃气整治", None), ("本溪市", "本溪市"),
        ("新疆维吾尔自治区乌鲁木齐市", "新疆维吾尔自治区乌鲁木齐市"),
        ("鄂托克前旗人民政府", "鄂托克前旗"), ("双江拉祜族佤族自治县", "双江拉祜族佤族自治县"),
    ],
)  # fmt: skip
def test_place(name: str, place: str | None) -> None:
    assert read_place(name) == place


def test_years() -> None:
    assert read_years("行动方案（2024-2026）年") == (2024, 2026)
    assert read_years("“十四五”规划") is None
