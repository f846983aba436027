"""The variants of :mod:`ablations`: what each changes in the training config, and which reports it is trained on."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gov_ie.labels import DENIED, ROLES, UNIT_LABELS

CHOSEN = "chosen"
#: Seed of the draw of training reports.
SUBSET_SEED = 7
_TRAINED = ("ner", "names", "units", "facts")
_SHARED = "components.tok2vec.model"
_ROWS = f"{_SHARED}.embed.rows"
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": f"${{{_SHARED}.encode.width}}", "upstream": "tok2vec"}
_OWN_TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {"@architectures": "gov_ie.CharacterEmbed.v1", "width": f"${{{_SHARED}.embed.width}}", "rows": f"${{{_ROWS}}}"},
    "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": f"${{{_SHARED}.encode.width}}", "depth": f"${{{_SHARED}.encode.depth}}", "window_size": f"${{{_SHARED}.encode.window_size}}", "maxout_pieces": 3},
}
_SMALL_TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {"@architectures": "gov_ie.CharacterEmbed.v1", "width": 48, "rows": [1500, 2500, 2500, 2000, 20, 100]},
    "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 48, "depth": 3, "window_size": 2, "maxout_pieces": 3},
}
_TRANSITIONS = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": _LISTENER}
_PLAIN_SPANS = {
    "@architectures": "spacy.SpanCategorizer.v1", "tok2vec": _LISTENER,
    "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 128}, "scorer": {"@layers": "Softmax.v2"},
}  # fmt: skip
_MULTILABEL_FACTS = {
    "factory": "spancat", "spans_key": "facts", "threshold": 0.5, "suggester": {"@misc": "gov_ie.FactSuggester.v1"},
    "model": {"@architectures": "gov_ie.ContextSpanCategorizer.v1", "contexts": "facts", "tok2vec": _LISTENER, "scorer": {"@layers": "spacy.LinearLogistic.v1"}},
}  # fmt: skip
_ONE_GROUP = {
    "components.units": {"factory": "spancat_singlelabel", "spans_key": "both", "negative_weight": 0.7, "allow_overlap": True, "suggester": {"@misc": "benchmarks.BothSuggester.v1"}, "model": _PLAIN_SPANS},
    "components.facts": {"factory": "benchmarks_parts"},
    "initialize.components": {"units": {"labels": [*UNIT_LABELS, *ROLES, *(DENIED + role for role in ROLES)]}},
    "corpora.train.@readers": "benchmarks.OneGroup.v1",
    "corpora.dev.@readers": "benchmarks.OneGroup.v1",
    "training.score_weights": {"ents_f": 0.4, "spans_names_f": 0.1, "spans_both_f": 0.5},
}  # fmt: skip
_AUGMENT = "corpora.train.augmenter"
_NOISE = tuple(f"{_AUGMENT}.{kind}" for kind in ("blanks", "wraps", "mistakes"))
_NO_WORDS = {f"{_ROWS}.3": 0, f"{_ROWS}.4": 0, "initialize.tokenizer.pkuseg_model": None}


@dataclass(frozen=True)
class Variant:
    """A pipeline to be compared: what differs from the shipped config, by dotted key (a number is a place in a list)."""

    name: str
    says: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    share: float = 1.0  # of the training reports
    without: tuple[str, ...] = ()  # functions of gov_ie.pipeline.contexts that find no symbols
    pretrained: str = ""  # what it starts from of that which pretraining.py makes: a file or folder


def _width(n: int) -> dict[str, int]:
    return {f"{_SHARED}.embed.width": n, f"{_SHARED}.encode.width": n, **{f"components.{name}.model.tok2vec.width": n for name in _TRAINED}}


VARIANTS = (
    Variant(CHOSEN, "as shipped"),
    Variant("seed-1", "another seed", {"system.seed": 1}),
    Variant("seed-2", "another seed", {"system.seed": 2}),
    Variant("tokens-words", "pkuseg's words as tokens", {"nlp.tokenizer.granularity": "words"}),
    Variant("segmenter-none", "no segmenter: word and place are not embedded", {**_NO_WORDS}),
    Variant("segmenter-jieba", "jieba's cuts instead of pkuseg's", {"nlp.tokenizer": {"@tokenizers": "benchmarks.JiebaTokenizer.v1"}, "initialize.tokenizer.pkuseg_model": None}),
    Variant("segmenter-newspaper", "a segmenter trained on a month of newspaper as well", pretrained="segmenter-newspaper"),
    Variant("pretrained", "the shared layer pretrained on a month of newspaper", pretrained="pretrained.bin"),
    Variant("embed-no-pairs", "not embedded: pairs with the neighbours", {f"{_ROWS}.1": 0, f"{_ROWS}.2": 0}),
    Variant("embed-no-word", "not embedded: the pkuseg word", {f"{_ROWS}.3": 0}),
    Variant("embed-no-place", "not embedded: the place in the word", {f"{_ROWS}.4": 0}),
    Variant("embed-no-lexicon", "not embedded: the lexicon of public bodies", {f"{_ROWS}.5": 0}),
    *(Variant(f"depth-{n}", f"{n} layers of convolution", {f"{_SHARED}.encode.depth": n}) for n in (2, 4, 6)),
    *(Variant(f"width-{n}", f"vectors of width {n}", _width(n)) for n in (64, 96, 128)),
    *(Variant(f"window-{n}", f"a layer sees {n} to each side", {f"{_SHARED}.encode.window_size": n}) for n in (1, 2)),
    Variant("tables-small", "smaller hash tables", {_ROWS: [3000, 5000, 5000, 4000, 20, 100], "components.units.model.rows": 12000, "components.facts.model.rows": 12000}),
    Variant("tables-large", "larger hash tables", {_ROWS: [4000, 10000, 10000, 6000, 20, 100], "components.units.model.rows": 20000, "components.facts.model.rows": 20000}),
    Variant("spans-plain", "spaCy's span classifier: no context n-grams, no cue words", {"components.units.model": _PLAIN_SPANS, "components.facts.model": _PLAIN_SPANS}),
    Variant("spans-no-cues", "span classifiers without cue words", without=("_cues",)),
    Variant("spans-no-tones", "span classifiers without the tone of the section", without=("_tone",)),
    Variant("groups-one", "spaCy's span classifier, units and facts as one group (compare spans-plain)", _ONE_GROUP),
    Variant("facts-multilabel", "several roles for a figure, independent of each other", {"components.facts": _MULTILABEL_FACTS}),
    Variant("names-apart", "names with a tok2vec of their own", {"components.names.model.tok2vec": _OWN_TOK2VEC}),
    Variant("facts-apart", "roles of figures with a small tok2vec of their own (width 48)", {"components.facts.model.tok2vec": _SMALL_TOK2VEC}),
    Variant("sharing-none", "each component with a tok2vec of its own", {f"components.{name}.model.tok2vec": _OWN_TOK2VEC for name in _TRAINED}),
    Variant("ner-plain", "entities without carrying over and without a least score", {"components.ner.consistent": None, "components.ner.min_score": 0.0}),
    Variant("ner-transitions", "entities by spaCy's transitions", {"components.ner": {"factory": "ner", "model": _TRANSITIONS}}),
    *(Variant(f"dropout-{n}", f"dropout {n}", {"training.dropout": n}) for n in (0.05, 0.15, 0.3)),
    Variant("augment-none", "no augmented copies", {"corpora.train.augmenter": None}),
    Variant("augment-no-bodies", "copies keep their bodies", {f"{_AUGMENT}.bodies": 0.0}),
    Variant("augment-no-figures", "copies keep their figures (not their years)", {f"{_AUGMENT}.figures": 0.0}),
    Variant("augment-no-width", "copies keep their width, of digits and of marks", {f"{_AUGMENT}.width": 0.0, f"{_AUGMENT}.marks": 0.0}),
    Variant("augment-no-noise", "copies without blanks, wraps and mistaken characters", dict.fromkeys(_NOISE, 0.0)),
    Variant("augment-no-blanks", "copies without blanks inside figures", {f"{_AUGMENT}.blanks": 0.0}),
    Variant("augment-no-wraps", "copies without wrapped lines", {f"{_AUGMENT}.wraps": 0.0}),
    Variant("augment-no-mistakes", "copies without mistaken characters", {f"{_AUGMENT}.mistakes": 0.0}),
    Variant("augment-more-noise", "three times as much noise", dict.fromkeys(_NOISE, 0.3)),
    Variant("augment-once", "the same copies at every pass", {"training.max_epochs": 0, "corpora.train.shuffle": False}),
    *(Variant(f"copies-{n}", f"augmented copies of each report: {n}", {f"{_AUGMENT}.copies": n}) for n in (1, 2, 3)),
    *(Variant(f"train-{n}", f"{n} % of the training reports", share=n / 100) for n in (25, 50, 75)),
)  # fmt: skip


def changed(config: Any, changes: Mapping[str, Any]) -> Any:
    """A copy of a config with ``changes``. What is not there cannot be changed, but for the blocks of ``initialize`` and the arguments of a registered function, which may be left to their defaults.

    Raises:
        GovIEError: a key leads nowhere.
    """
    from gov_ie.errors import GovIEError

    result = config.copy()
    for key, value in changes.items():
        *path, last = key.split(".")
        place: Any = result
        try:
            for part in path:
                place = place[int(part)] if isinstance(place, list) else place[part]
            if isinstance(place, list):
                place[int(last)] = value
                continue
            known = isinstance(place, dict) and (last in place or path == ["initialize"] or any(name.startswith("@") for name in place))
        except (KeyError, IndexError, ValueError, TypeError):
            known = False
        if not known:
            raise GovIEError(f"{key}: gov_ie/training/config.cfg has no such setting; bring the variant in line with it")
        place[last] = json.loads(json.dumps(value))  # not shared between variants
    return result


def config_of(variant: Variant, base: Any) -> Any:
    """The training config of a variant; ``None`` when it is the chosen one under another name."""
    config = changed(base, variant.changes)
    if variant.name != CHOSEN and variant.share == 1 and not variant.without and not variant.pretrained and config == base:
        return None
    return config


@contextmanager
def corpus(annotations: Path, share: float, work: Path) -> Iterator[Path]:
    """The annotations with a share of their training reports: drawn once in one order, so that a smaller share lies in a larger one."""
    if share == 1:
        yield annotations
        return
    with tempfile.TemporaryDirectory(dir=work) as folder:
        shutil.copytree(annotations / "dev", Path(folder) / "dev")
        (Path(folder) / "train").mkdir()
        files = sorted((annotations / "train").glob("*.txt"))
        random.Random(SUBSET_SEED).shuffle(files)
        for file in files[: max(1, round(share * len(files)))]:
            shutil.copy(file, Path(folder) / "train")
        yield Path(folder)
