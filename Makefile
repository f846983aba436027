# make demo | test | lint | types | train | evaluate | notebooks | docs | bench | clean
# PYTHON: what makes the virtual environment; VENV: where it stands; ARGS: more arguments for pytest.

PYTHON ?= python3
VENV ?= .venv
ARGS ?=

BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := pyproject.toml models/pyproject.toml models/zh_gov_ie/__init__.py $(wildcard models/zh_gov_ie/data/meta.json)

.PHONY: help install demo test lint types train evaluate notebooks docs bench clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      install everything into $(VENV) and extract the reports in examples/"
	@echo "make test      the test suite (ARGS=… goes to pytest)"
	@echo "make lint      ruff"
	@echo "make types     mypy"
	@echo "make train     build the pipeline anew from annotations/ (about forty minutes)"
	@echo "make evaluate  score it on annotations/dev"
	@echo "make notebooks run the notebooks anew, and keep what they print and draw"
	@echo "make docs      build the documentation into build/docs"
	@echo "make bench     speed and memory"
	@echo "make clean     remove caches, builds and .venv"

install: $(READY)

# Made anew when a package's metadata or the trained pipeline has changed.
$(READY): $(PACKAGES)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV): a minute or two, once"
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e ".[dev]"
	$(BIN)/python -m pip install -qq --disable-pip-version-check ./models
	@touch $(READY)

demo: $(READY)
	@mkdir -p build
	$(BIN)/gov-ie extract --summary examples/report.txt
	$(BIN)/gov-ie extract --summary examples/form.pdf
	$(BIN)/gov-ie extract -o build/reports.csv examples/form.html examples/form.docx examples/form.pdf examples/form.txt examples/reports.csv
	@cut -d , -f 1,4,5 build/reports.csv

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

train: $(READY)
	$(BIN)/gov-ie train

evaluate: $(READY)
	$(BIN)/gov-ie evaluate

notebooks: $(READY)
	$(BIN)/python notebooks/execute.py

docs: $(READY)
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs

bench: $(READY)
	$(BIN)/python benchmarks/speed.py

clean:
	rm -rf .venv build dist models/build models/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name "*.egg-info" -type d -prune -exec rm -rf {} +
