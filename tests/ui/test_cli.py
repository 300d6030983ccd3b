import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rag.assistant import Assistant
from ui.cli import main

QUESTION = "瓶改管 deadline?"
NOT_FOUND, BAD_INPUT, FAULTY = 3, 2, 1
SMALL = (
    "样县人民政府文件\n\n样政〔2024〕9号\n\n关于养猫的通知\n\n一、每户至多养猫两只，2025年6月底前登记完毕。\n"
)


@pytest.fixture
def own(home: Path, tmp_path: Path) -> str:
    """A home of one's own, to change and to break."""
    return str(shutil.copytree(home, tmp_path / "home", symlinks=True))


def one_line(told: str) -> str:
    assert told.startswith("yiju: ")
    assert told.count("\n") == 1
    assert "Traceback" not in told
    return told


def test_ask_answers_with_marked_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--home", str(home)]) == 0
    said = capsys.readouterr().out
    assert "【2024年底前】" in said
    assert (
        "—— 《襄城县安全生产治本攻坚三年行动实施方案（2024—2026年）》（襄安委〔2024〕5号）三、（六）18."
        in said
    )


def test_ask_says_the_same_as_the_api_in_json(
    home: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "--json", "--top-k", "2", "--place", "襄城县", "--home", str(home)]) == 0
    said = json.loads(capsys.readouterr().out)
    answer = assistant.ask(QUESTION, top_k=2, places=["襄城县"])
    assert [each["text"] for each in said["citations"]] == [each.text for each in answer.citations]


def test_ask_refuses_with_a_code_of_its_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "火星移民每人补贴多少钱？", "--home", str(home)]) == NOT_FOUND
    assert "没有" in capsys.readouterr().out.splitlines()[0]


def test_ask_takes_the_question_before(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "那驻马店呢", "--context", QUESTION, "--top-k", "1", "--home", str(home)]) == 0
    assert "驻马店" in capsys.readouterr().out


def test_ask_needs_no_web_framework(home: Path) -> None:
    script = (
        "import sys; from ui.cli import main\n"
        f"code = main(['ask', {QUESTION!r}, '--home', {str(home)!r}])\n"
        "heavy = {'gradio', 'fastapi', 'torch', 'pandas'} & set(sys.modules)\n"
        "sys.exit(code or ', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "given",
    [
        ["ask", ""],
        ["ask", "瓶改管", "--top-k", "0"],
        ["ask", "瓶改管", "--top-k", "1000000"],
        ["ask", "瓶改管", "--document", "nope"],
        ["remove", "nope"],
        ["add", "/no/such/file.txt"],
        ["ask", "瓶改管", "--home", "/dev/null/home"],
    ],
    ids=" ".join,
)
def test_bad_input_is_told_in_one_line(
    own: str, given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    where = [] if "--home" in given else ["--home", own]
    assert main([*given, *where]) == BAD_INPUT
    one_line(capsys.readouterr().err)


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["nope"],
        ["ask"],
        ["ask", "a", "--top-k", "many"],
        ["serve", "--port", "70000"],
        ["add"],
        ["status", "a", "已废止", "--until", "someday"],
        ["status", "a", "gone"],
    ],
    ids=" ".join,
)
def test_misuse_is_told_in_one_line(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == BAD_INPUT
    assert "--help" in one_line(capsys.readouterr().err)


def test_a_port_in_use_is_told_with_how_to_mend_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port), "--home", str(home)]) == BAD_INPUT
    told = one_line(capsys.readouterr().err)
    assert "已被占用" in told
    assert "port in use" in told
    assert "--port" in told


