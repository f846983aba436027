"""Search for Chinese words too: the index has, of each run of Chinese characters, the run and its pairs; the search page finds the longer ones as parts of runs."""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

_WORDS = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


class SearchEnglishAndChinese(SearchEnglish):
    """English as usual; Sphinx's own Chinese splitter needs a dictionary of words, and finds 公开 in 不予公开 only if that has it."""

    def split(self, input: str) -> list[str]:
        """The words of a text."""
        found = []
        for word in _WORDS.findall(input):
            found.append(word)
            if not word.isascii() and len(word) > 2:
                found += [word[i : i + 2] for i in range(len(word) - 1)]
        return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the place of Sphinx's English."""
    app.add_search_language(SearchEnglishAndChinese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
