from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.document import Clause, Document
from rag.understanding import QuestionReader
from rag.understanding.places import also_called, parts, stem
from rag.understanding.scope import years_of

MakeDocument = Callable[..., Document]
MakeReader = Callable[..., QuestionReader]

XIANGCHENG, XIUYAN, QINGPING, ZHUMADIAN = (
    "xiangcheng-2024-5",
    "xiuyan-2024-3",
    "qingping-2024-23",
    "zhumadian-2024-7",
)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("襄城县瓶改管时限", {XIANGCHENG}),
        ("襄城 瓶改管", {XIANGCHENG}),
        ("岫岩的尾矿库", {XIUYAN}),
        ("岫岩满族自治县的尾矿库", {XIUYAN}),
        ("岫岩县尾矿库", {XIUYAN}),
        ("青屏街归谁管", {QINGPING}),
        ("青屏街道的社区", {QINGPING}),
        ("青屏街街道", {QINGPING}),
        ("新密市有什么要求", {QINGPING}),
        ("驻马店燃气", {ZHUMADIAN}),
        ("Zhumadian fishing boats", {ZHUMADIAN}),
        ("qingping LPG", {QINGPING}),
        ("XIUYAN mines", {XIUYAN}),
        ("襄城和岫岩哪个早", {XIANGCHENG, XIUYAN}),
        ("工作要点里怎么说燃气", {ZHUMADIAN}),
        ("襄安委〔2024〕5号是谁发的", {XIANGCHENG}),
        ("襄安委(2024)5号", {XIANGCHENG}),
        ("襄安委【2024】5号", {XIANGCHENG}),
        ("qingping-2024-23 发给谁", {QINGPING}),
    ],
)
def test_places_numbers_and_titles_are_scope(reader: QuestionReader, asked: str, expected: set[str]) -> None:
    question = reader.read(asked)
    assert question.documents == frozenset(expected)
    assert question.named


@pytest.mark.parametrize(
    "asked",
    ["瓶改管时限", "三年行动实施方案里的瓶改管", "全县化工园区", "市区的燃气", "县里谁管", "各乡镇街道", ""],
)
def test_without_a_name_all_documents_are_in_scope(reader: QuestionReader, asked: str) -> None:
    question = reader.read(asked)
    assert question.documents is None
    assert not question.named
    assert question.unknown_places == ()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("北京的燃气改造时限", ("北京",)),
        ("郑州市金水区的三年行动方案", ("郑州市金水区",)),
        ("洛阳市 瓶改管", ("洛阳市",)),
        ("永城市燃气", ("永城市",)),
        ("襄城县和北京比", ()),
        ("安康杯竞赛怎么搞", ()),
        ("长沙自建房倒塌事故", ()),
    ],
)
def test_places_that_no_document_is_about(
    reader: QuestionReader, asked: str, expected: tuple[str, ...]
) -> None:
    assert reader.read(asked).unknown_places == expected


def test_filters_narrow(reader: QuestionReader) -> None:
    assert reader.read("瓶改管", places=["襄城"]).documents == frozenset({XIANGCHENG})
    assert reader.read("瓶改管", documents=[XIUYAN, QINGPING]).documents == frozenset({XIUYAN, QINGPING})
    assert reader.read("襄城瓶改管", documents=[XIUYAN, XIANGCHENG]).documents == frozenset({XIANGCHENG})
    assert reader.read("襄城瓶改管", documents=[XIUYAN]).documents == frozenset()


def test_an_unknown_filter_is_told(reader: QuestionReader) -> None:
    question = reader.read("瓶改管", places=["月亮湾"])
    assert question.unknown_places == ("月亮湾",)
    assert question.documents == frozenset()


def test_a_title_that_several_documents_share_names_none(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(
        make_document("a", "某市消防安全管理办法", "第一条 为了消防安全。"),
        make_document("b", "某市电梯安全管理办法", "第一条 为了电梯安全。"),
        make_document("c", "中华人民共和国消防法", "第一条 为了预防火灾。"),
    )
    assert reader.read("安全管理办法的目的").documents is None
    assert reader.read("消防安全管理办法的目的").documents == frozenset({"a"})
    assert reader.read("《消防法》的目的").documents == frozenset({"c"})


def test_a_quoted_title_is_meant_whole(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(make_document("a", "关于加强冬季消防工作的通知", "各单位。"))
    assert reader.read("《关于加强冬季消防工作的通知》").documents == frozenset({"a"})
    assert reader.read("《冬季消防工作的通知》").documents == frozenset({"a"})
    assert reader.read("《关于加强夏季消防工作的通知》").documents is None


def test_a_document_without_a_place_may_be_about_any_it_mentions(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(make_document("a", "通知", "大理州各县，深圳各区。"))
    assert reader.read("大理市的补贴").unknown_places == ()
    assert reader.read("深圳南山区的补贴").unknown_places == ()
    assert reader.read("广州南沙区的补贴").unknown_places == ("广州南沙区",)


def test_the_narrower_place_wins(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(
        make_document("city", "方案", "全市。", place="新密市"),
        make_document("street", "方案", "街道。", place="新密市青屏街街道"),
    )
    assert reader.read("新密市青屏街道的时限").documents == frozenset({"street"})
    assert reader.read("新密的时限").documents == frozenset({"city", "street"})


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("新密市青屏街街道", ("新密市", "青屏街街道")),
        ("襄城县", ("襄城县",)),
        ("岫岩满族自治县", ("岫岩满族自治县",)),
        ("河南省驻马店市", ("河南省", "驻马店市")),
    ],
)
def test_parts(place: str, expected: tuple[str, ...]) -> None:
    assert parts(place) == expected


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("襄城县", "襄城"),
        ("岫岩满族自治县", "岫岩"),
        ("青屏街街道", "青屏街"),
        ("县", "县"),
        ("大通回族土族自治县", "大通"),
    ],
)
def test_stem(name: str, bare: str) -> None:
    assert stem(name) == bare


