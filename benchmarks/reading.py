"""What reading costs: files of every kind, as a ratio to the bare library that gov_ie reads them with, and the statistics tables beside reading and extracting.

    python benchmarks/reading.py [--files N] [--rounds K] [--only KIND …] [--no-stages] [--json FILE]

The files are invented reports with a form in them (``tests/printing``, fixed seeds), written to a temporary folder. What is compared, and how far the figures can be
trusted, is told in ``benchmarks/README.md``. Needs a checkout and ``pip install -e ".[dev]"``; a kind whose library (or LibreOffice, or a Chinese font) is missing is left
out by name. Two Markdown tables are printed; the second one needs the trained pipeline.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from duels import BUILDERS, Duel, Work, longer_reports, reports
from speed import forget, load

import gov_ie
from gov_ie.tables import read_forms

#: What the stages are timed on: kinds of print, and the ending of a file of each.
STAGES = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "pdf-unruled": ".pdf", "md": ".md", "md-torn": ".md", "tabs": ".txt", "lines": ".txt", "run-together": ".txt"}
#: The stages once more, on a report with more to say besides its form.
LONGER = "lines, longer prose"
SLOW_ROUNDS = 2
#: A timing shorter than this, in seconds of CPU, is repeated until it isn't.
SHORTEST = 0.05


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


if __name__ == "__main__":
    main()
