"""Which duties a document states, with whom, by when and how often."""

from __future__ import annotations

from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.task import Task
from corpus.tasks import LONGEST, tasks
from tests.corpus.tasks_of import CHAPTER, said, tasks_of, units_of

SHIPPED = {path.stem: read_document(path) for path in shipped_documents()}
XIANGCHENG = SHIPPED["xiangcheng-2024-5"]


def of(document: Document, key: str) -> list[Task]:
    return [task for task in tasks(document) if task.clause_id == f"{document.id}#{key}"]


def test_a_task_of_the_contract() -> None:
    task = next(one for one in of(XIANGCHENG, "三/（六）/18") if one.deadline)
    assert task.duty.text == "基本完成全城镇“瓶改管”改造任务"
    assert task.deadline is not None
    assert (task.deadline.text, task.deadline.date, task.deadline.role) == (
        "2024年底前",
        "2024-12-31",
        "complete",
    )
    assert [(unit.text, unit.name) for unit in task.lead] == [
        ("县住房和城乡建设局", "襄城县住房和城乡建设局")
    ]
    assert [unit.text for unit in task.units][:2] == ["县住房和城乡建设局", "县发展和改革委员会"]
    assert task.units[2].name == "襄城县财政局"
    assert [unit.text for unit in task.standing] == ["各乡镇政府", "街道办事处"]


def test_three_years_of_one_clause_are_three_tasks() -> None:
    dated = [task for task in of(XIANGCHENG, "三/（六）/17") if task.deadline]
    assert [task.deadline and task.deadline.date for task in dated] == [
        "2024-12-31",
        "2025-12-31",
        "2026-12-31",
    ]
    assert dated[2].duty.text.startswith("建立涉及“两重点一重大”")


def test_frequencies_say_for_whom() -> None:
    recurring = [task.frequency for task in of(XIANGCHENG, "三/（五）/10") if task.frequency]
    assert [(one.value, one.whom and one.whom.text) for one in recurring] == [
        ("P3M", None),
        ("P1M", "高危行业领域"),
    ]


def test_aims_titles_and_purposes_ask_nothing(tmp_path: Path) -> None:
    body = (
        "为加强燃气安全管理，制定本方案。\n一、指导思想\n坚持安全第一，加强源头治理。\n二、附则\n"
        "本方案自印发之日起施行。\n本方案所称燃气，是指天然气和液化石油气。"
    )
    assert said(body, tmp_path) == []


def test_a_dated_aim_is_a_task(tmp_path: Path) -> None:
    body = "一、工作目标\n安全意识显著增强；2025年6月底前，燃气管网隐患全部清零，安全水平明显提升。"
    assert said(body, tmp_path) == [("燃气管网隐患全部清零", "2025-06-30")]


def test_every_sentence_that_asks_is_a_task(tmp_path: Path) -> None:
    body = CHAPTER + "1. 强化燃气监管。按照上级要求，开展一轮排查，提升安全水平。健全台账，8月底前完善机制。"
    assert said(body, tmp_path) == [("开展一轮排查", None), ("健全台账", None), ("完善机制", "2024-08-31")]


def test_a_year_left_out_is_told(tmp_path: Path) -> None:
    task = tasks_of(CHAPTER + "1. 年底前完成改造。", tmp_path)[0]
    assert task.deadline is not None
    assert task.deadline.date == "2024-12-31"
    assert task.deadline.inferred == "年份按成文日期2024-03-01推算"


def test_a_bare_year_end_is_taken_from_the_title() -> None:
    zhumadian = SHIPPED["zhumadian-2024-7"]
    deadline = next(task.deadline for task in of(zhumadian, "三/14") if task.deadline)
    assert (deadline.text, deadline.date, deadline.inferred) == (
        "年底前",
        "2024-12-31",
        "年份取自文件标题的2024年",
    )


def test_a_year_of_the_past_or_of_a_plan_is_no_deadline() -> None:
    for task in tasks(XIANGCHENG):
        assert task.deadline is None or "2023" not in task.deadline.text


def test_a_bracket_closes_over_the_sentences_before_it(tmp_path: Path) -> None:
    body = CHAPTER + "1. 开展一次排查。（县商务局负责）组织一次培训。（县人社局牵头，县住建局配合）"
    assert units_of(body, tmp_path) == [["县商务局"], ["*县人社局", "县住建局"]]


def test_labelled_lines_say_who_and_by_when(tmp_path: Path) -> None:
    body = (
        CHAPTER
        + "1. 开展管网改造。\n牵头单位：县住建局；配合单位：县财政局、县发改委；完成时限：2024年12月底\n"
        "2. 整改重大隐患（责任单位：县应急局；完成时限：立即整改）。"
    )
    assert units_of(body, tmp_path) == [["*县住建局", "县财政局", "县发改委"], ["县应急局"]]
    assert said(body, tmp_path) == [("开展管网改造", "2024-12-31"), ("整改重大隐患", "立即整改")]


