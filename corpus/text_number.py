"""Numbers of official texts, however their brackets are written."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_OPEN, _CLOSE = r"[〔［\[【（(﹝〈]", r"[〕］\]】）)﹞〉]"
_ISSUER: Final = r"[\u4e00-\u9fffA-Za-z]{1,24}?(?:[（(][\u4e00-\u9fff]{1,8}[）)])?"
NUMBER: Final = re.compile(
    rf"{_ISSUER}\s?{_OPEN}\s?(?:19|20)\d\d年?\s?{_CLOSE}\s?第?\s?\d{{1,5}}\s?号"
    rf"|{_ISSUER}(?:19|20)\d\d年?第?\d{{1,5}}号"
    rf"|[\u4e00-\u9fff]{{0,20}}令?第\s?\d{{1,5}}\s?号(?:令|公告)?"
)
"""A number as it stands in a text: 襄政〔2010〕5号, 国家税务总局公告2018年第31号, 国务院令第362号."""
_PARTS: Final = re.compile(
    r"(?P<issuer>\D*?)\(?(?:(?P<year>(?:19|20)\d\d)年?)?\)?第?0*(?P<count>\d{1,5})号(?:令|公告)?"
)
_BEFORE: Final = re.compile("^(?:以|和|及|与|的|原|文件|根据|按照)")


def plain_number(number: str) -> str:
    """The number written one way: round brackets, no white space, no 第, no leading zeros; as it is where it is none.

    >>> plain_number("襄政办［2010］第05号"), plain_number("襄政办(2010)5号"), plain_number("公告2018年第31号")
    ('襄政办(2010)5号', '襄政办(2010)5号', '公告(2018)31号')
    """
    bare = "".join(unicodedata.normalize("NFKC", number).split())
    bare = re.sub(_CLOSE, ")", re.sub(_OPEN, "(", bare)).replace("〔", "(").replace("〕", ")")
    found = _PARTS.fullmatch(bare)
    if found is None:
        return bare
    issuer = _BEFORE.sub("", found["issuer"])
    return (
        f"{issuer}({found['year']}){found['count']}号" if found["year"] else f"{issuer}第{found['count']}号"
    )


def tells_apart(number: str) -> bool:
    """Whether a number names one text alone: it says its year or, as orders do, who counted.

    >>> tells_apart("襄政〔2010〕5号"), tells_apart("国务院令第362号"), tells_apart("第17号")
    (True, True, False)
    """
    found = _PARTS.fullmatch(plain_number(number))
    return found is not None and bool(
        found["issuer"].strip("第令") and (found["year"] or "令" in found["issuer"])
    )
