"""``{commands}``: every command of ``gov-ie`` with its arguments and options, made of the Typer app itself."""

from __future__ import annotations

import re
from enum import Enum
from inspect import cleandoc
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from docs_repository import parsed
from docs_tables import table
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typer.models import ArgumentInfo, CommandInfo
from typer.utils import get_params_from_function

from gov_ie.cli import app as gov_ie_app

_CODE = re.compile(r"(?<![\w-])--?[a-z][a-z-]*|\{[^}]*\}|\*\.\w+")
_KINDS = {Path: "path", int: "whole number", str: "text"}


def command_name(command: CommandInfo) -> str:
    """The name by which a command is called."""
    return command.name or command.callback.__name__


def commands() -> str:
    """A section for every command, in the order of ``gov-ie --help``."""
    return "\n".join(_command(command) for command in gov_ie_app.registered_commands)


def _command(command: CommandInfo) -> str:
    arguments, rows = [], []
    for parameter in get_params_from_function(command.callback).values():
        info = parameter.default
        kind, many = _kind(parameter.annotation)
        needed = info.default is ...
        if isinstance(info, ArgumentInfo):
            names = [f"{parameter.name.upper()}{'…' if many else ''}"]
            arguments += names
        else:
            names = list(info.param_decls) or [f"--{parameter.name.replace('_', '-')}"]
            arguments += [f"{names[0]} {parameter.name.upper()}"] if needed else []
        rows.append((", ".join(f"`{name}`" for name in names), _prose(info.help), kind, "needed" if needed else _default(info.default)))
    usage = " ".join(["gov-ie", command_name(command), *arguments, *(["[OPTIONS]"] if len(arguments) < len(rows) else [])])
    parts = [f"# `gov-ie {command_name(command)}`\n", f"{_prose(cleandoc(command.help or command.callback.__doc__))}\n", f"```console\n$ {usage}\n```\n"]
    return "\n".join([*parts, *([table(("argument or option", "meaning", "value", "default"), rows)] if rows else [])])


def _prose(text: str) -> str:
    """A help text with options and the like as code: smart quotes and dashes must not reach them."""
    return _CODE.sub(lambda found: f"`{found[0]}`", text)


def _kind(hint: Any) -> tuple[str, bool]:
    """What a value is, and whether there can be several."""
    kind = next(part for part in (get_args(hint) or (hint,)) if part is not NoneType)
    shown = ", ".join(f"`{choice.value}`" for choice in kind) if issubclass(kind, Enum) else _KINDS.get(kind, "")
    return shown, get_origin(hint) is list


def _default(value: Any) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    return f"`{value.value if isinstance(value, Enum) else value}`"


class Commands(SphinxDirective):
    """Option ``level``, of the headings."""

    option_spec = {"level": directives.positive_int}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """The sections."""
        return parsed(self, commands())


def setup(app: Sphinx) -> dict[str, Any]:
    """Make the directive known."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
