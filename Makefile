# Everything a developer types. The environment lives in .venv and is built once per requirements.lock.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready
UV     := $(shell command -v uv 2>/dev/null)
# The first Python that really is 3.11 to 3.13: a shim on the path may name a version that is not installed.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
LAKE   ?= lake

PORT   ?= 4200

.PHONY: run up down dashboard dashboard-down test test-slow lint bench bench-contracts quality crash lock clean help

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python"; exit 2; }
ifdef UV
	@test -x $(BIN)/python || uv venv --quiet --python "$(PYTHON)" $(VENV)
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^pip==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/pip.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r $(VENV)/pip.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
endif
	@touch $@

run: $(STAMP)  ## clean the specimens in seeds/ into ./lake (LAKE=DIR elsewhere)
	$(BIN)/qingliu run --lake $(LAKE)

up: $(STAMP)  ## a Prefect server, schedules and a worker on this machine (PORT=4200)
	$(BIN)/qingliu stack up --port $(PORT)

down:  ## stop exactly what `make up` started
	$(BIN)/qingliu stack down

dashboard: $(STAMP)  ## Superset on loopback with a dashboard of ./lake (LAKE=DIR elsewhere); its own environment, 800 MB
	$(BIN)/python deployments/bi/superset/dashboard.py up --lake $(LAKE)

dashboard-down:  ## stop it
	$(BIN)/python deployments/bi/superset/dashboard.py down

test: lint  ## style, types, import rules, then the tests (a few minutes)
	$(BIN)/python -m pytest -q -m "not slow" -n 2 --no-loadscope-reorder

test-slow: $(STAMP)  ## the tests that take minutes: crash, fresh resolve
	$(BIN)/python -m pytest -q -m slow

lint: $(STAMP)  ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(STAMP)  ## speed against the yardstick
	$(BIN)/python -m tests.benchmarks

bench-contracts: $(STAMP)  ## a million rows with planted faults, beside plain polars and Pandera (PEERS=1: others too)
	$(BIN)/python -m tests.benchmarks.contracts

quality: $(STAMP)  ## text quality against the references
	$(BIN)/python -m tests.quality

crash: $(STAMP)  ## kill and fail runs at many moments and check what readers see (at most half an hour)
	nice $(BIN)/python -m pytest -q -s -m "slow or not slow" tests/crash

lock: $(STAMP)  ## resolve requirements.lock again from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra s3 --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet --upgrade --output-file requirements.lock

clean:  ## remove the lake, caches and build output (the environment stays)
	rm -rf $(LAKE) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'
