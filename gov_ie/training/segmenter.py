"""Training the pkuseg model on the project's own reports.

The cuts to learn from are jieba's (MIT licence, a build-time dependency), corrected at every border that the annotations know: no
word runs over the edge of an entity, a name or a unit, and words that stand alone in the guideline stay whole.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from gov_ie.corpus.markup import AnnotatedText
from gov_ie.errors import GovIEError
from gov_ie.labels import NAME_LABELS

#: pkuseg divides its sentences by ten.
_FEWEST = 20
#: Binary digits kept of a weight.
_MANTISSA = 10
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
#: Words of the genre that a general dictionary cuts apart.
GENRE_WORDS = (
    "政府信息 信息公开 政务公开 主动公开 依申请公开 不予公开 部分公开 公开指南 公开目录 年度报告 行政复议 行政诉讼 行政许可 行政处罚 行政强制 规范性文件 门户网站 政务微博 政务新媒体 "
    "微信公众号 新闻发布会 在线访谈 政策解读 公文属性 保密审查 领导小组 查阅点 查阅场所 申请人 公开栏 明白纸 信息处理费 电子政务 人大建议 政协提案 放管服 双随机 五公开 人次 余条 余件"
).split()


def segmented_sentences(contents: Iterable[AnnotatedText]) -> Iterator[list[str]]:
    """The Chinese runs of annotated texts as words: jieba's cuts, and a cut at every border of an entity or a name."""
    try:
        import jieba
    except ImportError as error:
        raise ImportError("training the segmenter needs jieba: pip install 'gov-ie[train]'") from error
    jieba.setLogLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as cache:
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = cache
        for word in GENRE_WORDS:
            tokenizer.add_word(word)
        for content in contents:
            borders = {offset for a in (*content.entities(), *content.of(NAME_LABELS)) for offset in (a.start, a.end)}
            for run in _HAN.finditer(content.text):
                cuts = [run.start(), *sorted(b for b in borders if run.start() < b < run.end()), run.end()]
                words: list[str] = []
                for start, end in itertools.pairwise(cuts):
                    words += tokenizer.lcut(content.text[start:end], HMM=False)
                yield words


def train_segmenter(contents: Iterable[AnnotatedText], folder: str | Path, *, iterations: int = 12, seed: int = 0) -> Path:
    """Train a pkuseg model on annotated texts and store it in ``folder`` (``features.msgpack``, ``weights.npz``).

    The same texts and seed give the same model: pkuseg shuffles with the global generator, which is seeded here. spacy-pkuseg works in a folder of its own below the current one, so this moves to a temporary one.

    Raises:
        GovIEError: there is too little text.
    """
    import spacy_pkuseg
    from thinc.api import fix_random_seed

    target = Path(folder).resolve()
    lines = sorted({" ".join(words) for words in segmented_sentences(contents) if words})
    if len(lines) < _FEWEST:
        raise GovIEError(f"{len(lines)} different stretches of Chinese text are too few to train a segmenter on ({_FEWEST} at least): add annotated reports")
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as work:
        train, test = Path(work) / "train.txt", Path(work) / "test.txt"
        train.write_text("\n".join(lines) + "\n", encoding="utf-8")
        test.write_text("\n".join(lines[:: max(1, len(lines) // 50)]) + "\n", encoding="utf-8")
        try:
            os.chdir(work)
            fix_random_seed(seed)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                spacy_pkuseg.train(str(train), str(test), str(target), train_iter=iterations)
        finally:
            os.chdir(here)
    _shrink(target / "weights.npz")
    return target


def _shrink(file: Path) -> None:
    """Round the weights to ``_MANTISSA`` binary digits and compress them: a quarter of the size, and the same cuts. pkuseg reads either."""
    with np.load(file) as stored:
        arrays = {name: stored[name] for name in stored.files}
    mantissa, exponent = np.frexp(arrays["w"])
    arrays["w"] = np.ldexp(np.round(np.ldexp(mantissa, _MANTISSA)), exponent - _MANTISSA)
    np.savez_compressed(file, **arrays)
