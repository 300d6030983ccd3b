"""Web pages into lines: charsets, the main part, headings, lists, tables, and what hostile pages do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.web import read_web

SENTENCE = "坚持人民至上、生命至上，全面落实安全生产责任制，深入开展治本攻坚行动，着力消除重大事故隐患。"
BODY = "".join(f"<p>{numeral}、{SENTENCE}</p>" for numeral in "一二三四五六")
LINES = [f"{numeral}、{SENTENCE}" for numeral in "一二三四五六"]


def read(page: str) -> list[str]:
    return read_web(page.encode(), "page.html").text.split("\n")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("gb2312", "utf-8"),
        ("big5", "big5"), ("rot13", "gb18030"), ("no-such", "gb18030"), ("utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_charset(declared: str, encoding: str) -> None:
    words = "安全生產" if encoding == "big5" else "㐀安全"
    page = f'<html><head><meta charset="{declared}"></head><p>{words}</p></html>'
    assert read_web(page.encode(encoding), "page.html").text == words


def test_a_byte_the_declared_charset_lacks_is_marked() -> None:
    page = '<meta charset="big5"><p>安全'.encode("big5") + b"\xff</p>"
    assert read_web(page, "page.html").text == "安全\ufffd"


def test_bytes_of_no_charset_are_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^page\.html: byte \d+ is neither"):
        read_web(b"<p>\xff\xff\xff", "page.html")


def test_blocks_breaks_and_headings() -> None:
    page = "<h1>通\n知</h1><div>各单位：<br>请  落实<b>好</b>。<!-- 注 -->谢谢</div><h3></h3>尾<hr>&nbsp;&lt;完&gt;&#12290;"
    assert read(page) == ["# 通 知", "各单位：", "请 落实好。谢谢", "尾", "<完>。"]


def test_what_shows_no_words_is_left_out() -> None:
    page = (
        "<script>var a</script><style>p{}</style><p>见</p><p hidden>甲</p><p style='DISPLAY : none'>乙</p>"
        "<p aria-hidden=true>丙</p><button>打印</button><select><option>丁</select><template>戊</template>"
        "<noscript>己</noscript>"
        "<del>庚</del><ruby>字<rt>zì</rt></ruby>"
    )
    assert read(page) == ["见", "字"]


def test_preformatted_lines_stay() -> None:
    assert read("<pre>甲\n  乙  丙\n\n丁</pre>戊\n己") == ["甲", "  乙  丙", "丁", "戊 己"]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<ol><li>甲<li><p>乙</p><p>续</p></ol>", ["1. 甲", "2. 乙", "续"]),
        ("<ol start=3 type=a><li>甲<li value=7>乙<li>丙</ol>", ["c. 甲", "g. 乙", "h. 丙"]),
        ("<ol type=I start=4><li>甲<li>乙</ol>", ["IV. 甲", "V. 乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style: none'><li>甲</ol>", ["甲"]),
        ("<ol><li>一、甲<li>第二条　乙<li></ol>", ["一、甲", "第二条\u3000乙"]),
        ("<ul><li>甲<ol><li>乙</ol><li>丙</ul>", ["甲", "1. 乙", "丙"]),
        ("<li>甲<ol start=x><li value=-1>乙</ol>", ["甲", "-1. 乙"]),
    ],
)
def test_numbers_of_lists_are_written_out(page: str, lines: list[str]) -> None:
    assert read(page) == lines


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><th>甲<th>乙<tr><td>丙<td>", ["甲\t乙", "丙\t"]),
        ("<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁", ["甲\t乙\t", "\t丙\t丁"]),
        ("<tr><td>甲<td rowspan=0>乙<tr><td>丙<tr><td>丁", ["甲\t乙", "丙\t", "丁\t"]),
        ("<tr><td><p>甲<p>乙<br>丙<td>丁\n戊", ["甲  乙  丙\t丁 戊"]),
        (
            "<tr><td>甲<td>乙<table><tr><td>内一<td>内二</table><tr><td>丙<td>丁",
            ["甲\t乙  内一  内二", "丙\t丁"],
        ),
        ("<caption>表一</caption><thead><tr><td>甲<td>乙<tbody><tr><td><td>", ["表一", "甲\t乙"]),
        ("<tr><td>甲<td>乙<h2>丙</h2>", ["甲\t乙  丙"]),
        ("<tr><td>甲<td><ol><li>乙<li>丙</ol>", ["甲\t1. 乙  2. 丙"]),
    ],
)
def test_tables_are_rows_of_cells(table: str, rows: list[str]) -> None:
    assert read(f"<table>{table}</table>") == rows


def test_tables_that_only_place_things_are_blocks() -> None:
    page = f"<table><tr><td><a href=x>菜单</a></td><td>{BODY * 4}</td></tr></table>"
    assert read(page) == LINES * 4
    assert read("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>") == ["甲", "乙"]


SITE = """<!DOCTYPE html><html><head><meta name="ArticleTitle" content="云溪市安全生产治本攻坚行动方案"></head><body>
<div class="top-bar"><a href="/">首页</a><a href="/open">政务公开</a></div><nav><span>导航</span></nav>
<div class="crumbs">您的位置：首页 &gt; 通知公告</div>
<div class="wrap"><h2>云溪市安全生产治本攻坚行动方案</h2><div>发布时间：2024-03-25　来源：市安委办　<span>浏览：12</span>
</div><table><tr><td>索引号</td><td>001</td></tr><tr><td>文号</td><td>云安委〔2024〕5号</td></tr></table>
<div id="zoom">{body}</div>
<div class="share"><span>分享到：</span></div><div>相关链接</div>
<ul><li><a href="y">关于开展检查的通知</a> 2024-01-01</li></ul></div>
<div class="footer">版权所有：云溪市人民政府　网站标识码：4100000001</div></body></html>"""


def test_the_main_part_of_a_site_page() -> None:
    assert read(SITE.replace("{body}", BODY)) == [
        "# 云溪市安全生产治本攻坚行动方案",
        "云安委〔2024〕5号",
        *LINES,
    ]


@pytest.mark.parametrize(
    "beside",
    [
        "<div>附件：分工表</div>", "<div>2024年3月25日</div>", "<p>云溪市人民政府</p>", "<div>七、附则</div>",
        "<div>本方案由市安委办负责解释，自印发之日起施行。</div>", "<table><tr><td>序号<td>任务<tr><td>1<td>检查</table>",
    ],
)  # fmt: skip
def test_text_beside_the_largest_block_is_kept(beside: str) -> None:
    lines = read(f"<div>{BODY}</div>{beside}")
    assert lines[: len(LINES)] == LINES
    assert len(lines) > len(LINES)


def test_a_block_called_a_menu_that_holds_the_text_is_kept() -> None:
    assert read(f"<div class=menu>{BODY}</div>") == LINES
    assert read(f"<footer>{BODY}</footer>") == LINES
    assert read(f"<div>{BODY}</div><aside>第七条　本办法自发布之日起施行。</aside>")[-1].startswith("第七条")


def test_a_document_shown_from_another_file_is_told() -> None:
    decoded = read_web(
        b'<p>x<iframe src="/files/plan.PDF?v=1"></iframe><iframe src="/ad.html"></iframe>', "a.html"
    )
    assert [(flaw.kind, flaw.detail) for flaw in decoded.flaws] == [
        ("part_left_out", "页面中嵌入的文件未读取：/files/plan.PDF?v=1")
    ]


def test_pages_nested_without_end_are_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^deep\.html: elements are nested thousands deep.*$"):
        read_web(b"<div>" * 100_000 + b"x", "deep.html")
    assert read("<div>" * 200 + "深" + "</div>" * 200 + "浅") == ["深", "浅"]


@pytest.mark.parametrize("content", [b"", b"   ", b"<html></html>", b"<!-- -->", b"\xef\xbb\xbf"])
def test_pages_without_words_are_empty(content: bytes) -> None:
    assert read_web(content, "a.html").text == ""


TAGS = st.sampled_from(
    [
        "div",
        "p",
        "br",
        "table",
        "tr",
        "td",
        "th",
        "ol",
        "li",
        "pre",
        "h1",
        "h7",
        "a",
        "b",
        "script",
        "main",
        "nav",
        "caption",
    ]
)
PIECES = st.one_of(
    st.tuples(
        TAGS, st.sampled_from(["", " colspan=9", " rowspan=0", " hidden", " start=5", " class=menu"])
    ).map(lambda made: f"<{made[0]}{made[1]}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(["第一条 为了。", "甲\t乙", "\n", "&nbsp;", "<!--", "-->", "<![CDATA[", "\x00", "<"]),
)


@given(st.lists(PIECES, max_size=40))
def test_any_tags_become_lines(pieces: list[str]) -> None:
    for line in read_web("".join(pieces).encode(), "any.html").text.split("\n"):
        assert line == "" or line.strip("\t ")
