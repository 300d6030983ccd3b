"""A small document made by hand, and citations of it."""

from corpus.document import Cell, Clause, Document, SourceMap, Span
from rag.answer import Answer, Citation, Highlight, Understood

TEXT = (
    "关于<b>燃气</b>的通知\n"
    "一、主要任务\n"
    "1.统筹推进“瓶改管”工作，2024年底前基本完成改造任务。（县住建局负责）\n"
    "2.每季度自查一次 & 上报。\n"
    "换管\t完成时间2025年\t"
)


def _clause(name: str, kind: str, words: str, path: tuple[str, ...], cells: tuple[Cell, ...] = ()) -> Clause:
    start = TEXT.index(words)
    labels = tuple(step[:2] for step in path)
    heading_end = start + len(words) if kind in {"title", "heading"} else start
    return Clause(f"demo#{name}", kind, path, labels, start, start + len(words), None, heading_end, cells)  # type: ignore[arg-type]


ROW_AT = TEXT.index("换管\t")
CELLS = (
    Cell("任务", "换管", Span(ROW_AT, ROW_AT + 2)),
    Cell("时限", "完成时间2025年", Span(ROW_AT + 3, ROW_AT + 12)),
    Cell("备注", "", Span(ROW_AT, ROW_AT)),
)
CLAUSES = (
    _clause("head", "title", "关于<b>燃气</b>的通知", ()),
    _clause("一", "heading", "一、主要任务", ("一、主要任务",)),
    _clause("一/1", "item", TEXT.splitlines()[2], ("一、主要任务", "1.")),
    _clause("一/2", "item", TEXT.splitlines()[3], ("一、主要任务", "2.")),
    _clause("附/1", "row", TEXT.splitlines()[4], ("附表", "1"), CELLS),
)
DOCUMENT = Document(
    "demo", "关于<b>燃气</b>的通知", TEXT, CLAUSES, SourceMap((0,), (0,), (len(TEXT),)), "demo.txt", "0" * 64,
    number="样〔2024〕1号", issuer="样县", date="2024-01-02", place="样县",
)  # fmt: skip


def highlight(text: str, words: str, *, value: str | None = None, answers: bool = True) -> Highlight:
    at = text.index(words)
    return Highlight(at, at + len(words), "deadline", value, answers)


def cite(clause: Clause, *marks: Highlight, score: float = 0.9) -> Citation:
    text = DOCUMENT.quote(clause.span)
    return Citation(1, score, DOCUMENT, clause, text, clause.start, clause.end, marks)


def answered(*citations: Citation, question: str = "瓶改管 deadline?") -> Answer:
    return Answer(question, "answered", Understood("瓶改管 时限", ("deadline",)), citations)


DEADLINE = cite(CLAUSES[2], highlight(DOCUMENT.quote(CLAUSES[2].span), "2024年底前", value="2024-12-31"))
