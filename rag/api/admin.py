"""Who may change documents: whoever knows the key; without a key, the machine that the server runs on alone."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any, Self
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection

from rag.api.problems import ProblemError

SCHEME = "bearer"
FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
"""Headers that say that someone else asks through a proxy on this machine."""
SET_A_KEY_ZH = "请用环境变量 YIJU_ADMIN_KEY 设置管理密钥后重新启动"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the address the connection comes from, and the headers, their names in lower case."""

    host: str
    headers: Mapping[str, str]

    @classmethod
    def of(cls, connection: HTTPConnection) -> Self:
        """Who is at the other end of a connection."""
        host = connection.client.host if connection.client else ""
        return cls(host, {name.lower(): value for name, value in connection.headers.items()})


@dataclass(frozen=True, slots=True)
class Admin:
    """Decides who may change documents.

    `key` is the one that changes ask for, "" for none. `listens_locally` says that the server is reached from its own
    machine alone; without that and without a key nobody may change anything.
    """

    key: str = field(default="", repr=False)
    listens_locally: bool = False

    def knows(self, said: str) -> bool:
        """Whether `said` is the key, compared in constant time."""
        return bool(self.key) and hmac.compare_digest(
            said.encode("utf-8", "replace"), self.key.encode("utf-8")
        )

    def check(self, caller: Caller) -> None:
        """Raises ProblemError, 401 without the right key where one is set, 403 where changes are open to nobody here."""
        if not self.key:
            self.check_local(caller)
            return
        scheme, _, said = caller.headers.get("authorization", "").partition(" ")
        if scheme.lower() != SCHEME or not self.knows(said.strip()):
            raise ProblemError(
                "unauthorized",
                f"got {'a wrong key' if said else 'no key'}, expected the header Authorization: Bearer KEY",
                "管理密钥不对" if said else "需要管理密钥",
                {"WWW-Authenticate": "Bearer"},
            )

    def check_local(self, caller: Caller) -> None:
        """Raises ProblemError (403) unless the server and the caller are on one machine and no other page sent him."""
        if not self.listens_locally:
            raise _forbidden("the server is reached from other machines", "服务对其他机器开放")
        if not is_loopback(caller.host) or FORWARDED & caller.headers.keys():
            raise _forbidden("the request comes from another machine", "请求来自其他机器")
        if not _is_own_page(caller.headers):
            raise _forbidden("the request was sent by a page of another site", "请求来自其他网站的页面")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether the address asked for is this machine's, and the page that asks, if any, stands at that same address.

    A name that another site let point at this machine is not this machine's name.
    """
    host, origin = headers.get("host", ""), headers.get("origin")
    try:
        named = urlsplit(f"//{host}").hostname or ""
        asking = urlsplit(origin).netloc if origin is not None else host
    except ValueError:
        return False
    return is_loopback(named) and asking.lower() == host.lower()


def _forbidden(reason: str, reason_zh: str) -> ProblemError:
    return ProblemError(
        "forbidden",
        f"{reason} and no admin key is set, expected one; set YIJU_ADMIN_KEY and start the server again",
        f"没有设置管理密钥，{reason_zh}，不能改动文件；{SET_A_KEY_ZH}",
    )


def admin_of(request: Request) -> Admin:
    """What decides at this app."""
    admin: Admin = request.app.state.admin
    return admin


class AdminRoute(APIRoute):
    """A route that may change documents: who asks is checked before any of the body is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the check."""
        handler = super().get_route_handler()

        async def checked(request: Request) -> Response:
            admin_of(request).check(Caller.of(request))
            return await handler(request)

        return checked
