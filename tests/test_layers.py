"""Data walks corpus → index → rag → ui; imports only point back along it, and stages know nothing of one another."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "index", "rag", "ui", "eval")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "rag": {"corpus", "index", "rag"},
    "ui": {"corpus", "index", "rag", "ui"},
    "eval": {"corpus", "index", "rag", "eval"},
}
FACE = Path("ui/cli.py")
STAGES = (
    "retrieve",
    "fuse",
    "rerank",
    "reconsider",
    "quote",
    "decide",
    "cross",
    "copies",
    "arrange",
    "differ",
    "cite",
    "masthead",
    "verify",
)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def sources(room: str) -> list[Path]:
    return sorted(ROOT.joinpath(room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_imports_only_point_back(room: str) -> None:
    assert sources(room)
    for path in sources(room):
        allowed = set(MAY_IMPORT[room])
        if path.relative_to(ROOT) == FACE:
            allowed.add("eval")
        rooms = {name.split(".")[0] for name in imported(path)} & set(ROOMS)
        assert rooms <= allowed, f"{path} imports {rooms - allowed}"


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_one_another(stage: str) -> None:
    others = {f"rag.{other}" for other in STAGES if other != stage}
    assert not imported(ROOT / "rag" / f"{stage}.py") & others


def test_faiss_is_behind_one_file() -> None:
    users = [
        path
        for room in ROOMS
        for path in sources(room)
        if any(n.split(".")[0] == "faiss" for n in imported(path))
    ]
    assert [path.relative_to(ROOT) for path in users] == [Path("index/dense.py")]


def test_no_catch_all_modules() -> None:
    names = {path.stem for room in ROOMS for path in sources(room)}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc"}
