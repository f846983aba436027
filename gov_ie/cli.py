"""The command ``gov-ie``: thin, all logic elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gov_ie.errors import GovIEError, ReadError

if TYPE_CHECKING:
    from gov_ie.report import Report

app = typer.Typer(help="Facts, with evidence, from Chinese annual reports on open government information.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Paths = Annotated[list[Path], typer.Argument(help="Files of any kind, folders, ZIP archives; CSV, JSON, Excel or Parquet files with one report a row.", show_default=False)]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.", show_default=False)]
Model = Annotated[Path | None, typer.Option("--model", help="A pipeline of your own.", show_default=False)]
Processes = Annotated[int, typer.Option("--n-process", min=1, help="Worker processes.")]
TextColumn = Annotated[str | None, typer.Option("--text-column", help="Where a file holds one report a row: name or number of the column with the text. Guessed when not given.", show_default=False)]
TitleColumn = Annotated[str | None, typer.Option("--title-column", help="… of the column with the title.", show_default=False)]


class Layout(str, Enum):
    """What a row of a flat table is (the keys of ``gov_ie.export.dictionary.LAYOUTS``)."""

    wide = "wide"
    long = "long"
    cells = "cells"


@app.command()
def extract(
    paths: Paths,
    output: Output = None,
    layout: Annotated[Layout | None, typer.Option("--layout", help="Rows of a .csv or .parquet: wide (a report, the default), long (a fact), cells (a cell of the printed forms).", show_default=False)] = None,
    model: Model = None,
    n_process: Processes = 1,
    summary: Annotated[bool, typer.Option("--summary", help="Print a readable summary instead of JSON; with -o into a .txt.")] = False,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
) -> None:
    """Extract reports: one JSON object a line (.jsonl), or tables when -o ends in .csv, .parquet or .xlsx (a sheet for each layout)."""
    from gov_ie.api import extract_many, load
    from gov_ie.export.files import TABLES, Whole, check_ending, check_layout, to_json_line, write_table
    from gov_ie.export.summary import summarize

    check_ending(output, summary=summary)
    check_layout(output, layout.value if layout else None)
    files = _files(paths, output)
    failed: list[Path] = []

    def complain(file: Path, error: ReadError) -> None:
        failed.append(file)
        print(f"gov-ie: {error}", file=sys.stderr)

    reports = _telling_guesses(extract_many(files, nlp=load(model), n_process=n_process, on_error=complain, text_column=text_column, title_column=title_column))
    if output is not None and output.suffix.lower() in TABLES:
        for note in write_table(reports, output, layout=layout.value if layout else None):
            print(f"gov-ie: {output}: {note}", file=sys.stderr)
    elif output is not None:
        with Whole(output) as temporary, temporary.open("w", encoding="utf-8") as stream:
            for report in reports:
                print(summarize(report) if summary else to_json_line(report), file=stream)
    else:
        for report in reports:
            print(summarize(report) if summary else to_json_line(report), flush=True)
    if failed:
        raise typer.Exit(1)


@app.command()
def tag(paths: Paths, output: Output = None, model: Model = None, text_column: TextColumn = None, title_column: TitleColumn = None) -> None:
    """Tag texts: {"name", "text", "ents", "spans"} a line; offsets are characters of the file's text as it was read."""
    from gov_ie.api import load
    from gov_ie.api import tag as tags_of
    from gov_ie.export.files import Whole
    from gov_ie.reading import Failure, read_all
    from gov_ie.reading.files import unexpected

    files = _files(paths, output)
    nlp = load(model)
    failed = False
    told: set[str] = set()

    def lines() -> Iterator[str]:
        nonlocal failed
        for item in read_all(files, text_column=text_column, title_column=title_column):
            if isinstance(item, Failure):
                failed = True
                print(f"gov-ie: {item.error}", file=sys.stderr)
                yield json.dumps({"name": item.name, "error": str(item.error), "text": "", "ents": [], "spans": []}, ensure_ascii=False)
                continue
            _tell_guess(item.path, item.warnings, told)
            try:
                tags = tags_of(item, nlp=nlp)
            except Exception as error:
                failed = True
                failure = unexpected(item.path or item.name, error)
                print(f"gov-ie: {failure}", file=sys.stderr)
                tags = {"name": item.name, "error": str(failure), "text": "", "ents": [], "spans": []}
            yield json.dumps(tags, ensure_ascii=False)

    if output is None:
        for line in lines():
            print(line, flush=True)
    else:
        with Whole(output) as temporary, temporary.open("w", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in lines())
    if failed:
        raise typer.Exit(1)


