# The front page: `make help`.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python /usr/local/bin/python3 /usr/bin/python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
VENV := .venv
# Three for two cores: tests of real processes wait more than they work.
PYTEST_WORKERS := -n 3 --dist loadfile --no-loadscope-reorder
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Node without a home of its own would keep its cache in the folder it is started in.
ifeq ($(strip $(HOME)),)
unexport HOME
endif
NODE ?= $(shell for n in node /usr/local/bin/node /usr/bin/node; do command -v $$n >/dev/null 2>&1 && $$n -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && PATH="$$(dirname $$(command -v $$n)):$$PATH" command -v npm >/dev/null && { command -v $$n; break; }; done)
NPM = PATH="$(dir $(NODE)):$$PATH" npm --prefix web --no-audit --no-fund --no-update-notifier --loglevel error
WEB_SOURCES := $(shell find web openapi/openapi.yaml \( -name node_modules -o -name dist \) -prune -o ! -name '*.md' ! -path web -print 2>/dev/null)
WEB_MISSING = echo "  Node 20.19 or newer with npm is needed for the web apps (https://nodejs.org, or apt install nodejs npm); NODE=/path/to/node make ... names one"

.DEFAULT_GOAL := help

# Only what comes before the tests runs side by side.
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif
.PHONY: help web web-lint web-test lint-python run demo services test test-fast screens lint faults bench reset lock openapi migrations-check audit

help: ## This page
	@echo "Suqian Government Service Cloud / 宿迁政务服务云平台"
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime web-if-needed ## Start everything on this machine and stay up; prints addresses and demo accounts
	@exec $(PY) -m config.embedded run --with-parent

demo: $(VENV)/.runtime web-if-needed ## Start everything, play the main job step by step, stop; exit 0 when every promise was kept
	@exec $(PY) -m config.embedded demo --with-parent

test: ## All checks: lint, types, layers, migrations, contract and every test
	@$(MAKE) --no-print-directory -j 2 SIDE_BY_SIDE=1 lint-python web-lint web-test
	$(PY) -m pytest $(PYTEST_WORKERS)

test-fast: $(VENV)/.development ## Tests without those that start real processes
	$(PY) -m pytest $(PYTEST_WORKERS) -m "not slow"

screens: $(VENV)/.development web ## Take docs/screens anew: every screen on a phone and at a desk, leafed through by its README
	@rm -f docs/screens/*.png
	SCREENS=1 $(PY) -m pytest -n 0 tests/browser/test_screens.py

lint: lint-python web-lint ## Style, types and layers

lint-python: $(VENV)/.development migrations-check
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy

web: web/dist/.built ## Build the web apps when their sources changed

web-lint: web/node_modules/.installed ## Web apps: style, layers, types, texts, API types
	@$(NPM) run --silent lint
	@$(NPM) run --silent types
	@$(NPM) run --silent i18n:check
	@$(NPM) run --silent api:check

web-test: web/dist/.built ## Web apps: tests of their logic, and that they build
	@$(NPM) run --silent test

faults: $(VENV)/.development tests/smsc/node_modules/.installed ## Kill, freeze and cut what a running product needs; prints lost and doubled; NAME=one_down plays one
	$(PY) -m tests.faults $(NAME)

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

# Without Node everything but the web apps works; their addresses then say what is missing.
.PHONY: web-if-needed
web-if-needed:
	@if [ -n "$(NODE)" ]; then $(MAKE) --silent --no-print-directory web/dist/.built; else $(WEB_MISSING); fi

web/node_modules/.installed: web/package-lock.json
	@[ -n "$(NODE)" ] || { $(WEB_MISSING); exit 1; }
	@echo "  Installing the locked web packages into web/node_modules, about half a minute ..."
	@$(NPM) ci
	@touch $@

tests/smsc/node_modules/.installed: tests/smsc/package-lock.json
	@[ -n "$(NODE)" ] || { $(WEB_MISSING); exit 1; }
	@PATH="$(dir $(NODE)):$$PATH" npm --prefix tests/smsc --no-audit --no-fund --loglevel error ci
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	@[ -n "$(NODE)" ] || { $(WEB_MISSING); exit 1; }
	@echo "  Building the web apps ..."
	@$(NPM) run --silent build
	@touch $@
