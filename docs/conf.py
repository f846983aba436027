"""Sphinx builds the documentation: ``make docs``. The modules in ``_ext/`` make tables of the code's own data, so that no page holds a second copy."""

from __future__ import annotations

import sys
from pathlib import Path

import gov_ie

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "gov_ie"
author = "gov_ie contributors"
copyright = "2026 gov_ie contributors, MIT"
version = release = gov_ie.__version__
language = "en"

extensions = [
    "myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton",
    "docs_tables", "docs_commands", "docs_repository", "docs_shown", "docs_search", "docs_api", "docs_narrow",
]  # fmt: skip
exclude_patterns = ["_build", "_ext"]

myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False

html_title = f"gov_ie {version}"
html_theme = "pydata_sphinx_theme"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
html_sidebars = {page: [] for page in ("index", "start", "start.zh", "search", "genindex")}
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 5,
    "show_prev_next": True,
    "navigation_with_keys": False,
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}
# Prompts and output of console blocks are not copied.
copybutton_exclude = ".linenos, .gp, .go"