def test_also_called() -> None:
    assert {"岫岩", "岫岩县", "岫岩满族自治县"} <= also_called("岫岩满族自治县")
    assert {"青屏", "青屏街", "青屏街道", "青屏街街道"} <= also_called("青屏街街道")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年到2026年", (2024, 2026)),
        ("24年底前", (2024,)),
        ("24年", (2024,)),
        ("20241", ()),
        ("24小时", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_of(text) == years


def test_a_document_without_a_place_is_kept_for_later(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(
        make_document("county", "襄城县方案", "检查燃气。", place="襄城县"),
        make_document("other", "岫岩县方案", "检查燃气。", place="岫岩县"),
        make_document("law", "燃气条例", "检查燃气。"),
        make_document("speaks", "燃气通报", "襄城县检查了燃气。"),
    )
    question = reader.read("襄城县检查什么")
    assert question.documents == frozenset({"county", "speaks"})
    assert question.placeless == frozenset({"law"})
    assert reader.read("检查什么").placeless == frozenset()
    filtered = reader.read("检查什么", places=["襄城县"])
    assert filtered.documents == frozenset({"county"}), "a filter is meant as it says"
    assert filtered.placeless == frozenset()


def test_a_smaller_place_that_speaks_of_the_asked_one_is_in_scope(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(
        make_document("city", "许昌市方案", "检查燃气。", place="许昌市"),
        make_document("county", "襄城县方案", "按许昌市的部署检查燃气。", place="襄城县"),
        make_document("elsewhere", "岫岩县方案", "检查燃气。", place="岫岩县"),
        make_document("equal", "鞍山市方案", "向许昌市学习。", place="鞍山市"),
    )
    assert reader.read("许昌市检查什么").documents == frozenset({"city", "county"})


def test_a_place_in_full_finds_a_document_that_says_its_last_part(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(
        make_document("full", "方案", "检查。", place="泰州市海陵区"),
        make_document("short", "公告", "检查。", place="海陵区"),
        make_document("other", "公告", "检查。", place="姜堰区"),
    )
    assert reader.read("泰州市海陵区检查什么").documents == frozenset({"full", "short"})


def test_how_a_text_opens_is_no_title(make_document, make_reader) -> None:  # type: ignore[no-untyped-def]
    reader = make_reader(make_document("a", "开封市市场监督管理局发布通知，餐饮可有序…", "餐饮。"))
    assert reader.read("市场监督管理局发布通知里怎么说").documents is None


def test_one_name_of_two_places_compares_nothing(make_reader, make_document) -> None:  # type: ignore[no-untyped-def]
    places = {"a": "新密市青屏街街道", "b": "青屏街道", "c": "襄城县"}
    reader = make_reader(*(make_document(name, "通知", "培训。", place) for name, place in places.items()))
    one, two = reader.read("青屏培训多久一次"), reader.read("青屏和襄城培训多久一次")
    assert (one.documents, one.places_meant, one.compares) == (frozenset({"a", "b"}), 1, False)
    assert (two.places_meant, two.compares) == (2, True)


def test_a_document_whose_place_may_be_unknown_answers_behind_those_of_the_place(
    make_document: MakeDocument, make_reader: MakeReader
) -> None:
    law = make_document("law", "燃气条例", "第一条 检查燃气。")
    law = replace(law, clauses=(Clause("law#第一条", "item", ("第一条",), ("第一条",), 0, len(law.text)),))
    reader = make_reader(
        make_document("county", "襄城县方案", "检查燃气。", place="襄城县"),
        make_document("other", "岫岩县方案", "检查燃气。", place="岫岩县"),
        make_document("news", "燃气检查开始了", "检查燃气。"),
        law,
    )
    question = reader.read("襄城县检查什么")
    assert question.documents == frozenset({"county"})
    assert question.placeless == frozenset({"law", "news"})
    assert question.unplaced == frozenset({"news"}), "a law without a place in its title holds everywhere"
    followed = reader.read("那多久一次", context="襄城县检查什么")
    assert followed.unplaced == question.unplaced


@pytest.mark.parametrize(
    ("asked", "compares"),
    [
        ("北京市东城区检查什么", False),
        ("北京东城检查什么", False),
        ("北京市和东城区检查什么", True),
        ("北京市襄城县检查什么", True),
        ("许昌襄城县检查什么", False),
        ("东城区北京市检查什么", True),
    ],
)
def test_a_name_right_before_that_of_a_place_in_it_is_not_asked_for_by_itself(
    asked: str,
    compares: bool,
    make_reader: MakeReader,
    make_document: MakeDocument,
) -> None:
    reader = make_reader(
        make_document("a", "北京市通知", "检查。", "北京市"),
        make_document("b", "东城区通知", "检查。", "东城区"),
        make_document("c", "许昌市襄城县通知", "检查。", "许昌市襄城县"),
        make_document("d", "许昌市通知", "检查。", "许昌市"),
    )
    assert reader.read(asked).compares is compares
