"""Variants of the pipeline, trained on the same reports with the same seeds, and what each is worth: a part taken out, made smaller or done otherwise.

    python benchmarks/ablations.py --list                        # the variants and what they change
    python benchmarks/ablations.py                               # train and measure all that the results file does not have yet
    python benchmarks/ablations.py --only chosen 'depth-*'       # some of them
    python benchmarks/ablations.py --reports DIR --gold DIR … --scorer score.py   # measured on other reports as well, by their scorer
    python benchmarks/ablations.py --table                       # the results as a Markdown table, the chosen one first

It needs a checkout and ``pip install -e ".[dev]"``. Each variant is trained in a process of its own, one after the other, on one core; twenty to thirty minutes each. The results
(``benchmarks/ablations.json``, a list with one line a variant) are written after every variant: stop it when you like, and start it again. A variant that failed is
recorded with its error and tried again next time.

- **chosen** is ``gov_ie/training/config.cfg``; a variant that is the same as it is passed over.
- **seconds** are CPU seconds of building, calibrating and scoring, without the segmenter's training, which variants share. **MB** is the pipeline on disk; jieba's dictionary, which lies
  outside of it, is not counted. **reports/s** is ``gov_ie.extract`` of a fixed sample of dev reports, by CPU seconds, the best of three passes with emptied caches.
- **F1** on ``annotations/dev``: entities, ``ORG`` among them, units, facts (roles of figures), fields of the report. The best moment of a training is chosen on the same reports, so small
  differences say nothing: the last line of the table tells how far seeds alone carry.
- All are trained for the same number of steps (``--steps``, the config's by default), also where a variant has fewer reports or other copies of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from unittest.mock import patch

from variants import CHOSEN, VARIANTS, Variant, config_of, corpus

from gov_ie.errors import GovIEError

ROOT = Path(__file__).resolve().parents[1]
#: The F1 scores kept of every variant, and what the external scorer's are called where the table shows them.
SCORES, EXTERNAL = ("entities", "ORG", "units", "facts", "fields"), (("facts", "facts"), ("facts", "prose"), ("tags", "entities"), ("tags", "ORG"))
SAMPLE, PASSES = 20, 3


# ---------------------------------------------------------------- training and measuring one variant


def fingerprint(annotations: Path, steps: int | None) -> str:
    """What a result depends on beside its variant: the shipped config, the annotated reports, the steps; 16 hexadecimal digits."""
    from gov_ie.corpus.reports import corpus_hash
    from gov_ie.training.build import CONFIG

    return hashlib.sha256(f"{CONFIG.read_text(encoding='utf-8')}\0{corpus_hash([annotations / 'train', annotations / 'dev'])}\0{steps}".encode()).hexdigest()[:16]


def segmenter_of(annotations: Path, work: Path) -> Path:
    """The segmenter trained on ``annotations/train``, once for all variants with these reports."""
    from gov_ie.corpus.reports import corpus_hash, read_annotated, tidied_annotations
    from gov_ie.training import build, segmenter

    code = hashlib.sha256(Path(segmenter.__file__).read_bytes()).hexdigest()[:8]
    folder = work / "segmenters" / f"{corpus_hash([annotations / 'train'])}-{code}"
    if not folder.is_dir():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
            contents = [tidied_annotations(report.content) for report in read_annotated(annotations / "train")]
            segmenter.train_segmenter(contents, Path(beside) / "model", seed=build.SEED).rename(folder)
    return folder


def train_and_measure(variant: Variant, args: argparse.Namespace) -> dict[str, Any]:
    """Build the pipeline of a variant and measure it; runs in a process of its own.

    Returns:
        ``seconds``, ``mb``, ``reports_per_second``, ``dev`` (score → F1) and, with a scorer, ``external``.
    """
    import contenders  # noqa: F401, registers what variants name
    import pretraining
    from spacy.util import load_config

    from gov_ie.pipeline import contexts
    from gov_ie.training import build

    args.work.mkdir(parents=True, exist_ok=True)
    found_nothing = patch.multiple(contexts, **{name: lambda *_: [] for name in variant.without}) if variant.without else nullcontext()
    with tempfile.TemporaryDirectory(dir=args.work) as folder, corpus(args.annotations, variant.share, args.work) as annotations, found_nothing:
        output = args.work / variant.name if args.keep else Path(folder) / "built"
        settings = config_of(variant, load_config(build.CONFIG))
        settings["training"]["max_steps"] = args.steps or settings["training"]["max_steps"]
        settings, segmenter = pretraining.bring_in(settings, variant.pretrained, args.pretraining)
        settings.to_disk(Path(folder) / "config.cfg")
        segmenter = segmenter or segmenter_of(annotations, args.work)
        started = time.process_time()
        with patch.object(build, "train_segmenter", lambda *_, **__: segmenter):
            nlp = build.build(annotations, output, config=Path(folder) / "config.cfg")
        row: dict[str, Any] = {"seconds": round(time.process_time() - started)}
        row["mb"] = round(sum(file.stat().st_size for file in (output / "zh_gov_ie" / "data").rglob("*") if file.is_file()) / 1e6, 1)
        row["reports_per_second"] = round(speed(nlp, args.annotations), 2)
        scores = nlp.meta["performance"]
        row["dev"] = {name: scores["entities"].get("ORG", {"f": 0.0})["f"] if name == "ORG" else scores[name]["all"]["f"] for name in SCORES}
        if args.scorer:
            row["external"] = measure_outside(nlp, args.reports, args.gold, args.scorer, Path(folder))
    return row


def speed(nlp: Any, annotations: Path) -> float:
    """Reports a second of ``gov_ie.extract`` on a fixed sample of the dev reports, the best of some passes."""
    import gov_ie
    from gov_ie.corpus.reports import read_annotated
    from gov_ie.pipeline.layout import analyse

    texts = [report.content.text for report in read_annotated(annotations / "dev")]
    sample = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
    best = float("inf")
    for _ in range(PASSES):
        getattr(nlp.tokenizer, "_cache", {}).clear()
        analyse.cache_clear()
        started = time.process_time()
        for text in sample:
            gov_ie.extract(text=text, nlp=nlp)
        best = min(best, time.process_time() - started)
    return len(sample) / max(best, 1e-9)


def measure_outside(nlp: Any, reports: Path, golds: Sequence[Path], scorer: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Extract and tag a folder of reports, and have the scorer compare that with each folder of gold: its name → ``facts``, ``tags`` → what is scored → F1."""
    from gov_ie.api import extract_many, tag
    from gov_ie.reading import Source, read_all

    facts, tags = ("".join(f"{line}\n" for line in lines) for lines in (
        (report.model_dump_json() for report in extract_many([reports], nlp=nlp)),
        (json.dumps(tag(item, nlp=nlp), ensure_ascii=False) for item in read_all([reports]) if isinstance(item, Source)),
    ))  # fmt: skip
    figures: dict[str, dict[str, Any]] = {gold.name: {} for gold in golds}
    for what, lines in (("facts", facts), ("tags", tags)):
        predicted = folder / f"{what}.jsonl"
        predicted.write_text(lines, encoding="utf-8")
        for gold in golds:
            run = subprocess.run([sys.executable, str(scorer), what, str(gold), str(predicted), "--json"], capture_output=True, text=True, encoding="utf-8")
            try:
                found = json.loads(run.stdout)
                figures[gold.name][what] = {key.strip(): round(row["f1"], 4) for key, row in found.items() if isinstance(row, dict) and "f1" in row}
            except (ValueError, AttributeError):  # no JSON, or no figures by name: the trained variant's other figures are worth keeping
                figures[gold.name][what] = {"error": plain(run.stderr) or "the scorer's answer is not {name: {f1: …}} in JSON"}
                print(f"{gold.name}, {what}: {figures[gold.name][what]['error']}", file=sys.stderr)
    return figures


