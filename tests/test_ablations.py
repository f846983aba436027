"""The comparisons of models: every variant is a config that builds, results survive failures and stops, figures land in the right column. Nothing is trained here."""

from __future__ import annotations

import json
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
import spacy
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from spacy.util import load_config, load_model_from_config

from gov_ie.errors import GovIEError

pytest.importorskip("jieba", reason="training needs gov-ie[train]")
pytest.importorskip("sklearn", reason="training needs gov-ie[train]")
sys.path.append(str(ROOT / "benchmarks"))

import contenders
from ablations import measure_outside, plain, read_results, run, segmenter_of, table
from variants import CHOSEN, VARIANTS, Variant, changed, config_of, corpus

from gov_ie.training.build import CONFIG

BY_NAME = {variant.name: variant for variant in VARIANTS}


@pytest.fixture(scope="module")
def shipped() -> Any:
    return load_config(CONFIG)


@pytest.fixture
def args(tmp_path: Path) -> Namespace:
    """A command line with two reports."""
    for part in ("train", "dev"):
        (tmp_path / "annotations" / part).mkdir(parents=True)
        (tmp_path / "annotations" / part / "report.txt").write_text("{YEAR 2013年}年度报告\n", encoding="utf-8")
    return Namespace(results=tmp_path / "results.json", annotations=tmp_path / "annotations", steps=None, again=False)


def figures(f: float = 0.5, **more: Any) -> dict[str, Any]:
    return {"seconds": 60, "mb": 20.0, "reports_per_second": 9.0, "dev": dict.fromkeys(("entities", "ORG", "units", "facts", "fields"), f), **more}


# ---------------------------------------------------------------- configs


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_every_variant_is_a_config_that_builds(variant: Variant, shipped: Any, tmp_path: Path) -> None:
    assert contenders.BOTH
    config = config_of(variant, shipped)
    if config is None:
        config = changed(shipped, variant.changes)
        assert config == shipped
    config.to_disk(tmp_path / "config.cfg")  # as it goes to the training
    assert load_model_from_config(load_config(tmp_path / "config.cfg"), auto_fill=True).pipe_names == ["tok2vec", "ner", "names", "units", "facts"]


def test_names_differ_and_the_chosen_one_changes_nothing(shipped: Any) -> None:
    assert len(BY_NAME) == len(VARIANTS)
    assert config_of(BY_NAME[CHOSEN], shipped) == shipped


@pytest.mark.parametrize("name", [v.name for v in VARIANTS if v.changes])
def test_what_the_config_has_already_is_not_trained_twice(name: str, shipped: Any) -> None:
    assert config_of(BY_NAME[name], changed(shipped, BY_NAME[name].changes)) is None


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("training.dropout", 0.4, lambda c: c["training"]["dropout"]),
        ("components.tok2vec.model.embed.rows.4", 0, lambda c: c["components"]["tok2vec"]["model"]["embed"]["rows"][4]),
        ("components.facts.model.rows", 9, lambda c: c["components"]["facts"]["model"]["rows"]),  # an argument left to its default
    ],
)
def test_a_change_by_dotted_key(key: str, value: Any, found: Any, shipped: Any) -> None:
    before = shipped.to_str()
    assert found(changed(shipped, {key: value})) == value
    assert shipped.to_str() == before


@pytest.mark.parametrize("key", ["training.drop_out", "trainings.dropout", "components.tagger.model", "components.tok2vec.model.embed.rows.9", "training.dropout.rate", "components.tok2vec.model.embed.rows.x"])
def test_a_key_that_leads_nowhere_is_named(key: str, shipped: Any) -> None:
    with pytest.raises(GovIEError, match=rf"{key}.*no such setting"):
        changed(shipped, {key: 1})


