"""The tokenizer: spacy-pkuseg's cuts, made so that no token ever runs over the border of an entity.

pkuseg on its own glues digits and punctuation to words.  So text is first cut at digit runs, latin runs, marks and blanks, and only
runs of Chinese characters go to pkuseg.  With ``granularity = "characters"`` (the default) the characters of a run are the tokens and
pkuseg's cuts are kept on them as ``token.tag_`` — ``B``, ``M``, ``E``, ``S``: first, inner and last character of a word, or a word by
itself — from where the embedding reads them; with ``"words"`` the words are the tokens.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import from_disk as read_parts
from spacy.util import registry
from spacy.util import to_disk as write_parts
from spacy.vocab import Vocab

from gov_ie.errors import ModelError
from gov_ie.pipeline.segmentation import Segmenter

Granularity = Literal["characters", "words"]
_PIECES = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007]+)|(?P<digits>[0-9]+|[０-９]+)|(?P<latin>[A-Za-z]+|[Ａ-Ｚａ-ｚ]+)|(?P<space>[ \t\u3000\u00a0]+|\n+|\s)|(?P<other>.)",
    re.DOTALL,
)
#: Runs longer than this are given to pkuseg in parts: its memory grows with the square of the length.
_LONGEST_RUN = 200
_CACHE_SIZE = 20_000
_MODEL_FILES = ("features.msgpack", "weights.npz")


class PkusegTokenizer:
    """Cut text at formal borders, then Chinese runs with pkuseg. ``doc.text == text`` always holds.

    Args:
        vocab: the shared vocabulary.
        granularity: ``"characters"`` or ``"words"``.
    """

    def __init__(self, vocab: Vocab, *, granularity: Granularity = "characters") -> None:
        self.vocab = vocab
        self.granularity = granularity
        self._segmenter: Segmenter | None = None
        self._files: dict[str, bytes] = {}
        self._cache: dict[str, list[str]] = {}

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        for piece in _PIECES.finditer(text):
            token = piece.group()
            if piece.lastgroup == "space" and token == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            elif piece.lastgroup == "han":
                for word in self._segment(token):
                    if self.granularity == "words" or len(word) == 1:
                        words.append(word)
                        tags.append("S")
                        spaces.append(False)
                    else:
                        words.extend(word)
                        tags.extend("B" + "M" * (len(word) - 2) + "E")
                        spaces.extend([False] * len(word))
            else:
                words.append(token)
                tags.append("S")
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces, tags=tags)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Tokenize a stream of texts (``batch_size`` is there for spaCy's interface)."""
        for text in texts:
            yield self(text)

    def segment(self, text: str) -> list[str]:
        """pkuseg's words of a run of Chinese characters, whatever the granularity."""
        return [word for piece in _PIECES.finditer(text) for word in (self._segment(piece.group()) if piece.lastgroup == "han" else [piece.group()])]

    def _segment(self, run: str) -> list[str]:
        if self._segmenter is None:
            return list(run)
        words = self._cache.get(run)
        if words is None:
            words = []
            for start in range(0, len(run), _LONGEST_RUN):
                words.extend(self._segmenter.cut(run[start : start + _LONGEST_RUN]))
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            self._cache[run] = words
        return words

    def initialize(
        self, get_examples: Callable | None = None, *, nlp: Language | None = None, pkuseg_model: str | None = None, pkuseg_user_dict: str | None = None
    ) -> None:
        """Load a pkuseg model; the arguments are those of spaCy's own Chinese tokenizer.

        Args:
            get_examples: not used.
            nlp: not used.
            pkuseg_model: the folder of a trained model; with ``None`` what is loaded stays, or every character is a word.
            pkuseg_user_dict: not used; a user dictionary could merge what the formal borders cut.

        Raises:
            ModelError: the folder holds no pkuseg model.
        """
        if pkuseg_model is None:
            return
        folder = Path(pkuseg_model)
        missing = [name for name in _MODEL_FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: no pkuseg model there ({', '.join(missing)} missing); train one with 'gov-ie train'")
        self._load({name: (folder / name).read_bytes() for name in _MODEL_FILES})

    def _load(self, files: dict[str, bytes]) -> None:
        self._files = files
        self._cache = {}
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            self._segmenter = Segmenter(folder)

    def to_bytes(self, **kwargs: Any) -> bytes:
        return srsly.msgpack_dumps({"granularity": self.granularity, "files": self._files})

    def from_bytes(self, data: bytes, **kwargs: Any) -> PkusegTokenizer:
        state = srsly.msgpack_loads(data)
        self.granularity = state["granularity"]
        if state["files"]:
            self._load(state["files"])
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        folder = Path(path)
        writers: dict[str, Callable] = {"cfg": lambda p: srsly.write_json(p, {"granularity": self.granularity})}
        for name, data in self._files.items():
            writers[name] = lambda p, data=data: Path(p).write_bytes(data)
        write_parts(folder, writers, [])

    def from_disk(self, path: str | Path, **kwargs: Any) -> PkusegTokenizer:
        folder = Path(path)

        def read_cfg(p: Path) -> None:
            self.granularity = srsly.read_json(p)["granularity"]

        read_parts(folder, {"cfg": read_cfg}, [])
        files = {name: (folder / name).read_bytes() for name in _MODEL_FILES if (folder / name).is_file()}
        if files:
            self._load(files)
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {"vocab": self.vocab, "granularity": self.granularity, "files": self._files}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["vocab"], granularity=state["granularity"])  # type: ignore[misc]
        if state["files"]:
            self._load(state["files"])


@registry.tokenizers("gov_ie.PkusegTokenizer.v1")
def create_pkuseg_tokenizer(granularity: Granularity = "characters") -> Callable[[Language], PkusegTokenizer]:
    """The tokenizer factory for ``[nlp.tokenizer]``."""

    def create(nlp: Language) -> PkusegTokenizer:
        return PkusegTokenizer(nlp.vocab, granularity=granularity)

    return create
