"""Units in a question: in full, for short, in English, and what only looks like one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.unit_mentions import UnitMentions

NAMES = (
    "襄城县应急管理局", "县应急管理局", "县住房和城乡建设局", "驻马店市公安局", "消防救援大队", "各乡镇政府", "各部门",
    "县委组织部",
)  # fmt: skip
UNITS = UnitMentions(NAMES)


def named(text: str, **expansions: tuple[str, ...]) -> list[str]:
    return [mention.name for mention in UNITS.find(text, expansions)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("应急管理局牵头哪些任务", ["应急管理局"]),
        ("应急局牵头哪些任务", ["应急局"]),
        ("襄城县应急管理局", ["襄城县应急管理局"]),
        ("县应急局的任务", ["县应急局"]),
        ("住建局和公安局要做什么", ["住建局", "公安局"]),
        ("县委组织部", ["县委组织部"]),
        ("乡镇要做什么", ["乡镇"]),
        ("消防大队", ["消防大队"]),
        ("应急部门要做什么", ["应急局"]),
        ("公安机关要做什么", ["公安局"]),
        ("各部门要做什么", []),
        ("档案局要做什么", []),
        ("管理局要做什么", []),
        ("全部任务", []),
        ("", []),
    ],
)
def test_units_are_found(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_other_words_for_a_unit_name_it() -> None:
    expansions = {"emergency bureau": ("应急管理局", "应急局"), "tasks": ("任务",)}
    found = UNITS.find("Emergency Bureau tasks", expansions)
    assert [(mention.name, mention.span) for mention in found] == [("应急管理局", (0, 16))]


@given(st.text(alphabet="襄城县应急管理局住建公安消防大队各乡镇政府要", max_size=30))
def test_mentions_stand_in_order_and_apart(text: str) -> None:
    found = UNITS.find(text, {})
    assert all(0 <= mention.span[0] < mention.span[1] <= len(text) for mention in found)
    assert all(one.span[1] <= other.span[0] for one, other in itertools.pairwise(found))
