# Talento. `make` alone says what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PY := $(BIN)/python
UV := 0.13.9
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)

export PATH := $(CURDIR)/$(BIN):$(PATH)
export REFLEX_USE_NPM := true
export REFLEX_TELEMETRY_ENABLED := false
export PYTHONUNBUFFERED := 1

.PHONY: help run test check bench soak seed build lock clean

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1|/' | column -t -s '|'

run: .venv/installed  ## Install what is missing, build what changed, serve at http://localhost:5000
	@$(PY) -m talento run

build: .venv/installed  ## Compile the pages, unless they are current
	@$(PY) -m talento build

seed: .venv/installed  ## Fill the database with N invented people and N cinema talents (N=1000)
	@$(PY) -m talento seed $(or $(N),1000)
	@$(PY) -m talento seed $(or $(N),1000) --cinema

test: .venv/installed-dev .venv/chromium  ## Every test (T="tests/edge -k origin" for some)
	@$(PY) -m pytest -n 2 $(T)

check: .venv/installed-dev  ## Format, lint, types, import contract, migrations, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(PY) -m talento check-migrations
	@$(PY) -m talento.i18n check

bench: .venv/installed-dev  ## The benchmark programs; their results go to bench/
	@$(PY) -m bench

soak: .venv/installed-dev  ## Kill the server 200 times during scans; the result goes to bench/
	@$(PY) -m talento build
	@$(PY) -m bench kills

lock: .venv/installed-dev  ## Renew the lock of the JavaScript packages (reflex.lock/)
	@rm -rf .web reflex.lock
	@$(PY) -m talento build --force
	@! grep -n '"resolved"' reflex.lock/package-lock.json

clean:  ## Remove what was built; data, secrets and .venv stay
	@rm -rf .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Talento needs Python 3.11 or newer; install it and run make again." >&2; exit 1; }
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)." >&2; exit 1; }

.venv/bin/uv: | .venv/bin/python
	@$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV)

.venv/installed: requirements.txt | .venv/bin/uv
	@echo "Installing the packages of requirements.txt …"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --system-certs --quiet -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/uv
	@echo "Installing the packages of requirements-dev.txt …"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --system-certs --quiet -r requirements-dev.txt
	@touch $@ .venv/installed

.venv/chromium: .venv/installed-dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing chromium …"; apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
		else \
			$(BIN)/playwright install chromium; \
		fi; }
	@touch $@
