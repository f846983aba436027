"""Speed and memory of gov_ie, alone and beside a pipeline of the shape of spaCy's small Chinese models.

    python benchmarks/speed.py [--reports N] [--repeat K] [--json FILE] [--model PATH] [--profile]

What is measured, and how far the figures can be trusted, is told in ``benchmarks/README.md``.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import os
import platform
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ANNOTATIONS = Path(__file__).parent.parent / "annotations"
#: Stages outside the pipeline's components; what lies in none of them is «the rest» of ``gov_ie.extract``.
READING, TOKENIZING, LAYOUT = "reading+tidying", "tokenizing/segmenting", "layout"
WHOLE, BASELINE = "gov_ie.extract", "baseline: "


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(description="Measure the speed and memory of gov_ie, alone and beside a spaCy baseline.")
    parser.add_argument("--reports", type=int, default=100, metavar="N", help="how many reports to read in one pass (default: 100)")
    parser.add_argument("--repeat", type=int, default=3, metavar="K", help="how many passes (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    parser.add_argument("--model", type=Path, metavar="PATH", help="a pipeline other than the shipped one; rules and assembler are added if it has none")
    parser.add_argument("--profile", action="store_true", help="profile gov_ie.extract (cProfile, 25 functions) instead of measuring")
    args = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # one process, one thread; numpy, spaCy and gov_ie are imported after this
    if args.reports < 1 or args.repeat < 1:
        parser.error("--reports and --repeat take numbers from 1")
    if args.profile:
        profile(args.reports, args.model)
        return
    figures = measure(args.reports, args.repeat, args.model)
    print(table(figures))
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# ---------------------------------------------------------------- our side


def load(model: Path | None) -> Language:
    """The shipped pipeline, or the one at ``model`` with everything behind its trained components; a new object at every call."""
    import spacy

    from gov_ie.api import model_path
    from gov_ie.errors import GovIEError

    try:
        nlp = spacy.load(model or model_path())
    except (GovIEError, OSError) as error:
        sys.exit(f"{error}\n(--model PATH measures another pipeline)")
    if model is not None:
        from gov_ie.training.build import add_following

        add_following(nlp)
    return nlp


def write_texts(folder: Path, n: int) -> list[list[Path]]:
    """Write tidied annotated reports to ``folder``: ``n`` evenly drawn ones, or rounds of all of them when there are fewer.

    Within a round all texts differ and caches are emptied between rounds: no text is read a second time.
    """
    from gov_ie.corpus.reports import read_annotated
    from gov_ie.reading import tidy

    reports = [r for part in ("train", "dev") for r in read_annotated(ANNOTATIONS / part)]
    if not reports:
        sys.exit(f"{ANNOTATIONS}: no annotated reports there")
    if n < len(reports):
        reports = [reports[i * len(reports) // n] for i in range(n)]
    files = []
    for report in reports:
        file = folder / f"{report.name}.txt"
        file.write_text(tidy(report.content.text).text, encoding="utf-8")
        files.append(file)
    return [files[: n - at] for at in range(0, n, len(files))]


def forget(nlp: Language) -> None:
    """Empty the tokenizer's cache of Chinese runs, as it is when a program starts."""
    getattr(nlp.tokenizer, "_cache", {}).clear()


class Stopwatch:
    """Adds up the CPU and wall seconds of named stages over one pass."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[..., Any], *args: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work(*args)
        self.cpu[stage] = self.cpu.get(stage, 0.0) + time.process_time() - cpu
        self.wall[stage] = self.wall.get(stage, 0.0) + time.perf_counter() - wall
        return result


def ours_whole(watch: Stopwatch, nlp: Language, file: Path) -> None:
    """The whole way, as a user walks it."""
    import gov_ie
    from gov_ie.pipeline.layout import analyse

    analyse.cache_clear()
    watch(WHOLE, lambda: gov_ie.extract(file, nlp=nlp))


def ours_staged(watch: Stopwatch, nlp: Language, file: Path) -> Doc:
    """The same way, stage by stage. Several components ask for the layout: here it is made once, by itself, before them."""
    import gov_ie
    from gov_ie.pipeline.layout import analyse

    analyse.cache_clear()
    text = watch(READING, lambda: gov_ie.read(file).tidied.text)
    doc = watch(TOKENIZING, nlp.tokenizer, text)
    watch(LAYOUT, analyse, text)
    for name, component in nlp.pipeline:
        doc = watch(name, component, doc)
    return doc


def baseline_staged(watch: Stopwatch, nlp: Language, doc: Doc) -> Doc:
    """The baseline's components, one by one, on a document that has its tokens already."""
    for name, component in nlp.pipeline:
        doc = watch(BASELINE + name, component, doc)
    return doc


