"""The commands as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from gov_ie.report import Report

REPORT = "平川县水利局2013年政府信息公开工作年度报告\n一、主动公开情况\n2013年，我局主动公开政府信息86条。\n二、存在问题\n更新不够及时。\n平川县水利局\n2014年3月5日\n"


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gov_ie.cli", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "a.txt").write_text(REPORT, encoding="utf-8")
    (made / "b.txt").write_bytes(REPORT.replace("86", "12").encode("gb18030"))
    return made


def test_extract_one_file(model_folder: Path, folder: Path) -> None:
    done = _run("extract", folder / "a.txt", "--model", model_folder)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    report = Report.model_validate(json.loads(line))
    assert (report.disclosure.total, report.source["name"]) == (86, "a.txt")
    evidence = report.evidence["disclosure.total"]
    assert REPORT[evidence.start : evidence.end] == evidence.text == "86条"


def test_extract_a_folder(model_folder: Path, folder: Path) -> None:
    done = _run("extract", folder, "--model", model_folder, "--n-process", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["disclosure"]["total"] for line in done.stdout.splitlines()] == [86, 12]


@pytest.mark.parametrize(
    ("name", "read"),
    [("out.jsonl", lambda p: pd.json_normalize([json.loads(line) for line in p.read_text(encoding="utf-8").splitlines()])), ("out.csv", pd.read_csv), ("out.xlsx", pd.read_excel), ("out.parquet", pd.read_parquet)],
)
def test_extract_into_a_file(model_folder: Path, folder: Path, tmp_path: Path, name: str, read) -> None:  # type: ignore[no-untyped-def]
    done = _run("extract", folder, "-o", tmp_path / name, "--model", model_folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(read(tmp_path / name)["disclosure.total"]) == [86, 12]


@pytest.mark.parametrize("output", [None, "out.jsonl", "out.csv"])
def test_a_file_that_cannot_be_read_costs_one_line_and_not_the_rest(model_folder: Path, folder: Path, tmp_path: Path, output: str | None) -> None:
    (folder / "aa.txt").write_bytes(b"Rar!\x1a\x07\0...")
    done = _run("extract", folder, "--model", model_folder, *([] if output is None else ["-o", tmp_path / output]))
    assert done.returncode == 1
    (complaint,) = done.stderr.splitlines()
    assert complaint.startswith("gov-ie: ")
    assert "aa.txt" in complaint
    assert "RAR" in complaint
    if output == "out.csv":
        frame = pd.read_csv(tmp_path / output)
        assert list(frame["source"]) == ["a.txt", "aa.txt", "b.txt"]
        assert list(frame["error"].notna()) == [False, True, False]
    else:
        lines = done.stdout if output is None else (tmp_path / output).read_text(encoding="utf-8")
        records = [json.loads(line) for line in lines.splitlines()]
        assert [(r["source"]["name"], "error" in r["source"], r["disclosure"]["total"]) for r in records] == [("a.txt", False, 86), ("aa.txt", True, None), ("b.txt", False, 12)]


def test_files_of_no_kind_that_is_read_are_named_once(model_folder: Path, folder: Path) -> None:
    for name in ("style.css", "logo.woff", "song.mp3"):
        (folder / name).write_bytes(b"x")
    done = _run("extract", folder, "--model", model_folder)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    (line,) = done.stderr.splitlines()
    assert "3 file(s) passed over" in line
    assert "logo.woff" in line


def test_a_second_run_does_not_read_what_the_first_one_wrote(model_folder: Path, folder: Path) -> None:
    for _ in range(2):
        done = _run("tag", folder, "-o", folder / "tags.jsonl", "--model", model_folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert len((folder / "tags.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("command", ["extract", "tag"])
def test_reports_in_rows_and_in_an_archive(model_folder: Path, tmp_path: Path, command: str) -> None:
    title, body = REPORT.split("\n", 1)
    rows = [{"题名": title, "内容": body, "备注": "无"}, {"题名": title, "内容": ""}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("x/c.txt", REPORT)
        archive.writestr("x/c.css", "p {}")
    done = _run(command, tmp_path, "--model", model_folder)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert len(said) == 3
    assert "b.zip!/x/c.css" in said[0]
    assert sum(line.startswith(f"gov-ie: {tmp_path / 'a.jsonl'}: columns guessed: the text from “内容”, the title from “题名”") for line in said) == 1
    assert sum("a.jsonl#2: the row has no text" in line for line in said) == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if command == "tag":
        assert [(line["name"], line["text"]) for line in lines] == [("a.jsonl#1", REPORT), ("a.jsonl#2", ""), ("c.txt", REPORT)]
    else:
        assert [(line["source"]["name"], line["disclosure"]["total"]) for line in lines] == [("a.jsonl#1", 86), ("a.jsonl#2", None), ("c.txt", 86)]
        assert lines[2]["source"]["path"] == f"{tmp_path / 'b.zip'}!/x/c.txt"

    chosen = _run(command, tmp_path / "a.jsonl", "--text-column", "备注", "--title-column", "题名", "--model", model_folder)
    assert [line for line in chosen.stderr.splitlines() if "guessed" in line] == []
    assert chosen.returncode == 1
    assert "a.jsonl#2: the row has no text in the column “备注”" in chosen.stderr
    missing = _run(command, tmp_path / "a.jsonl", "--text-column", "全文", "--model", model_folder)
    assert missing.returncode == 1
    assert "the columns are 题名, 内容, 备注" in missing.stderr


def test_summary(model_folder: Path, folder: Path) -> None:
    done = _run("extract", "--summary", folder / "a.txt", "--model", model_folder)
    assert done.returncode == 0
    assert "disclosure.total" in done.stdout
    assert "“86条”" in done.stdout


def test_tag(model_folder: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "c.txt").write_bytes(b"")
    done = _run("tag", folder, "-o", tmp_path / "tags.jsonl", "--model", model_folder)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    first, second, broken = (json.loads(line) for line in (tmp_path / "tags.jsonl").read_text(encoding="utf-8").splitlines())
    assert first["text"] == REPORT
    assert {"start": REPORT.index("86条"), "end": REPORT.index("86条") + 3, "label": "COUNT"} in first["ents"]
    assert {(s["group"], s["label"]) for s in first["spans"]} >= {("facts", "disclosed"), ("units", "PROBLEM")}
    assert second["name"] == "b.txt"
    assert (broken["name"], broken["ents"]) == ("c.txt", [])
    assert "empty" in broken["error"]


def test_schema_is_that_of_the_report() -> None:
    done = _run("schema")
    assert done.returncode == 0
    assert json.loads(done.stdout) == Report.model_json_schema()


def test_lint(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("{ORG 平川县水利局}。", encoding="utf-8")
    assert _run("lint", tmp_path).returncode == 0
    (tmp_path / "bad.txt").write_text("公开{COUNT:disclosed 86条", encoding="utf-8")
    done = _run("lint", tmp_path)
    assert done.returncode == 1
    assert "bad.txt:1:3: error:" in done.stdout


@pytest.mark.parametrize("words", [("extract",), ("unheard-of",), ("extract", "a.txt", "--n-process", "0")])
def test_wrong_usage(words: tuple[str, ...]) -> None:
    done = _run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_missing_model_is_one_line(folder: Path, tmp_path: Path) -> None:
    done = _run("extract", folder, "--model", tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("gov-ie: ")
    assert str(tmp_path) in line


def test_a_place_that_cannot_be_written(model_folder: Path, folder: Path, tmp_path: Path) -> None:
    done = _run("extract", folder, "-o", tmp_path / "none" / "out.csv", "--model", model_folder)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("command", ["extract", "page", "tag", "annotate"])
@pytest.mark.parametrize("others", [(), ("style.css", "logo.woff")], ids=["empty", "no kind that is read"])
def test_a_folder_without_a_report(tmp_path: Path, command: str, others: tuple[str, ...]) -> None:
    folder, output = tmp_path / "folder", tmp_path / "out.jsonl"
    folder.mkdir()
    for name in others:
        (folder / name).write_bytes(b"x")
    done = _run(command, folder, "-o", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(f"gov-ie: no report found in {folder}")
    assert not output.exists()


@pytest.mark.parametrize(("options", "said"), [(("-o", "x.ods"), "JSON lines as .jsonl"), (("-o", "x"), "JSON lines as .jsonl"), (("--summary", "-o", "x.csv"), "a summary is written as .txt")])
def test_an_ending_that_is_not_written(folder: Path, options: tuple[str, ...], said: str) -> None:
    done = _run("extract", folder, *options[:-1], folder.parent / options[-1])
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert said in line
    assert [path.name for path in folder.parent.iterdir()] == ["reports"]
