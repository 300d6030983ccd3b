"""What is due by a day: to complete, to establish, to report, to carry on; told by the words around the date."""

from __future__ import annotations

import re
from typing import Final, Literal, cast

DeadlineRole = Literal["complete", "establish", "report", "continue", "start"]

_ROLE_REACH: Final = 60
"""How far from a date the verb stands that says what is due, in characters (20–120)."""
SENTENCE_END: Final = re.compile("[。；;！!？?\n\t]")
_DUTIES: Final = re.compile(
    "(?P<report>报送|上报|备案|报告|提交(?!的)|报[^，。；\t\n]{1,12}(?:备案|审批|审核))"
    "|(?P<establish>成立|出台(?!后)|(?:建[立设成]|健全|完善|形成|制定|构建|编制)"
    "(?=[^。；\t\n]{0,40}?(?:机制|制度|体系|办法|规定|细则|标准|方案|预案|目录|清单|台账|专班)))"
    "|(?P<continue>持续|常态化(?!.{0,8}机制)|长期|不断)"
    "|(?P<complete>完成|实现|消除|清[退零理]|整改|录入|建成|淘汰|覆盖|达到|全部|推[进动]|遏制|取得|打造|基本|修订)"
)


def due_role(text: str, start: int, end: int) -> DeadlineRole:
    """What is due, told by the first verb after the date; for a date alone in its cell, by the cell before."""
    stop = SENTENCE_END.search(text, end, end + _ROLE_REACH)
    duty = _DUTIES.search(text, end, stop.start() if stop else end + _ROLE_REACH)
    if duty is None and text[start - 1 : start] == "\t":
        cell = max(text.rfind("\t", 0, start - 1), text.rfind("\n", 0, start - 1)) + 1
        duty = _DUTIES.search(text, max(cell, start - _ROLE_REACH), start)
    return cast(DeadlineRole, duty.lastgroup) if duty else "complete"
