"""What the formal rules make of the bodies that the model tagged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from gov_ie.pipeline.components import FormalRules


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("市水利局副局长高某出席会议", "市水利局副局", ["市水利局"]),
        ("由省教育厅常务副厅长牵头", "省教育厅常务副厅", ["省教育厅"]),
        ("平川县副县长任组长", "平川县副县", ["平川县"]),
        ("副局长任组长", "副局", ["副局"]),
        ("市水利局副局机关", "市水利局副局", ["市水利局副局"]),
        ("平川县水利局长期公开", "平川县水利局", ["平川县水利局"]),
        ("目录\n\n## 平川县水利局", "\n\n## 平川县水利局", ["平川县水利局"]),
        ("“平川发布”编辑部", "“平川发布”编辑部", ["“平川发布”编辑部"]),
        ("按照县委县政府的部署", "县委县政府", ["县委", "县政府"]),
        ("2013年平川县水利局公开", "2013年平川县水利局", ["平川县水利局"]),
        ("四川省各级机关", "四川省", []),
    ],
)
def test_bodies(tagged: Callable[..., Doc], text: str, body: str, expected: list[str]) -> None:
    doc = FormalRules()(tagged(text, [("ORG", body)]))
    assert [entity.text for entity in doc.ents if entity.label_ == "ORG"] == expected
