"""A headless Chromium for the tests here. They are left out where there is none, unless ``GOV_IE_BROWSER=1`` demands them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

#: Debian's names first; ``GOV_IE_CHROMIUM`` names another one.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def _missing(reason: str) -> None:
    if os.environ.get("GOV_IE_BROWSER") == "1":
        pytest.fail(f"GOV_IE_BROWSER=1, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, started once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed: pip install 'gov-ie[browser]'")
    executable = os.environ.get("GOV_IE_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        _missing("there is no Chromium: install it, or name one with GOV_IE_CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A function that opens a document from a file: ``opened(html, width=390, dark=True, script=False)``.

    At the end no page may have complained, asked anything of the network or shown a dialog.
    """
    contexts: list[Any] = []
    events: list[str] = []

    def open_page(document: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Any:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(document, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: events.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: events.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (events.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: events.append(f"request: {request.url}") if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert events == []
