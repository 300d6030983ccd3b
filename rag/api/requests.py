"""What is sent to `/v1`, field by field; a field that is not known is refused, never ignored."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from rag.task_query import TaskQuery

LARGEST_BATCH = 100
"""Questions of one batch, at most (1–1,000)."""


def _whole(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"text without half a surrogate pair (character {error.start})") from error
    return text


Text = Annotated[str, AfterValidator(_whole)]
"""Text that UTF-8 can carry; JSON's \\u escapes can spell more."""


def _day(sent: object) -> object:
    # Bare numbers would be read as seconds since 1970.
    if isinstance(sent, str) and _DAY.fullmatch(sent):
        return sent
    if sent is None or isinstance(sent, date):
        return sent
    raise ValueError("a day like 2024-12-31")


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[date, BeforeValidator(_day)]
"""A day as ISO 8601 writes it: 2024-12-31."""
StrictInt = Annotated[int, Field(strict=True)]
StrictBool = Annotated[bool, Field(strict=True)]


class _Request(BaseModel):
    """What is sent: a field that is not known is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Filters(_Request):
    """Where to look; empty means everywhere.

    `units`, `due_from` and `due_to` leave the clauses that lay down a duty of one of the units, due on such a day.
    Documents answer that apply today, or were issued by the day `as_of` and applied on it; those that were repealed or
    replaced only with `include_withdrawn`, or where `documents` names their very id.
    """

    documents: list[Text] = []
    places: list[Text] = []
    units: list[Text] = []
    due_from: date | None = None
    due_to: date | None = None
    as_of: Day | None = None
    include_withdrawn: StrictBool = False

    def duties(self) -> TaskQuery | None:
        """Which duties a clause must lay down, None for no filter of them. Raises BadFilterError."""
        wanted = TaskQuery(units=tuple(self.units), due_from=self.due_from, due_to=self.due_to)
        return wanted if wanted != TaskQuery() else None


class AskRequest(_Request):
    """A question. `context` is the previous question, when this one follows it."""

    question: Text = Field(examples=["瓶改管 deadline?"])
    top_k: StrictInt = Field(5, description="most citations wanted, 1 to 100")
    context: Text | None = None
    filters: Filters = Filters()


class BatchRequest(_Request):
    """Several questions, answered in their order."""

    questions: list[AskRequest] = Field(min_length=1, max_length=LARGEST_BATCH)


class VerifyRequest(_Request):
    """Words that are said to be a quotation."""

    quote: Text = Field(examples=["2024年底前基本完成全城镇"])
