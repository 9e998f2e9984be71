# Two commands matter: `make demo` and `make test`. Each sets up all it needs in .venv.
# PYTHON=/path/to/python3.12 chooses the interpreter for a new .venv.
SHELL := /bin/sh
BIN := .venv/bin
export PYTHON

.PHONY: help demo test test-fast lint check docs fuzz fuzz-audio bench clean ready-demo ready-test
.NOTPARALLEL:

help:
	@echo 'make demo       set up, then grade the demo calls and show what each CSR should train'
	@echo 'make test       set up, then run every test'
	@echo 'make test-fast  tests that need no model, in seconds'
	@echo 'make lint       ruff and mypy --strict'
	@echo 'make check      rules with their cases, scorecards, courses, cross-references'
	@echo 'make docs       write the generated pages under docs/ again'
	@echo 'make fuzz       100,000 random packs against the oracle, at most 10 minutes (SECONDS, COUNT)'
	@echo 'make fuzz-audio 2,000 broken recordings through the decoder, at most 10 minutes'
	@echo 'make bench      benchmarks, each beside a rival in the same run'
	@echo 'make clean      remove what make made, .venv too'

ready-demo:
	@sh .ci/set_up.sh weights

ready-test:
	@sh .ci/set_up.sh weights,postgres,test

demo: ready-demo
	$(BIN)/qa demo demo/site

test: ready-test
	$(BIN)/python -m pytest -n auto --dist loadfile

test-fast: ready-test
	$(BIN)/python -m pytest -m 'not model and not slow and not wheel and not postgres'

lint: ready-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: ready-demo
	$(BIN)/qa check

docs: ready-test
	$(BIN)/python -m qa.flow.docs docs
	$(BIN)/python -m tests.transcribe.formats docs/formats.md

SECONDS_MOST = $(or $(SECONDS),600)
COUNT_MOST = $(or $(COUNT),100000)
fuzz: ready-test
	$(BIN)/python -m tests.findings.fuzz --seconds $(SECONDS_MOST) --count $(COUNT_MOST)

fuzz-audio: ready-test
	$(BIN)/python -m tests.transcribe.broken_files --files 2000 --most-s 600

bench: ready-test
	@for one in $$(ls bench/*.py | grep -v __init__); do echo "== $$one"; $(BIN)/python -m "bench.$$(basename $$one .py)" || exit 1; done

clean:
	rm -rf .venv build dist demo/site callgrade-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
