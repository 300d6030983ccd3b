"""What goes wrong over HTTP, told as RFC 9457 problem details: one stable `type` for each kind."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from corpus.errors import CorpusError
from index.errors import HomeLockedError, HomeWriteError, IndexingError
from rag.api.opening import NotReadyError
from rag.errors import RagError

MEDIA_TYPE = "application/problem+json"
TYPE_ROOT = "/problems/"
SECONDS_TO_RETRY = 2
LONGEST_ECHO = 120
"""Characters of a refused value that are shown back."""

KINDS: Mapping[str, tuple[int, str]] = {
    "bad-question": (422, "The question or its options cannot be read 问题或选项有误"),
    "unknown-document": (404, "No document has this id 没有这个文件"),
    "unknown-clause": (404, "No clause has this id 没有这个条款"),
    "unknown-place": (404, "No document is about this place 没有这个地区的文件"),
    "unknown-unit": (404, "No duty names this unit 没有任务提到这个单位"),
    "bad-filter": (422, "The filters contradict one another 筛选条件有误"),
    "unauthorized": (401, "This needs the admin key 需要管理密钥"),
    "forbidden": (403, "Documents cannot be changed from here 不能从这里改动文件"),
    "no-page": (404, "The document has no such page 文件没有这一页"),
    "already-held": (409, "A held document has the same number or title 已有同文号或同标题的文件"),
    "unreadable": (422, "Nothing could be read 文件读不了"),
    "locked": (423, "Another writer is changing the documents 另一个进程正在改动文件"),
    "disk-full": (507, "The disk is full 磁盘已满"),
    "malformed-json": (400, "The request is not JSON 请求不是合法的 JSON"),
    "invalid-request": (422, "The request does not fit the schema 请求不符合约定"),
    "too-large": (413, "The request is too large 请求过大"),
    "not-ready": (503, "The documents are still being prepared 文件正在准备"),
    "not-found": (404, "Nothing is found at this address 没有这个地址"),
    "method-not-allowed": (405, "This address does not take this method 该地址不支持此方法"),
    "http-error": (400, "The request cannot be served 请求无法处理"),
    "home": (503, "The home cannot be used 数据目录不能使用"),
    "internal-error": (500, "The server failed 服务出错"),
}
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says when there is no room left."""
BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}

log = logging.getLogger(__name__)


class Mismatch(BaseModel):
    """One part of a request that is not as expected."""

    where: str = Field(description="path into the request, for example body.top_k")
    got: str = Field(description="what was sent, shortened")
    expected: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(
        description="stable name of the kind of problem", examples=["/problems/unknown-document"]
    )
    title: str
    status: int
    detail: str
    detail_zh: str | None = None
    errors: list[Mismatch] = []


class ProblemError(Exception):
    """A problem that a route tells of itself. `kind` is a key of `KINDS`."""

    def __init__(
        self,
        kind: str,
        detail: str,
        detail_zh: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.detail_zh, self.headers = kind, detail, detail_zh, headers


def shown(value: object) -> str:
    """A value as it can be shown back: short, on one line, and fit for UTF-8.

    >>> shown("x" * 500)[-9:]
    'xxxxxxxx…'
    """
    text = value if isinstance(value, str) else repr(value)
    short = text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"
    return whole(" ".join(short.split()))


def whole(text: str) -> str:
    r"""A message as UTF-8 can carry it: a question may hold half of a surrogate pair.

    >>> whole("问\ud800")
    '问?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def problem_response(
    kind: str,
    detail: str,
    detail_zh: str | None = None,
    *,
    errors: Sequence[Mismatch] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for a problem of this kind."""
    status, title = KINDS[kind]
    problem = Problem(
        type=TYPE_ROOT + kind,
        title=title,
        status=status,
        detail=detail,
        detail_zh=detail_zh,
        errors=list(errors),
    )
    content = problem.model_dump(exclude_defaults=True)
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def _mismatch(error: Mapping[str, Any]) -> Mismatch:
    where = ".".join(shown(str(part)) for part in error["loc"])
    got = "nothing" if error["type"] == "missing" else shown(error.get("input"))
    return Mismatch(where=where, got=got, expected=error["msg"])


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    if errors and errors[0]["type"] == "json_invalid":
        reason, at = errors[0].get("ctx", {}).get("error", "syntax error"), errors[0]["loc"][-1]
        return problem_response(
            "malformed-json",
            f"got a body that is not JSON ({reason}, character {at}), expected a JSON object",
            "请求正文不是合法的 JSON",
        )
    mismatches = [_mismatch(each) for each in errors]
    first = mismatches[0]
    return problem_response(
        "invalid-request",
        f"{first.where}: got {first.got}, expected: {first.expected}",
        f"{first.where} 有误",
        errors=mismatches,
    )


async def _rag(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RagError)
    kind = "disk-full" if is_full(error) else error.type if error.type in KINDS else "internal-error"
    return problem_response(kind, whole(error.message), whole(error.message_zh))


async def _home(_request: Request, error: Exception) -> JSONResponse:
    return problem_response("home", whole(str(error)), "数据目录不能使用，详见说明")


async def _system(request: Request, error: Exception) -> JSONResponse:
    return await (_unwritable if is_full(error) else _internal)(request, error)


async def _unwritable(_request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, HomeLockedError):
        retry = {"Retry-After": str(SECONDS_TO_RETRY)}
        return problem_response(
            "locked", whole(str(error)), "另一个进程正在改动文件，请稍候再试", headers=retry
        )
    if is_full(error):
        return problem_response("disk-full", whole(str(error)), "磁盘已满，什么也没有改动；请腾出空间再试")
    return await _home(_request, error)


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what made it, is that the disk or a quota is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        error = error.__cause__
    return False


async def _told(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)
    return problem_response(error.kind, error.detail, error.detail_zh, headers=error.headers)


async def _not_ready(_request: Request, error: Exception) -> JSONResponse:
    retry = {"Retry-After": str(SECONDS_TO_RETRY)}
    return problem_response("not-ready", str(error), "文件正在准备，请稍候再试", headers=retry)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if is_full(error):  # while the body was put down
        return await _unwritable(request, error)
    kind = BY_STATUS.get(error.status_code, "http-error")
    detail = f"{request.method} {shown(request.url.path)}: {error.detail}"
    return problem_response(kind, detail, headers=error.headers)


async def _internal(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(
        "internal-error", "an unexpected error, see the server's log", "服务内部出错，详见日志"
    )


def install(app: FastAPI) -> None:
    """Makes every error of `app` a problem document; none shows a traceback."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(RagError, _rag)
    app.add_exception_handler(CorpusError, _home)
    app.add_exception_handler(IndexingError, _home)
    app.add_exception_handler(HomeLockedError, _unwritable)
    app.add_exception_handler(HomeWriteError, _unwritable)
    app.add_exception_handler(OSError, _system)
    app.add_exception_handler(ProblemError, _told)
    app.add_exception_handler(NotReadyError, _not_ready)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)