# ---------------------------------------------------------------- measuring


def peak_memory() -> float | None:
    """The most memory that this process ever held, in MB; ``None`` where the system doesn't tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(n: int, repeat: int, model: Path | None) -> dict[str, Any]:
    """All figures of one run."""
    import spacy

    imported = peak_memory()
    nlp = load(model)
    loaded = peak_memory()
    with tempfile.TemporaryDirectory() as folder:
        rounds = write_texts(Path(folder), n)
        for files in rounds:  # the warm-up of our side; nothing of the baseline is there yet, so the peak is ours alone
            forget(nlp)
            for file in files:
                ours_whole(Stopwatch(), nlp, file)
        used = peak_memory()
        print(f"{n} reports, {len(rounds[0])} of them different; building the baseline", file=sys.stderr)
        bench = Bench(nlp, load(model), rounds)
        passes = [bench.one_pass(number) for number in range(repeat)]
    return {
        "reports": n,
        "different_reports": len(rounds[0]),
        "characters_per_report": round(bench.characters),
        "tokens_per_report": round(bench.tokens),
        "passes": repeat,
        "machine": {"python": platform.python_version(), "spacy": spacy.__version__, "system": platform.platform(), "cores": os.cpu_count()},
        "memory_mb": {"imports": imported, "pipeline_loaded": loaded, "peak": used},
        "baseline": bench.sanity,
        **summarise(passes, n, [name for name, component in nlp.pipeline if getattr(component, "is_trainable", False)]),
    }


class Bench:
    """Both sides, warmed up, and the tokens that the baseline is given."""

    def __init__(self, nlp: Language, staged: Language, rounds: list[list[Path]]) -> None:
        import baseline

        self.nlp = nlp
        self.staged = staged  # the same pipeline once more: so neither way finds in its tokenizer's cache what the other put there
        self.rounds = rounds
        self.baseline, self.sanity = baseline.build_baseline(nlp)
        self.bare = baseline.bare
        self.docs = {file: ours_staged(Stopwatch(), staged, file) for file in rounds[0]}
        read = [self.docs[file] for files in rounds for file in files]
        self.characters, self.tokens = (sum(sizes) / len(read) for sizes in ([len(doc.text) for doc in read], [len(doc) for doc in read]))
        for file in rounds[0]:
            baseline_staged(Stopwatch(), self.baseline, self.bare(self.baseline, self.docs[file]))

    def one_pass(self, number: int) -> Stopwatch:
        """One pass over all reports. Each is read by both sides in turn, who goes first changes, so that drift hits both alike."""
        watch = Stopwatch()
        gc.collect()
        for files in self.rounds:
            forget(self.nlp)
            forget(self.staged)
            for i, file in enumerate(files):
                doc = self.bare(self.baseline, self.docs[file])
                turns: list[Callable[[], Any]] = [partial(ours_whole, watch, self.nlp, file), partial(baseline_staged, watch, self.baseline, doc), partial(ours_staged, watch, self.staged, file)]
                for turn in range(3):
                    turns[(turn + i + number) % 3]()
        print(f"pass {number + 1} done", file=sys.stderr)
        return watch


def summarise(passes: list[Stopwatch], n: int, trained: list[str]) -> dict[str, Any]:
    """Best of the passes for times, the middle one (and the range) for ratios."""
    base_stages = [s for s in passes[0].cpu if s.startswith(BASELINE)]
    stages = [s for s in (READING, TOKENIZING, LAYOUT, *passes[0].cpu) if s != WHOLE and s not in base_stages]
    stages = list(dict.fromkeys(stages))
    trained = [LAYOUT, *trained]  # the layout makes the candidates that the span classifiers judge

    def best(names: list[str], clock: str = "cpu") -> float:
        return min(sum(getattr(p, clock)[s] for s in names) for p in passes)

    def ratio(ours: list[str], base: list[str]) -> dict[str, float]:
        each = [sum(p.cpu[s] for s in base) / sum(p.cpu[s] for s in ours) for p in passes]
        return {"median": statistics.median(each), "min": min(each), "max": max(each)}

    milliseconds = {s: 1000 * best([s]) / n for s in stages}
    milliseconds["rest"] = max(0.0, 1000 * best([WHOLE]) / n - sum(milliseconds.values()))
    with_tokenizer = statistics.median((sum(p.cpu[s] for s in base_stages) + p.cpu[TOKENIZING]) / p.cpu[WHOLE] for p in passes)
    return {
        "reports_per_second": {
            "whole_way": n / best([WHOLE]),
            "whole_way_wall_clock": n / best([WHOLE], "wall"),
            "trained_components": n / best(trained),
            "baseline": n / best(base_stages),
            "baseline_wall_clock": n / best(base_stages, "wall"),
        },
        "ratio": {
            "trained_components": ratio(trained, base_stages),
            "whole_way": ratio([WHOLE], base_stages),
            "whole_way_baseline_with_our_tokenizer": with_tokenizer,
        },
        "milliseconds_per_report": milliseconds,
        "baseline_milliseconds_per_report": {s.removeprefix(BASELINE): 1000 * best([s]) / n for s in base_stages},
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for reading."""
    rate, ratio, memory = figures["reports_per_second"], figures["ratio"], figures["memory_mb"]
    spent, base = figures["milliseconds_per_report"], figures["baseline_milliseconds_per_report"]
    total, base_total = sum(spent.values()), sum(base.values())
    sanity = figures["baseline"]

    def against(key: str) -> str:
        row = ratio[key]
        return f"{row['median']:.2f}  ({row['min']:.2f} to {row['max']:.2f})"

    lines = [
        f"{figures['reports']} reports ({figures['different_reports']} different), {figures['characters_per_report']} characters and {figures['tokens_per_report']} tokens each, {figures['passes']} passes",
        "",
        "reports per second (CPU time of one process)",
        f"  gov_ie.extract, the whole way      {rate['whole_way']:8.2f}   (by the wall clock {rate['whole_way_wall_clock']:.2f})",
        f"  our trained components with layout {rate['trained_components']:8.2f}",
        f"  baseline, tokens given             {rate['baseline']:8.2f}   (by the wall clock {rate['baseline_wall_clock']:.2f})",
        "ours / baseline, median of the passes (range)",
        f"  trained components                 {against('trained_components')}",
        f"  whole way, tokens given to baseline {against('whole_way')}",
        f"  whole way, baseline tokenizes too  {ratio['whole_way_baseline_with_our_tokenizer']:.2f}",
        "where the time goes, ms per report (best of the passes)",
        *(f"  {name:<24}{ms:8.2f}  {100 * ms / total:5.1f} %" for name, ms in spent.items()),
        "baseline, ms per report",
        *(f"  {name:<24}{ms:8.2f}  {100 * ms / base_total:5.1f} %" for name, ms in base.items()),
    ]
    found = [f"{key.split('_')[0]} {sanity[key]['found']:.0f} (gold {sanity[key]['gold']:.0f})" for key in ("sentences_per_1000_tokens", "entities_per_1000_tokens")]
    lines.append(f"  on held-out pseudo-gold: tags {sanity['tag_acc']:.2f}, heads {sanity['dep_uas']:.2f}, entities F {sanity['ents_f']:.2f}; in 1000 tokens {', '.join(found)}")
    if memory["peak"] is not None:
        lines.append(f"peak memory, MB: {memory['imports']:.0f} after imports, {memory['pipeline_loaded']:.0f} with the pipeline, {memory['peak']:.0f} after {figures['reports']} reports")
    return "\n".join(lines)


def profile(n: int, model: Path | None) -> None:
    """Print the 25 functions in which ``gov_ie.extract`` spends most time itself."""
    nlp = load(model)
    with tempfile.TemporaryDirectory() as folder:
        files = [file for files in write_texts(Path(folder), n) for file in files]
        for file in files[:5]:
            ours_whole(Stopwatch(), nlp, file)
        profiler = cProfile.Profile()
        profiler.enable()
        for file in files:
            ours_whole(Stopwatch(), nlp, file)
        profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
