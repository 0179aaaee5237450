# Everything is done by these targets; `make help` lists them.
# Python 3.11 or newer (with venv and pip), git and make are all that a machine needs.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := .venv/bin/
export UV_PYTHON_DOWNLOADS := never
# Compiled once: a command starts in half the time, and the tests start many.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test assets lint format bench verify-dfe pictures clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: assets ## prepare .venv with everything that one machine needs

demo: setup ## 600 synthetic cases timed on this machine, with mail to read (Ctrl-C stops)
	$(RUN)ehcp up --demo

test: .venv/.ready-dev assets ## lint, then the whole suite
	@$(MAKE) --no-print-directory lint
	# The longest first, so that neither core waits for the other at the end; a file stays on one of them.
	$(RUN)pytest -n 2 --dist loadfile tests/walkthrough tests/faults tests/local tests

assets: .venv/.ready ## the style sheet and scripts of the pages, from npm by lockfile
	@$(RUN)python -m web.build

lint: .venv/.ready-dev ## style, types, who may import whom, unused dependencies
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)lint-imports --no-cache
	$(RUN)deptry .
	$(RUN)pyright

format: .venv/.ready-dev ## put the code in order
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

bench: .venv/.ready-dev assets ## measure against the budgets of docs/performance.md
	$(RUN)python -m benchmarks

verify-dfe: .venv/.ready-dev ## every authority's published row, made into cases and counted again (half an hour)
	$(RUN)python -m benchmarks.dfe

pictures: .venv/.ready-dev assets ## the pictures of the README, anew from the pages
	PICTURES_ANEW=yes $(RUN)pytest -q tests/browser/test_pictures.py

clean: ## remove what setup made (never the data folder)
	rm -rf .venv .tools web/node_modules web/static

.venv/.ready: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --inexact --extra local --extra web --python $(PYTHON)
	@touch $@

.venv/.ready-dev: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --inexact --all-extras --group dev --python $(PYTHON)
	@touch $@ .venv/.ready

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "EHCP Clock needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "This Python has no venv or pip. On Debian or Ubuntu: apt-get install python3-venv python3-pip"; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet uv==$(UV_VERSION)
