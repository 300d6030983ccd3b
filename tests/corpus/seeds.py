"""Small honest files of each format that is read without another program."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.corpus.hostile import ofd, sheet, simple_pdf, word

RICH = """<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>甲乙县安全生产条例</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>第一条　为了安全，</w:t><w:tab/>
<w:sym w:font="Wingdings" w:char="F0FE"/><w:br/><w:noBreakHyphen/></w:r><w:ins><w:r><w:t>加上。</w:t></w:r></w:ins>
<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>
<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>一、总体要求</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>责任单位</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>县应急局</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>2024年底前</w:t></w:r></w:p>
</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>
<w:p><w:r><w:t>2024年3月25日</w:t></w:r></w:p>"""
PAGE = """<html><head><meta charset="utf-8"><title>条例</title><style>p{color:red}</style></head><body>
<h1>甲乙县安全生产条例</h1>
<p>第一条　为了<b>安全</b>，制定&nbsp;本条例。<br>第二款。</p><ol><li>甲</li><li value="7">乙</li></ol>
<table><tr><th rowspan=2>责任单位</th><td colspan="2">县应急局</td></tr><tr><td>一</td><td>二</td></tr></table>
<script>alert(1)</script><!-- 注 --><div><p>一、总体要求<div>（一）加强领导。</div></p></div></body></html>"""
TEXT = """# 甲乙县安全生产委员会文件
甲安委〔2024〕5号
关于印发《甲乙县安全生产治本攻坚三年行动
实施方案》的通知
各乡镇人民政府：
一、总体要求
（一）加强领导。县应急管理局牵头负责，2024年底前完成；
1.开展检查。每季度不少于3次。
— 1 —
| 序号 | 任务 | 时限 |
|---|---|---|
| 1 | 排查 | 6月底 |
甲\t乙\t丙
丁\t\t戊
第十二条　施行。
附件1：任务清单
\f2024年3月25日"""
MAIL = f"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

{PAGE}
--b--
"""

SEEDS: Mapping[str, bytes] = MappingProxyType(
    {
        "a.docx": word(RICH), "a.xlsx": sheet("第一条"), "a.ofd": ofd("第一条"), "a.pdf": simple_pdf(),
        "a.html": PAGE.encode(), "b.html": PAGE.replace("utf-8", "gb2312").encode("gb18030"), "a.md": TEXT.encode(),
        "a.txt": TEXT.encode("gb18030"), "b.txt": TEXT.encode("utf-16"), "a.mht": MAIL.encode(),
    }
)  # fmt: skip
"""Honest files of each format that is read without another program."""
