"""``{commands}``: every command of ``gov-ie`` with its arguments and options, made of the Typer app itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from inspect import Parameter, cleandoc, signature
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from docs_repository import parsed
from docs_tables import table
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typer.models import ArgumentInfo, CommandInfo

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
    hints = get_type_hints(command.callback, include_extras=True)
    arguments, rows = [], []
    for parameter in signature(command.callback).parameters.values():
        hint, info = get_args(hints[parameter.name])
        kind, many = _kind(hint)
        needed = parameter.default is Parameter.empty
        if isinstance(info, ArgumentInfo):
            shown = f"{parameter.name.upper()}{'…' if many else ''}"
            arguments.append(shown)
        else:
            names = info.param_decls or (f"--{parameter.name.replace('_', '-')}",)
            shown = ", ".join(names)
            arguments += [f"{names[0]} {parameter.name.upper()}"] if needed else []
        rows.append((", ".join(f"`{name}`" for name in shown.split(", ")), _prose(info.help), kind, "needed" if needed else _default(parameter.default)))
    usage = " ".join(["gov-ie", command_name(command), *arguments, *(["[OPTIONS]"] if len(arguments) < len(rows) else [])])
    parts = [f"# `gov-ie {command_name(command)}`\n", f"{_prose(cleandoc(command.help or command.callback.__doc__))}\n", f"```console\n$ {usage}\n```\n"]
    return "\n".join([*parts, *([table(("argument or option", "meaning", "value", "default"), rows)] if rows else [])])


def _prose(text: str) -> str:
    """A help text with options and the like as code: smart quotes and dashes must not reach them."""
    return _CODE.sub(lambda found: f"`{found[0]}`", text)


def _kind(hint: Any) -> tuple[str, bool]:
    """What a value is, and whether there can be several."""
    many = get_origin(hint) is list
    kind = next(part for part in _parts(hint) if part is not type(None))
    if issubclass(kind, Enum):
        return ", ".join(f"`{choice.value}`" for choice in kind), many
    return _KINDS.get(kind, ""), many


def _parts(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Annotated or get_args(hint):
        yield from get_args(hint)
    else:
        yield hint


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
