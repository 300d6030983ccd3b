import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import deadlines

PLAN = (2024, 2026)
YEAR = (2024, 2024)
ISSUED = "2024-03-26"

# text, years, [(words, day, role)]
FOUND = [
    ("（三）总结提升阶段（2026年12月）。", PLAN, [("2026年12月", "2026-12-31", "complete")]),
    ("完成时限：2024年12月", PLAN, [("2024年12月", "2024-12-31", "complete")]),
    ("时间安排：2024年二季度", PLAN, [("2024年二季度", "2024-06-30", "complete")]),
    ("完成时限：长期坚持", PLAN, [("长期坚持", None, "continue")]),
    ("2024年6月完成方案编制", PLAN, [("2024年6月", "2024-06-30", "complete")]),
    ("确保2024年完成改造", PLAN, [("2024年", "2024-12-31", "complete")]),
    ("每周五前报送进展", PLAN, [("每周五前", None, "report")]),
    ("每季度末月25日前报送", PLAN, [("每季度末月25日前", None, "report")]),
    ("2024年底前基本完成全城镇“瓶改管”改造任务", PLAN, [("2024年底前", "2024-12-31", "complete")]),
    ("到2025年底前，基本形成“一城一企”的经营格局", PLAN, [("2025年底前", "2025-12-31", "complete")]),
    ("2025年底以前，实现全覆盖执法检查", PLAN, [("2025年底以前", "2025-12-31", "complete")]),
    ("2024年6月底前建成“一芯一码一平台”", PLAN, [("2024年6月底前", "2024-06-30", "complete")]),
    ("配合市消防救援大队在2024年6月底前完成", PLAN, [("2024年6月底前", "2024-06-30", "complete")]),
    ("到2024 年底，建立完善安责险工作体制机制", PLAN, [("2024 年底", "2024-12-31", "establish")]),
    ("6月底前完成信息录入", YEAR, [("6月底前", "2024-06-30", "complete")]),
    ("8 月底前，按照“一矿一案”的方式", YEAR, [("8 月底前", "2024-08-31", "complete")]),
    ("年底前完成吴桂桥煤矿重大灾害风险防控项目建设工作", YEAR, [("年底前", "2024-12-31", "complete")]),
    ("2024年主汛期前，搬迁不到位，及时推进闭库治理", YEAR, [("2024年主汛期前", None, "complete")]),
    ("2024年上半年基本消除2023年及以前排查发现的存量", PLAN, [("2024年上半年", "2024-06-30", "complete")]),
    ("要在2024年3月30日前制定本辖区实施方案", PLAN, [("2024年3月30日前", "2024-03-30", "establish")]),
    ("要在3月底前成立相应的工作专班", PLAN, [("3月底前", "2024-03-31", "establish")]),
    (
        "其中：2024年，重点开展集中培训；2025年，重点开展集中培训",
        PLAN,
        [("2024年", "2024-12-31", "complete"), ("2025年", "2025-12-31", "complete")],
    ),
    (
        "经验做法，2024年推动开展试点。2025年依据《规范》",
        PLAN,
        [("2024年", "2024-12-31", "complete"), ("2025年", "2025-12-31", "complete")],
    ),
    ("2026年底安全生产风险智能化管控能力显著增强", PLAN, [("2026年底", "2026-12-31", "complete")]),
    ("完成集中培训\t2024年底\t县应急管理局", PLAN, [("2024年底", "2024-12-31", "complete")]),
    ("形成常态化机制\t2024年\t县应急管理局", PLAN, [("2024年", "2024-12-31", "establish")]),
    ("持续推进安全宣传\t各年度序时推动\t县妇联", PLAN, [("各年度序时推动", None, "continue")]),
    ("二〇二四年六月三十日前报县安委会备案", PLAN, [("二〇二四年六月三十日前", "2024-06-30", "report")]),
    ("自印发之日起30日内报送", PLAN, [("印发之日起30日内", "2024-04-25", "report")]),
    ("应当自受理之日起二十日内作出决定", None, [("受理之日起二十日内", None, "complete")]),
    ("应当在接到报告后24小时内处理", None, [("接到报告后24小时内", None, "complete")]),
    ("在10个工作日内答复", None, [("10个工作日内", None, "complete")]),
    ("本办法自2024年5月1日起施行", None, [("2024年5月1日起", "2024-05-01", "start")]),
    ("2024年4月至6月底开展自查", PLAN, [("2024年4月至6月底", "2024-06-30", "complete")]),
    ("有效期至2025年12月31日。", None, [("2025年12月31日", "2025-12-31", "complete")]),
    ("每年3月底前报告", PLAN, [("每年3月底前", None, "report")]),
    ("每月5日前报送", PLAN, [("每月5日前", None, "report")]),
    ("2024年第一季度完成", PLAN, [("2024年第一季度", "2024-03-31", "complete")]),
    ("2024年2月底前完成", None, [("2024年2月底前", "2024-02-29", "complete")]),
    ("到2026年，全县建成", PLAN, [("2026年", "2026-12-31", "complete")]),
]


