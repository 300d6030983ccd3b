import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import CHINESE, normalise, to_int

READINGS = {
    "一百二十三": 123,
    "二〇二四": 2024,
    "二零二四": 2024,
    "十八": 18,
    "二十": 20,
    "两": 2,
    "廿": 20,
    "廿三": 23,
    "〇": 0,
    "零": 0,
    "18": 18,
    "１８": 18,
    "1,000": 1000,
    "3万": 30_000,
    "1.5万": 15_000,
    "2千": 2000,
    "1.2亿": 120_000_000,
    "一万五": 15_000,
    "一百二": 120,
    "一百零二": 102,
    "三千零五": 3005,
    "三十万": 300_000,
    "两千万": 20_000_000,
    "一亿零三百二十五万": 103_250_000,
    "壹佰": 100,
}


@pytest.mark.parametrize(("numeral", "number"), READINGS.items())
def test_reads(numeral: str, number: int) -> None:
    assert to_int(numeral) == number


@pytest.mark.parametrize("words", ["", " ", "万", "百", "三四十", "条", "十八条", "1.5", "٣x"])
def test_refuses_what_is_no_number(words: str) -> None:
    with pytest.raises(ValueError, match="expected a numeral"):
        to_int(words)


def spell(number: int) -> str:
    """Writes 1–99,999,999 as a Chinese numeral, the long way: an independent check of the reader."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return spell(number // 10_000) + "万" + (zero + spell(rest) if rest else "")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap else "") + "一二三四五六七八九"[digit - 1] + name
        gap = words != "" and digit == 0
        if not number:
            break
    return words


@given(st.integers(1, 99_999_999))
def test_reads_back_what_is_spelled(number: int) -> None:
    assert to_int(spell(number)) == number
    assert to_int(str(number)) == number
    assert to_int(f"{number:,}") == number


SAME = [
    ("第十八条", "第18条"),
    ("第十八条之一", "第18条之1"),
    ("第一百零二条", "第 102 条"),
    ("二〇二四年", "2024年"),
    ("二〇二四年六月底前", "2024年6月底前"),
    ("三年行动", "3年行动"),
    ("十二月三十一日", "12月31日"),
    ("每季度至少一次", "每季度至少 1 次"),
    ("十五条硬措施", "15 条硬措施"),
    ("百分之六十", "60%"),
    ("百分之三点五", "3.5％"),
    ("三十人以上", "30人以上"),
    ("五万元以下", "50000元以下"),
    ("五万元", "50,000元"),
    ("２０２４年", "2024 年"),
    ("十七个方面", "17个方面"),
    ("第三季度", "第3季度"),
    ("二十日内", "20日内"),
    ("十四周岁", "14周岁"),
    ("两年", "2年"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_become_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)
    assert not re.search("[一二三四五六七八九十]", normalise(one))


SAYINGS = [
    "一岗双责",
    "三管三必须",
    "五包一",
    "两重点一重大",
    "四不两直",
    "一月一培训",
    "一案双查",
    "三个一批",
    "一矿一册",
    "一人一档",
    "一人多卡",
    "二十大",
    "十四五规划",
    "统一条件",
    "唯一次要",
    "万一",
    "第一责任人",
    "双随机",
    "一城一企",
    "三五年",
    "九查一打",
    "三堂一舍",
    "一芯一码一平台",
    "五现场",
    "一件事",
    "大起底",
    "千方百计",
]


@pytest.mark.parametrize("saying", SAYINGS)
def test_sayings_keep_their_numerals(saying: str) -> None:
    assert normalise(f"严格落实{saying}。") == f"严格落实{saying}。"


@given(st.text(alphabet=f"{CHINESE}第条年月日底前元%％点分之个次０５ 　\n,.1234567890统人名", max_size=40))
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_text_without_digits_or_numerals_is_left_alone(text: str) -> None:
    plain = re.sub(rf"[\d０-９％{CHINESE}]", "", text)
    assert normalise(plain) == plain


def test_long_runs_take_linear_time() -> None:
    started = time.perf_counter()
    for unit in ("一", "一百", "百分之", "1,", "第一", "年一月"):
        normalise(unit * 30_000)
    assert time.perf_counter() - started < 3
