"""The command ``gov-ie``: thin, all logic elsewhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from gov_ie.errors import GovIEError, ReadError

app = typer.Typer(help="Facts, with evidence, from Chinese annual reports on open government information.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders of files.", show_default=False)]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.", show_default=False)]
Model = Annotated[Path | None, typer.Option("--model", help="A pipeline of your own.", show_default=False)]
Processes = Annotated[int, typer.Option("--n-process", min=1, help="Worker processes.")]


@app.command()
def extract(paths: Paths, output: Output = None, model: Model = None, n_process: Processes = 1, summary: Annotated[bool, typer.Option("--summary", help="Print a readable summary instead of JSON.")] = False) -> None:
    """Extract reports: one JSON object a line, or a flat table when -o ends in .csv, .xlsx or .parquet."""
    from gov_ie.api import extract_many, load
    from gov_ie.export.files import TABLES, Whole, to_json_line, write_table
    from gov_ie.export.summary import summarize

    _tell_passed_over(paths)
    failed: list[Path] = []

    def complain(file: Path, error: ReadError) -> None:
        failed.append(file)
        print(f"gov-ie: {error}", file=sys.stderr)

    reports = extract_many(paths, nlp=load(model), n_process=n_process, on_error=complain)
    if output is not None and output.suffix in TABLES:
        write_table(reports, output)
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
def tag(paths: Paths, output: Output = None, model: Model = None) -> None:
    """Tag texts: {"name", "text", "ents", "spans"} a line; offsets are characters of the file's decoded text."""
    from gov_ie.api import load
    from gov_ie.api import tag as tags_of
    from gov_ie.export.files import Whole
    from gov_ie.reading import find_files, read

    _tell_passed_over(paths)
    nlp = load(model)
    failed = False

    def lines():  # type: ignore[no-untyped-def]
        nonlocal failed
        for file in find_files(paths):
            try:
                source = read(file)
            except ReadError as error:
                failed = True
                print(f"gov-ie: {error}", file=sys.stderr)
                yield json.dumps({"name": file.name, "error": str(error), "text": "", "ents": [], "spans": []}, ensure_ascii=False)
                continue
            yield json.dumps(tags_of(source, nlp(source.tidied.text)), ensure_ascii=False)

    if output is None:
        for line in lines():
            print(line, flush=True)
    else:
        with Whole(output) as temporary, temporary.open("w", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in lines())
    if failed:
        raise typer.Exit(1)


def _tell_passed_over(paths: list[Path]) -> None:
    """Say on standard error which documents of the folders given are of a kind that is not read."""
    from gov_ie.reading import passed_over

    files = passed_over(paths)
    if files:
        shown = ", ".join(str(file) for file in files[:3]) + (" …" if len(files) > 3 else "")
        print(f"gov-ie: {len(files)} document(s) passed over, of a kind that is not read yet: {shown}", file=sys.stderr)


@app.command()
def train(
    annotations: Annotated[Path, typer.Option(help="Folder with train/ and dev/.")] = Path("annotations"),
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the model package goes.")] = Path("models"),
    config: Annotated[Path | None, typer.Option(help="A training config of your own.", show_default=False)] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes over the data, when not the config's.", show_default=False)] = None,
) -> None:
    """Build the pipeline from annotated reports: segmenter, tagger, span classifiers, calibration, meta.json."""
    from gov_ie.training.build import build

    build(annotations, output, config=config, epochs=epochs)


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
def lint(paths: Paths) -> None:
    """Check annotated reports against the guideline."""
    from gov_ie.corpus.lint import main as lint_main

    files = [str(p) for path in paths for p in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    raise typer.Exit(lint_main(files))


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
