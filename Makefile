# The front page: `make help`.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python /usr/local/bin/python3 /usr/bin/python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help

.NOTPARALLEL:
.PHONY: help run demo services test test-fast lint bench reset lock openapi migrations-check audit

help: ## This page
	@echo "Suqian Government Service Cloud / 宿迁政务服务云平台"
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Start everything on this machine and stay up; prints addresses and demo accounts
	@exec $(PY) -m config.embedded run --with-parent

demo: $(VENV)/.runtime ## Start everything, play the main job step by step, stop; exit 0 when every promise was kept
	@exec $(PY) -m config.embedded demo --with-parent

test: $(VENV)/.development lint ## All checks: lint, types, layers, migrations, contract and every test
	$(PY) -m pytest -n 2 --dist loadfile

test-fast: $(VENV)/.development ## Tests without those that start real processes
	$(PY) -m pytest -n 2 --dist loadfile -m "not slow"

lint: $(VENV)/.development migrations-check ## Style, types and layers
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy

bench: $(VENV)/.development ## Measure: prints figures, asserts nothing; NAME=journal_verify runs one
	$(PY) -m benchmarks $(NAME)

services: $(VENV)/.runtime ## Start PostgreSQL and Valkey only, for work with `. var/env.sh`
	@exec $(PY) -m config.embedded services --with-parent

reset: $(VENV)/.runtime ## Delete the local data (database, files, logs)
	@exec $(PY) -m config.embedded reset

lock: $(VENV)/.development ## Resolve requirements/*.in into hashed locks
	$(VENV)/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 requirements/base.in -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 requirements/dev.in -o requirements/dev.txt

openapi: $(VENV)/.development ## Draw the contract anew from the code
	$(PY) -m config.offline openapi

migrations-check: $(VENV)/.development ## Fail when a model changed without its migration
	$(PY) -m config.offline makemigrations --check --dry-run

audit: $(VENV)/.development ## Known vulnerabilities in the locked packages
	$(VENV)/bin/pip-audit --requirement requirements.txt --disable-pip

# A half-made environment is removed by the script; the stamps of an earlier one say nothing about a new one.
$(PY):
	@test -n "$(PYTHON)" || { echo "  Python 3.11 or newer is needed; PYTHON=/path/to/python3 make ... names one"; exit 1; }
	@rm -f $(VENV)/.runtime $(VENV)/.development
	@$(PYTHON) -I config/embedded/bootstrap.py $(VENV)

$(VENV)/.runtime: $(PY) requirements.txt
	@echo "  Installing the locked packages into $(VENV), about a minute ..."
	@$(PY) -m pip install --quiet --no-input --require-hashes --only-binary :all: --no-binary http-ece --use-pep517 -r requirements.txt
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements/dev.txt
	@echo "  Installing the locked development packages ..."
	@$(PY) -m pip install --quiet --no-input --require-hashes --use-pep517 -r requirements/dev.txt
	@touch $@
