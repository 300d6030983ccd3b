"""What one snapshot's answers need is made ready beside the one that answers, from what has not changed."""

from pathlib import Path

import pytest

from index.build import build
from index.snapshot import Snapshot
from rag.settings import Settings
from rag.state import Live, State
from rag.understanding.abbreviations import Abbreviations
from tests.rag.held import NETWORK
from tests.rag.sample import HashEncoder, Part, document

GAS = document("gas", "关于燃气的通知", [Part("由县住房和城乡建设局牵头，2024年底前完成“瓶改管”。\n")])
LIFT = document(
    "lift", "关于电梯的通知", [Part("县应急管理局（以下简称“应急局”）负责，2025年底前完成改造。\n")]
)
SILENT = document("silent", "关于名称的通知", [Part("名称照旧。\n")])


@pytest.fixture
def live(tmp_path: Path) -> Live:
    snapshot = build(tmp_path, [GAS, SILENT], HashEncoder())
    return Live(tmp_path, snapshot, HashEncoder(), NETWORK, Settings(home=tmp_path))


def test_what_the_writer_prepared_is_what_answers_after_its_swap(live: Live, tmp_path: Path) -> None:
    before = live.state()
    seen: list[State] = []

    def prepare(made: Snapshot) -> None:
        live.prepare(made)
        seen.append(live.state())

    made = build(tmp_path, [LIFT], HashEncoder(), previous=before.snapshot, before_swap=prepare)
    assert seen == [before]
    assert live.state().snapshot is made
    assert list(live.state().snapshot.documents) == ["lift"]


def test_what_was_prepared_and_overtaken_never_answers(live: Live, tmp_path: Path) -> None:
    build(tmp_path, [LIFT], HashEncoder(), before_swap=live.prepare)
    last = build(tmp_path, [SILENT], HashEncoder())
    assert live.state().snapshot.name == last.name
    assert list(live.state().snapshot.documents) == ["silent"]


def test_another_process_swap_is_noticed_and_shares_what_is_the_same(live: Live, tmp_path: Path) -> None:
    before = live.state()
    build(tmp_path, [GAS, LIFT], HashEncoder())
    after = live.state()
    assert list(after.snapshot.documents) == ["gas", "lift"]
    assert after.snapshot.documents["gas"] is before.snapshot.documents["gas"]


def test_short_forms_are_those_of_the_held_texts_alone() -> None:
    first = Abbreviations([GAS, LIFT])
    assert dict(first.expand("应急局负责什么")) == {"应急局": ("应急管理局",)}
    second = Abbreviations([GAS], previous=first)
    assert dict(second.expand("应急局负责什么")) == {}
    third = Abbreviations([LIFT, GAS], previous=second)
    assert third.units == first.units
    assert dict(third.expand("应急局负责什么")) == dict(first.expand("应急局负责什么"))