# ---------------------------------------------------------------- all variants


def apart(variant: Variant, args: argparse.Namespace) -> dict[str, Any]:
    """:func:`train_and_measure` in a fresh process: the same start for each, and a crash stays its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(train_and_measure, variant, args).result()


def run(variants: Sequence[Variant], args: argparse.Namespace, *, measure: Callable[[Variant, argparse.Namespace], dict[str, Any]] = apart) -> int:
    """Measure the variants that ``args.results`` does not hold yet (all of them with ``args.again``), and write it after each.

    Returns:
        how many failed.
    """
    from spacy.util import load_config

    from gov_ie.training.build import CONFIG

    shipped, base, failed = load_config(CONFIG), fingerprint(args.annotations, args.steps), 0
    for number, variant in enumerate(variants, start=1):
        head = f"[{number}/{len(variants)}] {variant.name}"
        rows = {row["name"]: row for row in read_results(args.results)}
        row = rows.get(variant.name, {})
        if row and "error" not in row and not args.again:
            stale = "" if row["base"] == base else "; the config, the reports or --steps were others then: --again trains it anew"
            print(f"{head}: measured already{stale}", file=sys.stderr)
            continue
        row = {"name": variant.name, "changes": dict(variant.changes), "without": list(variant.without), "share": variant.share, "steps": args.steps, "base": base}
        try:
            if config_of(variant, shipped) is None:
                print(f"{head}: the same as {CHOSEN}, passed over", file=sys.stderr)
                continue
            print(f"{head}: training ({variant.says})", file=sys.stderr)
            row |= measure(variant, args)
            print(f"{head}: {row['dev']}, {row['seconds']} s", file=sys.stderr)
        except Exception as error:  # whatever goes wrong with one variant, the others are to be measured
            row["error"] = plain(f"{type(error).__name__}: {error}")
            failed += 1
            print(f"{head}: failed, {row['error']}", file=sys.stderr)
        write_results(args.results, {**rows, variant.name: row}.values())
    return failed


def plain(message: str) -> str:
    """A message in one line of some 300 characters, without the folders of this machine."""
    line = re.sub(r"(?<![\w.:/])/(?:[^\s/'\"]+/)+", "", " ".join(message.split()))
    return line if len(line) <= 300 else f"{line[:150]} … {line[-150:]}"


def read_results(file: Path) -> list[dict[str, Any]]:
    """The rows of the results file; none when it is missing.

    Raises:
        GovIEError: it is not such a file.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    except ValueError as error:
        raise GovIEError(f"{file}: not a file of results ({error}); move it away or name another with --results") from error


