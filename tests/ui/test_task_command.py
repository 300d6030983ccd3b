"""`yiju tasks`: the table, the files and the schedule."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rag.assistant import Assistant
from rag.schedule import COLUMNS
from rag.task_query import TaskQuery
from tests.ui.test_cli import BAD_INPUT, one_line
from ui import labels
from ui.cli import main
from ui.task_options import RHYTHMS
from ui.terminal_table import CLOSING, shown_width, table_lines, wrapped

XIANGCHENG = ["--place", "襄城"]


def run(home: Path, *given: str) -> int:
    return main(["tasks", *given, "--home", str(home)])


def test_the_table_names_light_day_duty_units_and_source(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asked = [*XIANGCHENG, "--topic", "瓶改管", "--overdue", "2025-01-01"]
    assert run(home, *asked) == 0
    said = capsys.readouterr().out
    for words in ("项任务", "逾期", "2024-12-31", "牵头：县住房和城乡建设局", "襄安委〔2024〕5号"):
        assert words in said
    assert "以后" not in said


def test_no_task_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "--topic", "没有这样的任务") == 0
    assert capsys.readouterr().out == "没有符合条件的任务\n"


def test_json_says_the_same_as_the_register(
    home: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, *XIANGCHENG, "--lead-only", "--sort", "due", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    found = assistant.tasks.find(TaskQuery(places=("襄城",), lead_only=True, sort="due"))
    assert said["total"] == len(found) > 0
    assert [task["id"] for task in said["tasks"]] == [entry.task.id for entry in found]


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_a_rhythm_leaves_what_has_just_this_one(
    home: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str], rhythm: str
) -> None:
    assert rhythm in labels.RHYTHMS
    assert run(home, "--rhythm", rhythm, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    found = assistant.tasks.find(TaskQuery(rhythm=rhythm))
    assert [task["id"] for task in said["tasks"]] == [entry.task.id for entry in found]
    assert {entry.rhythm for entry in found} <= {rhythm}


def test_files_hold_what_is_found(
    home: Path, tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    found = assistant.tasks.find(TaskQuery(places=("襄城",), recurring=True))
    table, book, calendar = tmp_path / "t.csv", tmp_path / "t.xlsx", tmp_path / "t.ics"
    for option, file in (("--csv", table), ("--xlsx", book), ("--ics", calendar)):
        assert (
            run(home, *XIANGCHENG, "--recurring", option, str(file), "--page", "http://yiju.example/a") == 0
        )
        assert f"已写入 {file}：共 {len(found)} 项任务" in capsys.readouterr().out
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["任务编号"] for row in rows] == [entry.task.id for entry in found]
    assert rows[0]["原文"].startswith("http://yiju.example/a/source/")
    assert openpyxl.load_workbook(book).active.max_row == len(found) + 1
    assert Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")


def test_a_schedule_has_the_six_columns(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "schedule.xlsx"
    assert run(home, "--as-schedule", "襄城", "--xlsx", str(file)) == 0
    assert "已写入" in capsys.readouterr().out
    (sheet,) = openpyxl.load_workbook(file).worksheets
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert ["基本完成全城镇“瓶改管”改造任务", "2024年底前"] in [row[2:4] for row in rows]
    assert run(home, "--as-schedule", "xiangcheng-2024-5") == 0
    said = capsys.readouterr().out
    assert said.startswith("《襄城县安全生产治本攻坚三年行动实施方案（2024—2026年）》序时进度表")
    assert "2024年底前" in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--unit", "应急管里局"], "应急管理局"),
        (["--place", "火星县"], "襄城"),
        (["--document", "nope"], "没有编号为"),
        (["--due-from", "2025-01-01", "--due-to", "2024-01-01"], "晚于"),
        (["--as-schedule", "火星县"], "襄城"),
        (["--as-schedule", "襄城", "--csv", "t.csv"], "--xlsx"),
        (["--csv", "/no/such/folder/t.csv"], "不能读写"),
    ],
)
def test_bad_input_is_told_in_one_line(
    home: Path, given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, *given) == BAD_INPUT
    assert said in one_line(capsys.readouterr().err)


@pytest.mark.parametrize(
    "given", [["--due-from", "2024-13-01"], ["--overdue", "今天"], ["--json", "--csv", "x"], ["--sort", "x"]]
)
def test_misuse_is_told_in_one_line(home: Path, given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(home, *given)
    assert ended.value.code == BAD_INPUT
    assert "--help" in one_line(capsys.readouterr().err)


def test_a_document_without_duties_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cats.txt"
    file.write_text("关于猫的说明\n\n猫是一种动物。\n", encoding="utf-8")
    bare = tmp_path / "home"
    assert main(["add", str(file), "--home", str(bare), "--empty"]) == 0
    capsys.readouterr()
    assert run(bare, "--as-schedule", "cats") == 0
    assert capsys.readouterr().out.endswith("序时进度表：文件里没有任务\n")
    assert run(bare, "--due-to", "2024-12-31") == 0
    assert capsys.readouterr().out == "没有符合条件的任务\n"


@given(text=st.text(), width=st.integers(4, 40))
def test_a_wrapped_text_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(shown_width(line) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark() -> None:
    assert not any(line[0] in CLOSING for line in wrapped("完成改造。检查、督导；报送，备案。" * 5, 10))


def test_a_table_is_as_wide_as_it_may_be() -> None:
    rows = [("逾期", "完成改造任务" * 10, "住建局" * 5), ("", "", "")]
    lines = list(table_lines(("状态", "任务", "单位"), rows, (0, 3, 1), 60))
    assert max(map(shown_width, lines)) <= 60
    assert lines[0].split() == ["状态", "任务", "单位"]
    assert "".join(line[6:] for line in lines[2:]).count("完成改造任务") >= 5
