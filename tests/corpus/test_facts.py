import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import Fact, facts, segments

PLAN = (2024, 2026)
CLAUSE = (
    "22. 聚焦从业人员疏散逃生避险意识能力提升，推动生产经营单位每年至少组织开展一次疏散逃生演练"
    "(高危行业领域每半年至少一次)，"
    "2024年底前覆盖30人以上场所。（县应急管理局牵头，县公安局配合）"
)


def test_a_clause_in_order() -> None:
    found = [
        (one.kind, CLAUSE[one.start : one.end], one.value, one.role) for one in facts(CLAUSE, years=PLAN)
    ]
    assert found == [
        ("frequency", "每年至少组织开展一次", "P1Y", None),
        ("frequency", "每半年至少一次", "P6M", None),
        ("deadline", "2024年底前", "2024-12-31", "complete"),
        ("quantity", "30人以上", ">=30人", None),
        ("unit", "县应急管理局", "县应急管理局", "lead"),
        ("unit", "县公安局", "县公安局", "support"),
    ]


def test_a_unit_knows_its_list() -> None:
    text = "。（市交通局、农业农村局等部门分工负责）"
    first, second = facts(text, years=None)
    assert first.group == second.group == (2, 12)
    assert text[2:12] == "市交通局、农业农村局"
    first, second = facts("严格落实周调度、月讲评", years=None)
    assert first.group == second.group == (4, 11)


def test_a_frequency_knows_for_whom() -> None:
    text = "每季度至少1次（高危行业领域每月至少1次）"
    first, second = facts(text, years=None)
    assert (first.whom, second.whom) == (None, (8, 14))
    assert text[8:14] == "高危行业领域"


def test_a_number_inside_another_fact_is_no_quantity() -> None:
    text = "应当在不超过30日内报告，由市安委会十三个综合督导组负责"
    assert [one.kind for one in facts(text, years=None)] == ["deadline", "unit"]


def test_inferred_years_are_told() -> None:
    assert facts("年底前完成", years=(2024, 2024)) == (
        Fact("deadline", 0, 3, "2024-12-31", "complete", "年份取自文件标题的2024年"),
    )


PIECES = [
    "2024年底前",
    "，",
    "。",
    "；",
    "\n",
    "\t",
    "每月",
    "至少",
    "一次",
    "不超过",
    "25人",
    "60%",
    "（",
    "）",
    "县公安局",
    "、",
    "牵头",
    "负责",
    "由",
    "30日内",
    "年底前",
    " ",
    "完成",
    "第",
    "三",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_facts_are_ordered_and_of_one_kind_apart(text: str) -> None:
    found = facts(text, years=PLAN, issued="2024-03-26")
    assert [one.start for one in found] == sorted(one.start for one in found)
    ends: dict[str, int] = {}
    for one in found:
        assert ends.get(one.kind, 0) <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        ends[one.kind] = one.end


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for one in facts(text, years=None):
        assert 0 <= one.start < one.end <= len(text)


def test_segments_cut_at_sentence_ends_and_cells() -> None:
    text = "甲，乙；丙。\n丁\t戊！"
    assert [text[slice(*piece)] for piece in segments(text)] == ["甲，乙；", "丙。", "丁", "戊！"]
    assert [text[slice(*piece)] for piece in segments(text, fine=True)] == [
        "甲，",
        "乙；",
        "丙。",
        "丁",
        "戊！",
    ]
    assert segments("甲；乙，丙。") == ((0, 2), (2, 6))


@given(st.text(alphabet="甲乙，；。！\n\t ", max_size=40))
def test_segments_hold_all_that_is_not_space(text: str) -> None:
    for fine in (False, True):
        pieces = segments(text, fine=fine)
        assert all(left[1] <= right[0] for left, right in pairwise(pieces))
        kept = "".join(text[slice(*piece)] for piece in pieces)
        words = [char for char in text if char in "甲乙"]
        assert [char for char in kept if char in "甲乙"] == words


def test_a_clause_takes_little_time() -> None:
    clause = (CLAUSE * 4)[:400]
    best = min(_seconds(clause) for _ in range(20))
    assert best < 0.005  # ten times what it takes on an idle core


def _seconds(text: str) -> float:
    started = time.perf_counter()
    facts(text, years=PLAN, issued="2024-03-26")
    return time.perf_counter() - started
