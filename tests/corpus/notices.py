"""Clean-up notices made for tests: lists under headings, running text, and tables."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document


def read(text: str, document_id: str = "made") -> Document:
    """The document that a text of these words is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.txt"
        path.write_text(text, encoding="utf-8")
        return read_document(path, document_id=document_id, catalogue=Catalogue())


LISTED = """\
襄城县人民政府文件
襄政〔2024〕12号
襄城县人民政府关于公布行政规范性文件清理结果的通知
各乡镇人民政府，县政府各部门：
根据《河南省行政规范性文件管理办法》（豫政〔2021〕1号）和《国务院办公厅关于做好规范性文件清理工作的通知》（国办发〔2020〕30号）要求，县政府对截至2023年12月31日的行政规范性文件进行了全面清理。经县政府常务会议研究，决定对《襄城县烟花爆竹管理办法》（襄政〔2012〕8号）等3件文件予以废止，对2件文件宣布失效，1件文件作出修改，2件文件继续有效。现将清理结果公布如下：
一、废止的行政规范性文件（3件）
1.《襄城县烟花爆竹管理办法》（襄政〔2012〕8号）
2.襄城县人民政府关于印发《襄城县城区集中供热管理办法（试行）》的通知（襄政［2015］ 06号）
3.襄城县人民政府办公室关于加强农村消防工作的意见(襄政办[2014]33号)
二、宣布失效的行政规范性文件（2件）
（一）襄城县人民政府关于印发襄城县“十三五”安全生产规划的通知（襄政〔2016〕41号）
（二）《关于开展2018年大气污染防治攻坚战的通知》（襄政办〔2018〕5号）
三、修改的行政规范性文件
将《襄城县行政许可事项管理规定》（襄政〔2019〕3号）第五条修改为：“依照《中华人民共和国行政许可法》办理。”
四、继续有效的行政规范性文件（2件）
1.《襄城县河道采砂管理办法》（襄政〔2020〕11号）
2.《襄城县公共租赁住房管理办法》（襄政〔2021〕2号）
凡废止、失效的文件，自本通知印发之日起停止执行，不再作为行政管理的依据。
本通知自印发之日起施行。
附件：襄城县行政规范性文件清理结果目录
襄城县人民政府
2024年3月1日
"""
"""Lists under headings, one of them with a sentence that amends; the last entry runs into the text behind it."""

TABULATED = """\
新密市人民政府关于公布行政规范性文件清理结果的公告
新政公告〔2023〕4号
经市政府第20次常务会议审议通过，现将清理结果予以公布。
附件：新密市行政规范性文件清理结果目录
新密市人民政府
2023年11月6日
附件
新密市行政规范性文件清理结果目录
序号	文件名称	文号	处理结果
1	新密市人民政府关于印发新密市户外广告管理办法的通知	新密政〔2011〕23号	废止
2	新密市人民政府办公室关于加强燃气安全管理的意见	新密政办〔2016〕7号	继续有效
3	新密市城市养犬管理办法	新密政〔2018〕15号	拟修订
4	新密市人民政府关于禁止露天焚烧秸秆的通告	新密政告〔2015〕2号	宣布失效
5	新密市物业管理实施细则	新密政〔2019〕9号	部分条款修改
"""
"""A table that says of each text what becomes of it."""

TOLD = """\
驻马店市人民政府关于废止部分规范性文件的决定
驻政〔2022〕18号
各县、区人民政府：
为维护法制统一，市政府决定废止《驻马店市城市房屋拆迁管理办法》（驻政〔2004〕52号）、《驻马店市机动车停车收费办法》（驻政办〔2009〕101号）和《驻马店市招标投标管理暂行办法》等3件规范性文件。
此外，《驻马店市农村公路养护办法》（驻政〔2010〕7号）自本决定施行之日起不再执行；《驻马店市防汛应急预案》（驻政办〔2019〕30号）继续有效。
本决定自2022年10月1日起施行。
驻马店市人民政府
2022年9月15日
"""
"""Running text: what is repealed, what is no longer applied, what is kept."""

ANNEXED = """\
岫岩满族自治县人民政府关于宣布失效一批文件的决定
岫政发〔2021〕6号
各乡镇人民政府：
为推进依法行政，县政府决定，对下列文件宣布失效，今后不再作为行政管理的依据。
附件：1.宣布失效的文件目录
2.继续有效的文件目录
岫岩满族自治县人民政府
2021年5月20日
附件1
宣布失效的文件目录
序号	文件标题	发文字号
1	关于加强护林防火工作的通告	岫政发〔2008〕3号
2	关于印发岫岩县玉石矿产资源整治方案的通知	岫政发〔2009〕17号
附件2
继续有效的文件目录
序号	文件标题	发文字号
1	关于印发岫岩县水源保护区管理办法的通知	岫政发〔2013〕21号
"""
"""Two tables without a column of results: the titles of the annexes say it."""
