"""A home of its own for tests that change documents, and the notices they send."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from rag.api.admin import Admin
from rag.api.app import create_api
from rag.api.opening import Opening
from rag.assistant import Assistant
from tests.rag.held import opened

HERE = "http://127.0.0.1:7860"
KEY = "a-long-enough-key-0123456789"


def notice(deadline: str, number: str = "临安委〔2025〕8号", what: str = "屋顶光伏电站防雷检测") -> str:
    return (
        f"临江县安全生产委员会文件\n{number}\n关于做好{what}工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n"
        f"一、工作目标\n（一）完成{what}。{deadline}前完成全县{what}。（县气象局牵头）\n"
        f"（二）建立台账。每季度更新一次{what}台账。（县发展改革局负责）\n临江县安全生产委员会\n2025年3月5日\n"
    )


OLD, NEW = notice("2025年9月底"), notice("2026年3月底")


@contextmanager
def served(home: Path, admin: Admin, caller: str = "127.0.0.1") -> Iterator[tuple[TestClient, Assistant]]:
    assistant = opened(home)
    app = create_api(Opening.of(assistant), admin)
    with TestClient(app, base_url=HERE, client=(caller, 50_000), raise_server_exceptions=False) as client:
        yield client, assistant


def send(client: TestClient, *files: tuple[str, str | bytes], **options: str) -> Any:
    parts = [("files", (name, content)) for name, content in files]
    return client.post("/v1/documents", files=parts, params=options)


def asked(client: TestClient, question: str = "屋顶光伏电站防雷检测什么时候完成") -> str:
    """All that the citations of the answer say."""
    answer = client.post("/v1/ask", json={"question": question}).json()
    return "\n".join(citation["text"] for citation in answer["citations"])
