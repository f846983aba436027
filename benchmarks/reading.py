"""What reading costs: files of every kind, as a ratio to the bare library that gov_ie reads them with, and the statistics tables beside reading and extracting.

    python benchmarks/reading.py [--files N] [--rounds K] [--only KIND …] [--no-stages] [--json FILE]

The files are invented reports with a form in them (``tests/printing``, fixed seeds), written to a temporary folder. What is compared, and how far the figures can be
trusted, is told in ``benchmarks/README.md``. Needs a checkout and ``pip install -e ".[dev]"``; a kind whose library (or LibreOffice, or a Chinese font) is missing is left
out by name. Two Markdown tables are printed; the second one needs the trained pipeline.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from speed import forget, load

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from printing import FORMS, print_report, random_form

import gov_ie
from gov_ie.reading import read_all
from gov_ie.tables import read_forms

Work = Callable[[], Any]
SEED = 40_000
SIZES = ("small", "medium", "large")
#: What the stages are timed on: kinds of print, and the ending of a file of each.
STAGES = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "pdf-unruled": ".pdf", "md": ".md", "md-torn": ".md", "tabs": ".txt", "lines": ".txt", "run-together": ".txt"}
#: The stages once more, on a report with more to say besides its form.
LONGER = "lines, longer prose"
ANNOTATIONS = Path(__file__).parent.parent / "annotations" / "dev"
#: Rows of the files of records, and members of the archive.
ROWS = 100
SLOW_ROUNDS = 2
#: A timing shorter than this, in seconds of CPU, is repeated until it isn't.
SHORTEST = 0.05
#: Resolution at which a page is drawn for OCR, in dots per inch.
DPI = 200
#: Longer than LibreOffice ever takes for one report.
TIMEOUT = 120


@dataclass(frozen=True)
class Duel:
    """One kind of file: our reading of it, the bare library's, and how many ``unit`` both read in a turn. ``slow``: a turn takes seconds, and is taken at most :data:`SLOW_ROUNDS` times."""

    kind: str
    bare_name: str
    ours: Work
    bare: Work
    number: int
    unit: str = "files"
    slow: bool = False


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description="Time reading of every kind of file, as a ratio to the bare libraries.")
    parser.add_argument("--files", type=int, default=3, metavar="N", help="how many reports of each kind (default: 3)")
    parser.add_argument("--rounds", type=int, default=4, metavar="K", help="how many rounds; scans and .doc have at most two (default: 4)")
    parser.add_argument("--only", nargs="+", choices=BUILDERS, default=list(BUILDERS), metavar="KIND", help=f"only these kinds ({', '.join(BUILDERS)})")
    parser.add_argument("--no-stages", action="store_true", help="only the readers, not read_forms and extract")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    args = parser.parse_args()
    if args.files < 1 or args.rounds < 1:
        parser.error("--files and --rounds take numbers from 1")
    figures: dict[str, Any] = {"files": args.files, "rounds": args.rounds, "reading": {}, "stages": {}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| kind | bare library | gov_ie, a second | bare, a second | gov_ie / bare, time (range) | gov_ie adds, ms each |\n|---|---|---|---|---|---|")
        for kind in args.only:
            for duel in built(kind, folder, args.files):
                row = fight(duel, args.rounds)
                figures["reading"][duel.kind] = row
                print(f"| {duel.kind} | {duel.bare_name} | {rate(duel.number / row['ours'])} {duel.unit} | {rate(duel.number / row['bare'])} | {spread(row['ratio'])} | {shown(1000 * (row['ours'] - row['bare']) / duel.number)} |", flush=True)
        if not args.no_stages:
            print("\n| print | reading, ms | read_forms, ms | extract, ms | read_forms / reading (range) | read_forms / extract (range) |\n|---|---|---|---|---|---|")
            nlp = load(None)
            for kind in (*STAGES, LONGER):
                try:
                    files = longer_reports(folder, args.files) if kind == LONGER else reports(folder, kind, STAGES[kind], args.files)
                    row = stages(nlp, files, args.rounds)
                except (ImportError, gov_ie.GovIEError) as error:
                    leave_out(kind, error)
                    continue
                figures["stages"][kind] = row
                times = " | ".join(f"{1000 * row[stage] / args.files:.1f}" for stage in ("read", "forms", "extract"))
                print(f"| {kind} | {times} | {spread(row['forms_to_read'])} | {spread(row['forms_to_extract'])} |", flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def built(kind: str, folder: Path, number: int) -> list[Duel]:
    """The duels of a kind, each fought once without a clock: it warms both sides up and shows what is missing."""
    try:
        duels = list(BUILDERS[kind](folder, number))
        for duel in duels:
            for item in duel.ours() or ():
                if not isinstance(item, gov_ie.Source):
                    raise item.error
            duel.bare()
    except (ImportError, OSError, gov_ie.GovIEError, subprocess.SubprocessError) as error:
        leave_out(kind, error)
        return []
    return duels


def leave_out(kind: str, error: Exception) -> None:
    """Say why a kind is not measured."""
    print(f"{kind}: left out ({' '.join(str(error).split())[:200]})", file=sys.stderr)


# ---------------------------------------------------------------- timing


def cpu() -> float:
    """CPU seconds of this process and of the programs that it has run and waited for."""
    spent = time.process_time()
    try:
        import resource
    except ImportError:
        return spent
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent + children.ru_utime + children.ru_stime


def timed(work: Work, times: int = 1) -> float:
    """CPU seconds of one turn, the mean of ``times``."""
    gc.collect()
    start = cpu()
    for _ in range(times):
        work()
    return (cpu() - start) / times


def fight(duel: Duel, rounds: int) -> dict[str, Any]:
    """Both sides in turn, who goes first changes; the best times, and the ratios of all rounds."""
    sides = {"ours": duel.ours, "bare": duel.bare}
    times = {side: 1 if duel.slow else max(1, math.ceil(SHORTEST / max(timed(work), 1e-6))) for side, work in sides.items()}
    passes = []
    for number in range(min(rounds, SLOW_ROUNDS) if duel.slow else rounds):
        order = list(sides) if number % 2 else list(reversed(sides))
        passes.append({side: timed(sides[side], times[side]) for side in order})
    best = {side: min(p[side] for p in passes) for side in sides}
    return {**best, "number": duel.number, "unit": duel.unit, "ratio": ratios(passes, "ours", "bare")}


def stages(nlp: Any, files: Sequence[Path], rounds: int) -> dict[str, Any]:
    """Reading, its tables, and the whole way, file by file in turn; extracting begins with a fresh reading."""
    passes = []
    sources = [gov_ie.read(file) for file in files]
    for file in files[:2]:
        gov_ie.extract(file, nlp=nlp)
    for number in range(rounds):
        spent = dict.fromkeys(("read", "forms", "extract"), 0.0)
        forget(nlp)
        for i, (file, source) in enumerate(zip(files, sources, strict=True)):
            turns: list[tuple[str, Work]] = [
                ("read", partial(gov_ie.read, file)), ("forms", partial(read_forms, source.text, source.tables)), ("extract", partial(gov_ie.extract, file, nlp=nlp)),
            ]  # fmt: skip
            for turn in range(3):
                stage, work = turns[(turn + i + number) % 3]
                forget_texts()
                spent[stage] += timed(work)
        passes.append(spent)
    best = {stage: min(p[stage] for p in passes) for stage in passes[0]}
    return {**best, "forms_to_read": ratios(passes, "forms", "read"), "forms_to_extract": ratios(passes, "forms", "extract")}


def forget_texts() -> None:
    """Empty the caches that may hold a text, or pieces of one, from an earlier round; those of data and programs are small, and stay."""
    for name, module in list(sys.modules.items()):
        if name.startswith("gov_ie."):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear") and (thing.cache_parameters()["maxsize"] or 1 << 30) > 64:
                    thing.cache_clear()


def ratios(passes: Sequence[dict[str, float]], above: str, below: str) -> dict[str, float]:
    """The ratios of the rounds: their median, least and greatest."""
    found = [p[above] / p[below] for p in passes]
    return {"median": statistics.median(found), "min": min(found), "max": max(found)}


def spread(ratio: dict[str, float]) -> str:
    """A ratio with its range."""
    return f"{shown(ratio['median'])} ({shown(ratio['min'])} to {shown(ratio['max'])})"


def shown(value: float) -> str:
    """A number with about three figures."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def rate(value: float) -> str:
    """So many a second."""
    return f"{value:,.0f}" if value >= 100 else shown(value)


# ---------------------------------------------------------------- the files, and the bare libraries


def printed(kind: str, number: int) -> list[bytes]:
    """``number`` reports of a kind of print, all different."""
    found = []
    for i in range(number):
        form = FORMS[i % len(FORMS)]
        page = print_report(random_form(form, SEED + i, size=SIZES[i % len(SIZES)]), form, kind, SEED + i)
        found.append(page if isinstance(page, bytes) else page.encode())
    return found


def reports(folder: Path, kind: str, ending: str, number: int, encoding: str = "utf-8") -> list[Path]:
    """The same in files."""
    files = []
    for i, data in enumerate(printed(kind, number)):
        file = folder / f"{kind}-{encoding}-{i}{ending}"
        file.write_bytes(data if encoding == "utf-8" else data.decode().encode(encoding))
        files.append(file)
    return files


def longer_reports(folder: Path, number: int) -> list[Path]:
    """Annotated reports with a printed form behind them."""
    from gov_ie.corpus.reports import read_annotated

    annotated = read_annotated(ANNOTATIONS)
    files = []
    for i, form in enumerate(printed("lines", number)):
        file = folder / f"longer-{i}.txt"
        file.write_text(f"{annotated[i % len(annotated)].content.text}\n{form.decode()}", encoding="utf-8")
        files.append(file)
    return files


def over(files: Iterable[Path], work: Callable[[bytes], Any]) -> Work:
    """One turn of a bare library: the bytes of each file, and what the library does with them."""
    kept = list(files)

    def turn() -> None:
        for file in kept:
            work(file.read_bytes())

    return turn


def ours(files: Iterable[Path]) -> Work:
    """One turn of gov_ie, one file after the other."""
    kept = list(files)
    return lambda: list(read_all(kept))


def texts(folder: Path, number: int) -> Iterable[Duel]:
    """Plain text in two encodings, and Markdown."""
    for name, kind, ending, encoding in (("txt, UTF-8", "lines", ".txt", "utf-8"), ("txt, GB18030", "lines", ".txt", "gb18030"), ("md", "md", ".md", "utf-8")):
        files = reports(folder, kind, ending, number, encoding)
        yield Duel(name, "bytes.decode", ours(files), over(files, partial(bytes.decode, encoding=encoding)), number)


def pages_of_web(folder: Path, number: int) -> Iterable[Duel]:
    """Web pages."""
    from lxml.html import document_fromstring

    files = reports(folder, "html", ".html", number)
    yield Duel("html", "lxml.html.document_fromstring", ours(files), over(files, document_fromstring), number)


def words_of(data: bytes) -> list[str]:
    """What python-docx gives of a Word file: the paragraphs, and the cells row by row."""
    import docx

    document = docx.Document(io.BytesIO(data))
    return [p.text for p in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def word_files(folder: Path, number: int) -> Iterable[Duel]:
    """Word files."""
    import docx  # noqa: F401

    files = reports(folder, "docx", ".docx", number)
    yield Duel("docx", "docx.Document, paragraphs and cells", ours(files), over(files, words_of), number)


def pdfs(folder: Path, number: int) -> Iterable[Duel]:
    """PDF files with text, ruled and not; counted by pages."""
    import pypdfium2

    def text_of(data: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(data)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()

    for name, kind in (("pdf, ruled", "pdf"), ("pdf, unruled", "pdf-unruled")):
        files = reports(folder, kind, ".pdf", number)
        yield Duel(name, "pypdfium2 get_text_range", ours(files), over(files, text_of), sum(len(text_of(file.read_bytes())) for file in files), "pages")


def csv_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """Write the rows as CSV; how the bare library reads them."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return lambda data: list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def json_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as JSON lines."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return lambda data: [json.loads(line) for line in data.decode().splitlines()]


def workbook(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as an Excel workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.worksheets[0].append(row)
    book.save(file)
    return lambda data: [row for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets for row in sheet.iter_rows(values_only=True)]


def parquet_file(file: Path, rows: list[dict[str, str]]) -> Callable[[bytes], Any]:
    """The same as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(rows), file)
    return lambda data: [batch.to_pylist() for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(batch_size=64)]


def records(kind: str, bare_name: str, write: Callable[[Path, list[dict[str, str]]], Callable[[bytes], Any]], folder: Path, number: int) -> Iterable[Duel]:
    """A file with a report a row."""
    file = folder / f"reports.{kind}"
    bare = write(file, [{"编号": str(i), "标题": f"第{i}号年度报告", "正文": data.decode()} for i, data in enumerate(printed("lines", ROWS))])
    yield Duel(kind, bare_name, ours([file]), over([file], bare), ROWS, "rows")


def archive(folder: Path, number: int) -> Iterable[Duel]:
    """A ZIP archive of plain texts."""
    file = folder / "reports.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for i, data in enumerate(printed("lines", ROWS)):
            packed.writestr(f"{i}.txt", data)

    def members_of(data: bytes) -> list[bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return [opened.read(info) for info in opened.infolist()]

    yield Duel("zip of txt", "zipfile reads", ours([file]), over([file], members_of), ROWS, "members")


def scan(folder: Path, number: int) -> Iterable[Duel]:
    """One page of a ruled form as a picture. The bare side is called on the picture as it is, with as many threads as gov_ie takes."""
    import numpy as np
    import pypdfium2
    from PIL import Image
    from rapidocr_onnxruntime import RapidOCR

    document = pypdfium2.PdfDocument(printed("pdf", 1)[0])
    file = folder / "scan.png"
    pages = [(page.render(scale=DPI / 72).to_pil().convert("L"), len(page.get_textpage().get_text_range())) for page in document]
    max(pages, key=lambda page: page[1])[0].save(file, dpi=(DPI, DPI))  # the fullest page
    engine = RapidOCR(intra_op_num_threads=min(4, os.cpu_count() or 1), inter_op_num_threads=1)

    def words(data: bytes) -> None:
        found, _ = engine(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))
        if sum("\u4e00" <= c <= "\u9fff" for _, text, *_ in found or () for c in text) < 50:
            raise OSError("no Chinese on the picture: PDFium finds no Chinese font on this machine")

    yield Duel("scanned page (OCR)", "rapidocr", ours([file]), over([file], words), 1, "pages", slow=True)


def old_word(folder: Path, number: int) -> Iterable[Duel]:
    """One .doc file. The bare side has a profile of its own that it keeps; gov_ie makes a new one every time, so that nothing is left over."""
    import docx  # noqa: F401

    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise OSError("LibreOffice is not installed")
    profile = folder / "profile"

    def convert(file: Path, to: str) -> None:
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", to, "--outdir", str(folder), str(file)]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=TIMEOUT)

    made = folder / "old.docx"
    made.write_bytes(printed("docx", 1)[0])
    convert(made, "doc:MS Word 97")
    made.unlink()
    file = folder / "old.doc"

    def bare() -> None:
        convert(file, "docx:MS Word 2007 XML")
        words_of(made.read_bytes())

    yield Duel("doc (LibreOffice)", "soffice --convert-to docx, python-docx", ours([file]), bare, 1, slow=True)


BUILDERS: dict[str, Callable[[Path, int], Iterable[Duel]]] = {
    "text": texts,
    "html": pages_of_web,
    "docx": word_files,
    "pdf": pdfs,
    "csv": partial(records, "csv", "csv.DictReader", csv_file),
    "jsonl": partial(records, "jsonl", "json.loads, line by line", json_file),
    "xlsx": partial(records, "xlsx", "openpyxl, read-only rows", workbook),
    "parquet": partial(records, "parquet", "pyarrow iter_batches, to_pylist", parquet_file),
    "zip": archive,
    "scan": scan,
    "doc": old_word,
}


if __name__ == "__main__":
    main()