@pytest.mark.parametrize(("text", "years", "expected"), FOUND, ids=[case[0][:16] for case in FOUND])
def test_finds(text: str, years: tuple[int, int] | None, expected: list[tuple[str, str | None, str]]) -> None:
    found = deadlines(text, years=years, issued=ISSUED)
    assert [(text[one.start : one.end], one.date, one.role) for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "三年行动实施方案（2024—2026年）",
        "襄安委〔2024〕5号",
        "近5年生产安全事故",
        "驻马店市安全生产委员会2024年工作要点",
        "2024年\n工作要点",
        "总结2023行动经验做法",
        "2023年及以前排查发现的重大事故隐患存量",
        "三年行动",
        "开展2024年度县区政府安全生产工作考核",
        "确保2024年各项任务落实到位",
        "13月底前完成",
        "2024年13月底前",
        "2024年2月30日前",
        "襄城县\n\n2024年3月25日\n",
        "“1·12”平顶山事故",
        "截至2023年底，共排查",
        "摸清电气焊底数",
        "近3年内发生",
        "春节前后",
        "119消防宣传月",
        "2024年3月15日，县政府召开会议",
    ],
)
def test_finds_none(text: str) -> None:
    assert deadlines(text, years=PLAN, issued=ISSUED) == ()


def test_says_where_a_year_came_from() -> None:
    (title,) = deadlines("年底前完成", years=YEAR)
    (issued,) = deadlines("3月底前完成", years=PLAN, issued=ISSUED)
    _, sentence = deadlines("2025年底前建成，6月底前报告", years=PLAN, issued=ISSUED)
    (unknown,) = deadlines("年底前完成", years=None)
    (written,) = deadlines("2024年底前完成", years=YEAR)
    assert title.inferred == "年份取自文件标题的2024年"
    assert issued.inferred == "年份按成文日期2024-03-26推算"
    assert (sentence.date, sentence.inferred) == ("2025-06-30", "年份取自同句的2025年")
    assert (unknown.date, unknown.inferred, written.inferred) == (None, None, None)


def test_january_in_a_document_of_december_is_next_year() -> None:
    (one,) = deadlines("1月底前完成", years=None, issued="2024-12-05")
    assert one.date == "2025-01-31"


def test_refuses_a_date_that_is_none() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        deadlines("年底前", years=None, issued="2024年3月")


PIECES = [
    "2024年",
    "2025年底",
    "6月",
    "底前",
    "13月",
    "30日",
    "前",
    "至",
    "-",
    "年底前",
    "每年",
    "内",
    "印发之日起",
    "十",
    "二〇二四年",
    "，",
    "。",
    "\t",
    "\n",
    "完成",
    "季度",
    "上半年",
    " ",
    "起",
    "24时",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_spans_are_in_order_and_days_are_real(text: str) -> None:
    found = deadlines(text, years=PLAN, issued=ISSUED)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        assert one.date is None or date.fromisoformat(one.date)
        end = one.end


@pytest.mark.parametrize(
    "unit", ["2024年", "1月", "年底前", "之日起", "一二三", "6月至", "30日内", "2024年6月底前，", " ", "每年"]
)
def test_long_runs_take_linear_time(unit: str) -> None:
    started = time.perf_counter()
    deadlines(unit * (100_000 // len(unit)), years=PLAN, issued=ISSUED)
    assert time.perf_counter() - started < 6