@given(st.integers(1, 30), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_smaller_share_lies_in_a_larger_one(reports: int, one: float, other: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for part, number in (("train", reports), ("dev", 2)):
            (Path(folder) / part).mkdir()
            for i in range(number):
                (Path(folder) / part / f"{i}.txt").touch()
        drawn = []
        for share in sorted((one, other)):
            with corpus(Path(folder), share, Path(folder)) as part_of_it:
                drawn.append({file.name for file in (part_of_it / "train").glob("*.txt")})
                assert len(drawn[-1]) == max(1, round(share * reports))
                assert len(list((part_of_it / "dev").glob("*.txt"))) == 2
    assert drawn[0] <= drawn[1]


def test_one_segmenter_for_all_variants_with_the_same_reports(args: Namespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trained = []

    def train(contents: list[Any], folder: Path, *, seed: int) -> Path:
        trained.append([content.text for content in contents])
        folder.mkdir()
        return folder

    monkeypatch.setattr("gov_ie.training.segmenter.train_segmenter", train)
    first = segmenter_of(args.annotations, tmp_path)
    assert segmenter_of(args.annotations, tmp_path) == first
    (args.annotations / "train" / "second.txt").write_text("第二份报告\n", encoding="utf-8")
    assert segmenter_of(args.annotations, tmp_path) != first
    assert [len(texts) for texts in trained] == [1, 2]


# ---------------------------------------------------------------- running and results


def test_a_failure_is_recorded_and_the_next_goes_on(args: Namespace) -> None:
    asked: list[str] = []
    broken = {"seed-1"}

    def measure(variant: Variant, _: Namespace) -> dict[str, Any]:
        asked.append(variant.name)
        if variant.name in broken:
            raise ValueError("no such thing in /some/folder/config.cfg")
        return figures()

    three = [BY_NAME[name] for name in ("seed-2", "seed-1", CHOSEN)]
    assert run(three, args, measure=measure) == 1
    rows = read_results(args.results)
    assert [row["name"] for row in rows] == [CHOSEN, "seed-1", "seed-2"]
    assert [row.get("error") for row in rows] == [None, "ValueError: no such thing in config.cfg", None]
    assert rows[2]["changes"] == {"system.seed": 2}
    assert rows[2]["dev"]["fields"] == 0.5
    lines = args.results.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line.rstrip(","))["name"] for line in lines[1:-1]] == [CHOSEN, "seed-1", "seed-2"]

    broken.clear()  # what failed is tried again, what is done is not
    assert run(three, args, measure=measure) == 0
    assert asked == ["seed-2", "seed-1", CHOSEN, "seed-1"]
    assert not any("error" in row for row in read_results(args.results))
    args.again = True
    run(three, args, measure=measure)
    assert asked[4:] == ["seed-2", "seed-1", CHOSEN]


def test_a_result_of_other_reports_is_told(args: Namespace, capsys: pytest.CaptureFixture[str]) -> None:
    run([BY_NAME[CHOSEN]], args, measure=lambda *_: figures())
    run([BY_NAME[CHOSEN]], args, measure=lambda *_: figures())
    assert "--again" not in capsys.readouterr().err
    (args.annotations / "train" / "second.txt").write_text("第二份报告\n", encoding="utf-8")
    run([BY_NAME[CHOSEN]], args, measure=lambda *_: figures())
    assert "--again" in capsys.readouterr().err


def test_a_broken_results_file_is_named(tmp_path: Path) -> None:
    assert read_results(tmp_path / "none.json") == []
    (tmp_path / "broken.json").write_text("[{", encoding="utf-8")
    with pytest.raises(GovIEError, match=r"broken\.json: not a file of results"):
        read_results(tmp_path / "broken.json")


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("E1: /home/me/work/config.cfg: gone", "E1: config.cfg: gone"),
        ("two\n  lines", "two lines"),
        ("precision/recall, see https://spacy.io/api/spancategorizer", "precision/recall, see https://spacy.io/api/spancategorizer"),
        ("a" * 200 + "b" * 200, "a" * 150 + " … " + "b" * 150),
    ],
)
def test_messages_name_no_folder(message: str, line: str) -> None:
    assert plain(message) == line


SCORER = """
import json, sys
what, gold, predicted = sys.argv[1:4]
rows = [json.loads(line) for line in open(predicted, encoding="utf-8")]
if gold.endswith("missing") and what == "tags":
    sys.exit("score: no gold")
key = {"facts": "prose", "tags": "  ORG"}[what]
print(json.dumps({key: {"f1": len(rows) / 8, "p": 1}, "reports": {"exact": 1}}))
"""


def test_other_reports_are_scored_by_their_scorer(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    for i in range(2):
        (tmp_path / "reports" / f"{i}.txt").write_text(f"平川县水利局201{i}年政府信息公开工作年度报告\n全年主动公开信息86条。\n", encoding="utf-8")
    found = measure_outside(spacy.blank("zh"), tmp_path / "reports", [Path("whole"), Path("missing")], tmp_path / "score.py", tmp_path)
    assert found == {"whole": {"facts": {"prose": 0.25}, "tags": {"ORG": 0.25}}, "missing": {"facts": {"prose": 0.25}, "tags": {"error": "score: no gold"}}}


def test_the_table_begins_with_the_chosen_one() -> None:
    outside = {"external": {"old": {"facts": {"facts": 0.25, "prose": 0.5}, "tags": {"error": "score: no gold"}}}}
    rows = [
        {"name": "depth-2", "base": "a", **figures(0.9)},
        {"name": CHOSEN, "base": "a", **figures(0.805), **outside},
        {"name": "seed-1", "base": "a", **figures(0.8)},
        {"name": "width-64", "base": "b", **figures()},
        {"name": "dropout-0.3", "base": "a", "error": "KeyError: x"},
    ]
    text = table(rows)
    head, _, first, *others = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert head == ["variant", "what is different", "entities", "ORG", "units", "facts", "fields", "old: facts", "old: prose", "MB", "reports/s", "seconds"]
    assert first == ["**chosen**", "as shipped", *["80.5"] * 5, "25.0", "50.0", "20.0", "9.00", "60"]
    assert [row[0] for row in others] == ["depth-2", "seed-1", "width-64 †"]
    assert others[0][7:9] == ["–", "–"]
    assert "2 seeds" in text
    assert "fields 80.0 to 80.5" in text
    assert text.endswith("- dropout-0.3 failed: KeyError: x")


def test_a_table_of_nothing() -> None:
    assert table([]) == "No variant was measured yet."