@app.command()
def page(
    paths: Annotated[list[Path], typer.Argument(help="As for extract; also JSON lines that 'gov-ie extract -o facts.jsonl' wrote, which are shown without their texts.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file.", show_default=False)],
    title: Annotated[str | None, typer.Option("--title", help="Title of the page.", show_default=False)] = None,
    model: Model = None,
    n_process: Processes = 1,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
) -> None:
    """Show reports: one HTML file that needs nothing else, with an index, worst first, and each report's facts beside its text."""
    from itertools import chain

    from gov_ie.api import extract_many, load
    from gov_ie.export.stored import is_stored, read_stored
    from gov_ie.show.page import LARGE, write_page

    files = _files(paths, output)
    stored = [file for file in files if is_stored(file)]
    others = [file for file in files if file not in stored]
    failed: list[Path] = []

    def complain(file: Path, error: ReadError) -> None:
        failed.append(file)
        print(f"gov-ie: {error}", file=sys.stderr)

    read = extract_many(others, nlp=load(model), n_process=n_process, on_error=complain, text_column=text_column, title_column=title_column) if others else ()
    size = write_page(chain(_telling_guesses(read), *(read_stored(file, complain) for file in stored)), output, title)
    if size > LARGE:
        print(f"gov-ie: {output}: {size / 1e6:.1f} MB; beyond {LARGE // 1_000_000} MB browsers open a page slowly: make several pages, each of fewer reports", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def _files(paths: list[Path], output: Path | None) -> list[Path]:
    """The files behind ``paths``, without the one that is going to be written; what is passed over is said on standard error.

    Raises:
        GovIEError: there is none.
    """
    from gov_ie.reading import find_files, passed_over

    others = passed_over(paths)
    if others:
        print(f"gov-ie: {len(others)} file(s) passed over, of no kind that is read: {', '.join(others[:3])}{' …' if len(others) > 3 else ''}", file=sys.stderr)
    own = os.path.realpath(output) if output is not None else None
    files = [file for file in find_files(paths) if own is None or os.path.realpath(file) != own]
    if not files:
        raise GovIEError(f"no report found in {', '.join(map(str, paths))}: there is no file of a kind that is read")
    return files


def _telling_guesses(reports: Iterable[Report]) -> Iterator[Report]:
    told: set[str] = set()
    for report in reports:
        _tell_guess(report.source.get("path"), report.warnings, told)
        yield report


def _tell_guess(path: str | None, warnings: Iterable[str], told: set[str]) -> None:
    """Say on standard error, once a file, which columns were taken without having been asked for."""
    from gov_ie.reading.sheets.records import GUESSED

    guesses = [warning for warning in warnings if warning.startswith(GUESSED)]
    if path is not None and guesses and path not in told:
        told.add(path)
        print(f"gov-ie: {path}: {guesses[0]}; choose with --text-column and --title-column", file=sys.stderr)


@app.command()
def train(
    annotations: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = Path("annotations"),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where the pipeline goes: models, or with --add my-model.", show_default=False)] = None,
    add: Annotated[Path | None, typer.Option(help="Annotated reports of your own, trained on together with the project's.", show_default=False)] = None,
    base: Annotated[bool, typer.Option("--base", help="With --add: start from the shipped weights.")] = False,
    config: Annotated[Path | None, typer.Option(help="A training config of your own.", show_default=False)] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes over the data, when not the config's.", show_default=False)] = None,
) -> None:
    """Build the pipeline from annotated reports; with --add, also from your own, and print what was gained and lost."""
    if add is not None:
        from gov_ie.training.retrain import retrain

        retrain(add, output or Path("my-model"), annotations=annotations, base=base, config=config, epochs=epochs)
    elif base:
        raise GovIEError("--base goes with --add FOLDER: the project's own pipeline is built from nothing")
    else:
        from gov_ie.training.build import build

        build(annotations, output or Path("models"), config=config, epochs=epochs)


@app.command()
def evaluate(
    annotations: Annotated[Path, typer.Option(help="Folder of annotated reports with expected facts.")] = Path("annotations/dev"),
    model: Model = None,
    record: Annotated[Path | None, typer.Option(help="Last committed result to compare with.")] = Path("models/scores.json"),
    update: Annotated[bool, typer.Option("--update", help="Store this result as the one to compare with.")] = False,
) -> None:
    """Score the pipeline on annotated reports: per label and per field; model alone, rules alone, together; gains and losses by name."""
    from gov_ie.training.evaluate import evaluate_command

    evaluate_command(annotations, model, record, update=update)


@app.command()
def lint(paths: Annotated[list[Path], typer.Argument(help="Annotated reports (*.txt), and folders of them, flat or in train/ and dev/ below.", show_default=False)]) -> None:
    """Check annotated reports, each by itself, with its expected facts, and all together; exit status 1 when there is an error."""
    from gov_ie.corpus.lint import main as lint_main

    raise typer.Exit(lint_main([str(path) for path in paths]))


class Tool(str, Enum):
    """The annotation tools whose formats are read (the keys of ``gov_ie.corpus.formats.FORMATS``)."""

    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    brat = "brat"
    docbin = "docbin"


class Target(str, Enum):
    """What annotated reports are written as: the project's own form, or tasks of a tool."""

    markup = "markup"
    label_studio = "label-studio"
    doccano = "doccano"
    prodigy = "prodigy"
    brat = "brat"
    docbin = "docbin"


@app.command()
def annotate(
    paths: Paths,
    output: Annotated[Path, typer.Option("-o", "--output", help="An empty folder, or one to be made.", show_default=False)],
    to: Annotated[Target, typer.Option("--to", help="The project's own form, or tasks of an annotation tool.")] = Target.markup,
    model: Model = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
) -> None:
    """Annotate reports beforehand with the pipeline, for correction: the least certain first, and an index.csv."""
    from gov_ie.api import load
    from gov_ie.corpus.preannotate import Preannotated, check_empty, own_labels, preannotate, write_preannotated
    from gov_ie.reading import read_all

    check_empty(output)
    files = _files(paths, None)
    nlp = load(model)
    failed = False

    def reports() -> Iterator[Preannotated]:
        nonlocal failed
        for item in preannotate(read_all(files, text_column=text_column, title_column=title_column), nlp):
            if isinstance(item, Preannotated):
                yield item
            else:
                failed = True
                print(f"gov-ie: {item}", file=sys.stderr)

    written = write_preannotated(reports(), output, to=to.value, own=own_labels(nlp))
    print(f"{len(written)} report(s) in {output}, the least certain first; correct them by annotations/README.md", file=sys.stderr)
    if failed:
        raise typer.Exit(1)


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files exported from the tool, or folders of them.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for the annotated reports, one NAME.txt each.", show_default=False)],
    source: Annotated[Tool, typer.Option("--from", help="The tool they come from.", show_default=False)],
) -> None:
    """Bring reports annotated in a tool back into the project's own form; what that cannot hold is refused, by file and offset."""
    from gov_ie.corpus.preannotate import import_finished

    written, left_out = import_finished(paths, output, source=source.value)
    for item in left_out:
        print(f"gov-ie: {item.where}: left out: {item.why}", file=sys.stderr)
    print(f"{len(written)} report(s) in {output}; check them with 'gov-ie lint {output}'", file=sys.stderr)
    if not written:
        raise typer.Exit(1)


@app.command()
def compare(
    earlier: Annotated[Path, typer.Argument(help="The report of the earlier year: a file with one report, or a .jsonl with the facts of one.", show_default=False)],
    later: Annotated[Path, typer.Argument(help="The report of a later year.", show_default=False)],
    model: Model = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
) -> None:
    """Compare two reports of one body: figures, what the years promise about each other, sentences taken over, documents named."""
    from gov_ie.across import compare as compare_reports
    from gov_ie.across.inputs import read_report
    from gov_ie.api import load

    found = compare_reports(*(read_report(path, lambda: load(model)) for path in (earlier, later)))
    print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if as_json else found)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    from gov_ie.report import Report

    print(json.dumps(Report.model_json_schema(), ensure_ascii=False, indent=2))


def main() -> None:
    """Run the command; errors of gov_ie's own end it with one line and status 2."""
    try:
        app()
    except GovIEError as error:
        print(f"gov-ie: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
