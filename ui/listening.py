"""A port to serve on, taken before anything heavy is imported."""

from __future__ import annotations

import errno
import socket

from rag.errors import RagError

BACKLOG = 128
"""Connections that may wait to be accepted."""
HIGHEST_PORT = 65_535


class ListenError(RagError):
    """An address that cannot be served on."""

    type = "address"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host:port`, any free port for 0. Raises ListenError when it can't."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        reason = "port in use" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
        reason_zh = "端口已被占用" if error.errno == errno.EADDRINUSE else reason
        raise ListenError(
            f"cannot listen on {host}:{port} ({reason}); choose another with --port or --host",
            f"不能在 {host}:{port} 上监听（{reason_zh}）；请用 --port 换一个端口，例如 --port {port % HIGHEST_PORT + 1}",
        ) from error
    return listener