def write_results(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write a JSON list with one line a variant, in the order of :data:`VARIANTS`; the old file stays whole until the new one is."""
    order = {variant.name: number for number, variant in enumerate(VARIANTS)}
    lines = (json.dumps(row, ensure_ascii=False) for row in sorted(rows, key=lambda row: order.get(row["name"], len(order))))
    beside = file.with_name(f"{file.name}.new")
    beside.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    os.replace(beside, file)


# ---------------------------------------------------------------- the table and the command line


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The results as Markdown, the chosen variant first; below it, how far seeds alone carry, what was measured on something else, and what failed."""
    says = {variant.name: variant.says for variant in VARIANTS}
    good = sorted((row for row in rows if "error" not in row), key=lambda row: row["name"] != CHOSEN)
    if not good:
        return "No variant was measured yet."
    outside = [(gold, what, key) for gold in dict.fromkeys(gold for row in good for gold in row.get("external", {})) for what, key in EXTERNAL]
    outside = [column for column in outside if any(_outside(row, *column) is not None for row in good)]
    head = ["variant", "what is different", *SCORES, *(f"{gold}: {key}" for gold, _, key in outside), "MB", "reports/s", "seconds"]
    lines = [head, ["---", "---", *["---:"] * (len(head) - 2)]]
    for row in good:
        mark = "" if row["base"] == good[0]["base"] else " †"
        figures = [*(row["dev"][name] for name in SCORES), *(_outside(row, *column) for column in outside)]
        name = f"**{CHOSEN}**" if row["name"] == CHOSEN else row["name"]
        lines.append([name + mark, says.get(row["name"], ""), *map(_percent, figures), f"{row['mb']:.1f}", f"{row['reports_per_second']:.2f}", str(row["seconds"])])
    text = ["F1 in per cent.", "", *(f"| {' | '.join(line)} |" for line in lines)]
    seeds = [row for row in good if row["name"] == CHOSEN or row["name"].startswith("seed-")]
    if len(seeds) > 1:
        spreads = ((name, [row["dev"][name] for row in seeds]) for name in SCORES)
        text += ["", f"{len(seeds)} seeds of the chosen one, from least to greatest: " + ", ".join(f"{name} {_percent(min(found))} to {_percent(max(found))}" for name, found in spreads) + "."]
    if any(row["base"] != good[0]["base"] for row in good):
        text += ["", "† with another config, other reports or another number of steps than the first row: not to be compared."]
    text += ["" * (not i) + f"- {row['name']} failed: {row['error']}" for i, row in enumerate(rows) if "error" in row]
    return "\n".join(text)


def _outside(row: dict[str, Any], gold: str, what: str, key: str) -> float | None:
    return row.get("external", {}).get(gold, {}).get(what, {}).get(key)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def main() -> None:
    """Parse the command line; train and measure, or print what there is."""
    parser = argparse.ArgumentParser(description="Train variants of the pipeline and measure each.")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="variants by name or pattern (quote it: 'depth-*')")
    parser.add_argument("--again", action="store_true", help="train also what the results file has already")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "ablations.json", metavar="FILE", help="where results stand (default: benchmarks/ablations.json)")
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations", metavar="DIR", help="a folder with train and dev (default: annotations)")
    parser.add_argument("--steps", type=int, metavar="N", help="training steps of each variant, when not the config's; the learning rate falls to nought over them")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "ablations", metavar="DIR", help="for trained segmenters and pipelines (default: build/ablations)")
    parser.add_argument("--pretraining", type=Path, default=ROOT / "build" / "pretraining", metavar="DIR", help="what pretraining.py made, for the variants that start from it (default: build/pretraining)")
    parser.add_argument("--keep", action="store_true", help="keep the trained pipelines in --work (some 30 MB each)")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="other reports to measure on, with --gold and --scorer")
    parser.add_argument("--gold", type=Path, nargs="+", metavar="DIR", help="folders with their gold answers, each scored by itself and called by its name")
    parser.add_argument("--scorer", type=Path, metavar="FILE", help="script that is run as 'python FILE {facts,tags} GOLD PREDICTED --json' (CONTRIBUTING.md)")
    parser.add_argument("--list", action="store_true", help="list the variants")
    parser.add_argument("--table", action="store_true", help="print the results as a Markdown table, and train nothing")
    args = parser.parse_args()
    variants = [variant for variant in VARIANTS if args.only is None or any(fnmatchcase(variant.name, pattern) for pattern in args.only)]
    outside = [args.reports, args.scorer, *(args.gold or [None])]
    if not variants:
        parser.error("--only: no variant is called so; --list shows them")
    if any(outside) and not all(outside):
        parser.error("--reports, --gold and --scorer go together")
    for path in (args.annotations / "train", args.annotations / "dev", *filter(None, outside)):
        if not path.exists():
            parser.error(f"{path}: there is no such file or folder")
    if args.list:
        print(*(f"{variant.name:20}{variant.says:70}{json.dumps(dict(variant.changes)) if variant.changes else ''}" for variant in variants), sep="\n")
        return
    try:
        done = read_results(args.results)
    except GovIEError as error:
        sys.exit(str(error))
    if args.table:
        print(table(done))
        return
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # one training, one core; the processes that train inherit this
    if failed := run(variants, args):
        sys.exit(f"{failed} of {len(variants)} variants failed; the others are in {args.results.name}")


if __name__ == "__main__":
    main()