def test_documents_come_and_go(own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cats.txt"
    file.write_text(SMALL, encoding="utf-8")
    assert main(["add", str(file), "--home", own]) == 0
    assert main(["list", "--home", own]) == 0
    assert "cats" in capsys.readouterr().out
    assert main(["ask", "养猫几时登记完", "--home", own]) == 0
    assert "2025年6月底前" in capsys.readouterr().out
    assert main(["remove", "cats", "--home", own]) == 0
    assert main(["verify", "每户至多养猫两只", "--home", own]) == NOT_FOUND


def test_a_file_that_is_no_text_is_refused_and_nothing_is_lost(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "noise.txt"
    file.write_bytes(bytes(range(128, 256)) * 9 + b"\xff\x80")
    assert main(["add", str(file), "--home", own]) == BAD_INPUT
    assert "noise.txt" in one_line(capsys.readouterr().err)
    assert main(["list", "--home", own]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_verify_says_where_a_quotation_stands(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "统筹推进全县非居民用户“瓶改管”工作", "--home", str(home)]) == 0
    assert "三、（六）18." in capsys.readouterr().out
    assert main(["verify", "统筹推进全县非居民用户“瓶改罐”工作", "--home", str(home)]) == NOT_FOUND


def test_an_empty_home_holds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--home", str(tmp_path / "bare"), "--empty"]
    assert main(["list", *where]) == 0
    assert capsys.readouterr().out == ""
    assert main(["ask", QUESTION, *where]) == NOT_FOUND


def test_a_damaged_index_is_told_and_mended(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    for file in Path(own).rglob("*"):
        if file.is_file() and "documents" not in file.parts and file.suffix != ".txt":
            file.write_bytes(b"")
    assert main(["doctor", "--home", own]) == 1
    assert main(["ask", QUESTION, "--home", own]) == BAD_INPUT
    assert "yiju rebuild" in one_line(capsys.readouterr().err)
    assert main(["rebuild", "--home", own]) == 0
    assert main(["doctor", "--home", own]) == 0
    assert main(["ask", QUESTION, "--home", own]) == 0


def test_what_evaluates_is_handed_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["eval", "--help"])
    assert ended.value.code == 0
    assert "yiju eval" in capsys.readouterr().out


def test_errors_of_the_lower_rooms_begin_in_chinese(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unreadable = tmp_path / "坏.txt"
    unreadable.write_bytes(b"\xff\xff\x00\x80\xfe")
    assert main(["add", str(unreadable), "--home", own]) == BAD_INPUT
    assert capsys.readouterr().err.startswith("yiju: 文件读不了（坏.txt")


def test_a_folder_is_reported_file_by_file(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cats.txt").write_text(SMALL, encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\xff\xff\x00\x80\xfe")
    where = ["--home", own]
    assert main(["add", str(folder), "--preview", *where]) == BAD_INPUT
    assert "将加入 cats" in capsys.readouterr().out
    assert main(["add", str(folder), *where]) == BAD_INPUT
    told = capsys.readouterr()
    assert "已加入 cats" in told.out
    assert "项任务" in told.out
    assert "broken.txt" in one_line(told.err)


def test_a_new_version_is_offered_then_made(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ["--home", own]
    file, newer = tmp_path / "cats.txt", tmp_path / "newer.txt"
    file.write_text(SMALL, encoding="utf-8")
    newer.write_text(SMALL.replace("2025年6月底前", "2026年8月底前"), encoding="utf-8")
    assert main(["add", str(file), *where]) == 0
    assert main(["add", str(newer), "--same", "ask", *where]) == FAULTY
    assert "--same version" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert main(["add", str(newer), *where]) == FAULTY
    capsys.readouterr()
    assert main(["list", *where]) == 0
    assert "newer" not in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _: "1")
    assert main(["add", str(newer), *where]) == 0
    assert main(["list", "--all", *where]) == 0
    listed = capsys.readouterr().out
    assert "cats@1" in listed
    assert "已被替代" in listed
    assert main(["ask", "养猫几时登记完", *where]) == 0
    answer = capsys.readouterr().out
    assert "2026年8月底前" in answer
    assert "2025年6月底前" not in answer
    assert main(["status", "cats", "已废止", "--until", "2025-01-01", *where]) == 0
    assert "已废止" in capsys.readouterr().out
    assert main(["ask", "养猫几时登记完", *where]) == NOT_FOUND
    assert main(["ask", "养猫几时登记完", "--as-of", "2024-06-30", *where]) == 0
    capsys.readouterr()
    assert main(["verify", "每户至多养猫两只", *where]) == 0
    assert "已废止" in capsys.readouterr().out
    assert main(["notice", "cats", *where]) == 0
