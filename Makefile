# Everything a newcomer and CI need. `make help` lists it.
# Installing and building are files with dependencies, so a second `make run` starts at once.
PYTHON ?= python3
PORT ?= 8000
DEMO ?=
SHOTS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -q --require-hashes
PYTEST := $(BIN)/python -m pytest -q
# Tests that measure or kill servers run one after the other; browsers two at a time, each with a
# server of its own; the rest side by side.
SERVERS := live or redis or postgres or chaos
# What is locked is what everybody can get: nobody's own pip settings decide about it.
ISOLATED := env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS PIP_CONFIG_FILE=/dev/null
COMPILE = $(ISOLATED) $(VENV)/lock/bin/pip-compile -q --upgrade --generate-hashes --strip-extras \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe
COLLECT := $(BIN)/django-admin makemessages -l nl --no-location --no-obsolete -i node_modules -i dist \
  -i tests -i bench --pythonpath . --settings deliberation.config.settings
WORDS := $(patsubst %.po,%.mo,$(wildcard deliberation/locale/*/LC_MESSAGES/*.po))
STARTED := $(shell date +%s)
say = @printf '\n=== %s (%s s)\n' "$(1)" $$(( $$(date +%s) - $(STARTED) ))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run run-full test quick check format screenshots bench bench-summary lock messages clean install dev frontend tools

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: install frontend ## Install, build, load a demo neighbourhood and serve it (DEMO=dir, PORT=n)
	@$(BIN)/deliberation demo --serve --port $(PORT) $(if $(DEMO),--polis "$(DEMO)")

run-full: install frontend ## The same on this machine's own PostgreSQL and Redis, in several processes
	@$(BIN)/deliberation full --port $(PORT) $(if $(DEMO),--polis "$(DEMO)")

test: dev frontend check ## Everything that CI checks
	$(call say,Frontend tests)
	npm --prefix frontend test
	$(call say,Python tests)
	$(PYTEST) -n 2 --dist loadgroup -m "not ($(SERVERS) or e2e)"
	$(call say,Browser tests)
	$(PYTEST) -n 2 --dist loadgroup -m e2e
	$(call say,Python tests with real servers)
	$(PYTEST) -n 2 --dist loadgroup --no-loadscope-reorder -m "$(SERVERS)"

quick: dev frontend ## The quick part of the tests, under a minute
	$(PYTEST) -n 2 --dist loadgroup -m "not ($(SERVERS) or e2e or slow)"

check: dev frontend ## Style, types, layers, templates, migrations, generated files
	$(call say,Style)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet deliberation rooms moderation
	$(call say,Types and layers)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(call say,Migrations and generated files)
	$(BIN)/deliberation migrations --check
	$(BIN)/deliberation protocol --check
	$(call say,Frontend checks)
	npm --prefix frontend run check

format: dev ## Put everything in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm --prefix frontend run format

screenshots: dev frontend ## Picture every page in every theme and width, on sheets in build/screenshots (SHOTS=--few)
	$(BIN)/python -m tests.e2e.contact_sheet $(SHOTS)

bench: dev frontend ## Measure against named peers, side by side
	$(BIN)/python -m bench

bench-summary: dev ## Measure the structured summary beside named baselines (BENCH_DATA, BENCH_POLIS: more sets)
	$(BIN)/python -m bench.summary

lock: tools ## Upgrade the lock files on purpose
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q pip-tools
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) -o requirements-build.lock requirements-build.in
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

messages: dev ## Collect the sentences to translate (needs gettext), and compile them
	$(COLLECT) -e html,txt,py
	$(COLLECT) -d djangojs -e ts
	$(BIN)/deliberation messages

clean: ## Remove what was installed and built (not the data in var/)
	rm -rf $(VENV) frontend/node_modules frontend/dist

install: $(VENV)/installed $(WORDS)
dev: $(VENV)/installed-dev $(WORDS)
frontend: frontend/dist/manifest.json

tools:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; choose one with PYTHON=python3.12"; exit 1; }
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' || \
	  { echo "Node 20 or newer is needed"; exit 1; }

$(VENV)/installed: requirements.lock requirements-build.lock pyproject.toml | tools
	@echo "Installing Python packages. The first time this takes a minute."
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock -r requirements-build.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@$(PIP) -r requirements-dev.lock
	@touch $@

$(WORDS): %.mo: %.po | $(VENV)/installed
	@$(BIN)/deliberation messages >/dev/null

frontend/node_modules/.installed: frontend/package-lock.json | tools
	@echo "Installing npm packages."
	@npm --prefix frontend ci --silent --no-audit --no-fund
	@touch $@

FRONTEND_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist \
  -prune -o -type f -print 2>/dev/null)
frontend/dist/manifest.json: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	@npm --prefix frontend run --silent build
	@touch $@