def test_the_body_whose_members_end_a_list_is_a_unit(tmp_path: Path) -> None:
    body = (
        CHAPTER
        + "1. 开展排查。（县应急局、县公安局等县安委会有关成员单位按职责分工负责）\n2. 整改。（县应急局等部门负责）"
    )
    assert units_of(body, tmp_path) == [["县应急局", "县公安局", "县安委会有关成员单位"], ["县应急局"]]


def test_who_is_to_act_answers(tmp_path: Path) -> None:
    body = (
        "一、保障措施\n各乡镇（街道）、各部门要在2024年3月底前制定方案；每月5日前报送进展。"
        "由县住建局牵头，县公安局配合，10月底前出台管理办法。"
    )
    assert said(body, tmp_path) == [
        ("制定方案", "2024-03-31"),
        ("报送进展", "每月5日前"),
        ("出台管理办法", "2024-10-31"),
    ]
    assert units_of(body, tmp_path) == [
        ["各乡镇（街道）", "各部门"],
        ["各乡镇（街道）", "各部门"],
        ["*县住建局", "县公安局"],
    ]
    assert tasks_of(body, tmp_path)[1].frequency is not None


def test_firms_are_supervised_not_charged(tmp_path: Path) -> None:
    body = CHAPTER + "1. 各生产经营单位要建立台账。"
    assert units_of(body, tmp_path) == [[]]


def test_a_standing_note_holds_for_what_follows_in_its_chapter(tmp_path: Path) -> None:
    body = (
        CHAPTER + "1. 开展排查。（县应急局牵头；各乡镇政府负责，以下均需各乡镇政府负责，不再列出）\n"
        "2. 组织培训。（县人社局负责）\n二、保障措施\n1. 加强宣传。（县委宣传部负责）"
    )
    assert [[unit.text for unit in task.standing] for task in tasks_of(body, tmp_path)] == [
        [],
        ["各乡镇政府"],
        [],
    ]


def test_headings_speak_for_what_is_below(tmp_path: Path) -> None:
    body = (
        "一、工作步骤\n（一）动员部署阶段（2024年4月底前）。\n1. 各乡镇制定方案。\n2. 召开会议。\n"
        "（二）开展宣传（县委宣传部负责）\n1. 张贴标语。\n2. 播放短片。"
    )
    assert said(body, tmp_path)[:2] == [("制定方案", "2024-04-30"), ("召开会议", "2024-04-30")]
    assert units_of(body, tmp_path)[2:] == [["县委宣传部"], ["县委宣传部"]]


def test_a_line_behind_a_list_names_the_units_of_all_its_items(tmp_path: Path) -> None:
    body = CHAPTER + "（一）完善预案\n1. 加强预案管理。\n2. 组织演练。\n（责任单位：县应急局、县公安局）"
    assert units_of(body, tmp_path) == [["县应急局", "县公安局"]] * 2


def test_words_that_only_say_by_when_complete_the_sentence_before(tmp_path: Path) -> None:
    body = CHAPTER + "1. 建设应急广播系统。2024年底前完成。\n2. 纳入在线监管，6月底前完成并录入平台。"
    assert said(body, tmp_path) == [
        ("建设应急广播系统", "2024-12-31"),
        ("纳入在线监管，6月底前完成并录入平台", "2024-06-30"),
    ]


def test_one_deadline_for_all_parts_of_a_sentence(tmp_path: Path) -> None:
    body = CHAPTER + "1. 2024年底前，完成管网改造；建成监测平台；组织一次演练。开展宣传。"
    assert [date for _, date in said(body, tmp_path)] == ["2024-12-31"] * 3 + [None]


def test_a_notice_asks_only_what_it_sets_a_time_for(tmp_path: Path) -> None:
    assert tasks_of("一、总体要求\n坚持安全第一。", tmp_path) == ()


def test_the_law_s_general_rules_are_no_tasks(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_text(
        "燃气管理条例\n第一章 总则\n第一条 为了加强管理，制定本条例。\n第二条 燃气经营者应当建立台账。\n"
        "第三条 县应急管理局应当每年组织一次检查。\n",
        encoding="utf-8",
    )
    found = tasks(read_document(path, catalogue=Catalogue()))
    assert [task.clause_id.partition("#")[2].rpartition("/")[2] for task in found] == ["第三条"]


def test_no_duties_are_sought_in_a_text_without_lines(tmp_path: Path) -> None:
    duty, long = "县公安局每月检查。", "持续加强安全生产。"
    assert len(tasks_of(f"{CHAPTER}1.{duty}\n2.{duty}{long}\n", tmp_path)) == 3
    found = tasks_of(f"{CHAPTER}1.{duty}\n2.{duty}{long * (LONGEST // len(long) + 1)}\n3.{duty}\n", tmp_path)
    assert [task.clause_id.rpartition("/")[2] for task in found] == ["1", "3"]
