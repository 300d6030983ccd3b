from __future__ import annotations

import pytest

from corpus.short_form import is_short_for
from rag.understanding import QuestionReader
from rag.understanding.abbreviations import Abbreviations


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("住建局", "住房和城乡建设局"),
        ("安委办", "安委会办公室"),
        ("安委办", "安全生产委员会办公室"),
        ("应急局", "应急管理局"),
        ("市监局", "市场监督管理局"),
        ("发改委", "发展和改革委员会"),
        ("卫健委", "卫生健康委员会"),
        ("文旅局", "文化和旅游局"),
        ("人社局", "人力资源和社会保障局"),
        ("城管局", "城市管理局"),
        ("消防大队", "消防救援大队"),
        ("工信局", "工业和信息化局"),
    ],
)
def test_a_short_form_keeps_order_beginning_and_ending(short: str, full: str) -> None:
    assert is_short_for(short, full)
    assert not is_short_for(full, short)


@pytest.mark.parametrize(
    ("one", "other"),
    [("水务局", "水利局"), ("公安局", "公安局"), ("教育局", "体育局"), ("住建局", "住房保障中心")],
)
def test_other_names_are_no_short_forms(one: str, other: str) -> None:
    assert not is_short_for(one, other)


@pytest.mark.parametrize(
    ("asked", "name", "other"),
    [
        ("住建局管什么", "住建局", "住房和城乡建设局"),
        ("住房和城乡建设局管什么", "住房和城乡建设局", "住建局"),
        ("县应急局牵头哪些", "应急局", "应急管理局"),
        ("安委办多久通报一次", "安委办", "安委会办公室"),
        ("市监局的事", "市监局", "市场监督管理局"),
        ("消防大队查什么", "消防大队", "消防救援大队"),
    ],
)
def test_units_of_the_corpus_go_by_both_names(
    reader: QuestionReader, asked: str, name: str, other: str
) -> None:
    assert other in reader.read(asked).expansions[name]


def test_what_the_corpus_calls_things_for_short(make_document) -> None:  # type: ignore[no-untyped-def]
    text = (
        "适用于烟花爆竹经营零售店（以下简称“零售店”），县燃气安全工作领导小组办公室（以下简称燃气办）负责。"
    )
    names = dict(Abbreviations([make_document("a", "办法", text)]).expand("燃气办的职责"))
    assert names["燃气办"] == ("燃气安全工作领导小组办公室",)


def test_a_text_around_a_short_name_is_no_name(reader: QuestionReader) -> None:
    assert "安委办" in reader.read("安委办专班应采取何种办公形式").expansions
    assert set(reader.read("安委办专班应采取何种办公形式").expansions) == {"安委办"}


def test_no_unit_is_two_units(documents) -> None:  # type: ignore[no-untyped-def]
    units = Abbreviations(documents).units
    assert "应急管理局" in units
    assert not [unit for unit in units if "会同" in unit or "牵头" in unit]
