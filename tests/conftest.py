"""What several tests share: folders, the trained pipeline, a small segmenter, documents made by hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, settings
from spacy.language import Language
from spacy.tokens import Doc

from gov_ie.pipeline.tokenizer import PkusegTokenizer

ROOT = Path(__file__).parents[1]
ANNOTATIONS = ROOT / "annotations"
#: The built pipeline; ``GOV_IE_TEST_MODEL`` names another one to test.
MODEL = Path(os.environ.get("GOV_IE_TEST_MODEL", ROOT / "models" / "zh_gov_ie" / "data"))

settings.register_profile("quick", max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The built pipeline's folder; where it may be missing (not in CI) the test is left out."""
    if not (MODEL / "config.cfg").is_file() and "CI" not in os.environ:
        pytest.skip("no trained pipeline in models/zh_gov_ie/data: run 'gov-ie train'")
    assert (MODEL / "config.cfg").is_file(), "no trained pipeline in models/zh_gov_ie/data: run 'gov-ie train'"
    return MODEL


@pytest.fixture(scope="session")
def trained(model_folder: Path) -> Language:
    """The trained pipeline, loaded as anybody would."""
    return spacy.load(model_folder)


@pytest.fixture(scope="session")
def small_segmenter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pkuseg model trained on a handful of sentences: enough to be stored, copied and compared."""
    pytest.importorskip("jieba")
    from gov_ie.corpus.markup import parse
    from gov_ie.training.segmenter import train_segmenter

    organs = ("水利局", "教育局", "财政局", "档案馆", "政务服务中心", "审计局")
    clauses = ("主动公开政府信息", "受理依申请公开", "没有发生行政复议", "没有发生行政诉讼", "编制政府信息公开指南", "举办培训班", "更新门户网站", "加强组织领导")
    sentences = [f"{{ORG 平川县{organ}}}{first}，{second}" for organ in organs for first in clauses for second in clauses[::3]]
    return train_segmenter([parse("。\n".join(sentences))], tmp_path_factory.mktemp("segmenter"), iterations=2)


def shortest_reports(folder: Path, **parts: int) -> Path:
    """Copy the shortest annotated reports of each part into a folder, with their expected facts."""
    for part, number in parts.items():
        (folder / part).mkdir()
        for path in sorted((ANNOTATIONS / part).glob("*.txt"), key=lambda p: (p.stat().st_size, p.name))[:number]:
            shutil.copy(path, folder / part)
            facts = path.with_name(f"{path.stem}.facts.json")
            if facts.is_file():
                shutil.copy(facts, folder / part)
    return folder


@pytest.fixture(scope="session")
def tagged() -> Callable[..., Doc]:
    """A function that makes a document without a model: ``tagged(text, [("ORG", "words"), …])``, the words in the order of the text."""
    blank = spacy.blank("zh")
    blank.tokenizer = PkusegTokenizer(blank.vocab)

    def make(text: str, entities: Iterable[tuple[str, str]] = ()) -> Doc:
        doc = blank.make_doc(text)
        spans, at = [], 0
        for label, words in entities:
            start = text.index(words, at)
            at = start + len(words)
            span = doc.char_span(start, at, label=label)
            assert span is not None, f"{words!r} does not fit the tokens"
            spans.append(span)
        doc.set_ents(spans)
        return doc

    return make
