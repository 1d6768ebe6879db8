# Everything a newcomer and CI need. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
DEMO ?=
VENV := .venv
COMPILE := $(VENV)/lock/bin/pip-compile -q --upgrade --generate-hashes --strip-extras --no-emit-index-url \
  --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help run run-full test quick check bench lock messages clean install dev frontend format

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: install frontend ## Install, build, load a demo neighbourhood and serve it (DEMO=dir, PORT=n)
	$(BIN)/deliberation demo --serve --port $(PORT) $(if $(DEMO),--polis $(DEMO))

run-full: install frontend ## The same on this machine's own PostgreSQL and Redis, in several processes
	$(BIN)/deliberation full --port $(PORT) $(if $(DEMO),--polis $(DEMO))

test: dev frontend check ## Everything that CI checks
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not live and not redis and not postgres and not e2e and not chaos"
	npm --prefix frontend test
	$(BIN)/python -m pytest -q -m "live or redis or postgres or e2e or chaos"

quick: dev ## The quick part of the tests, under a minute
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "not live and not redis and not postgres and not e2e and not chaos"

check: dev frontend ## Style, types, layers, templates, migrations, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint deliberation rooms --quiet
	$(BIN)/deliberation protocol --check
	$(BIN)/deliberation migrations --check
	npm --prefix frontend run check

format: dev ## Put everything in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	npm --prefix frontend run format

bench: dev frontend ## Measure against named peers, side by side
	$(BIN)/python -m bench

lock: ## Upgrade the lock files on purpose
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q pip-tools
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) -o requirements-build.lock requirements-build.in
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

messages: dev ## Collect the sentences to translate
	cd deliberation && ../$(BIN)/django-admin makemessages -l nl --no-location --no-obsolete --pythonpath .. --settings deliberation.config.settings

clean: ## Remove what was installed and built (not the data in var/)
	rm -rf $(VENV) frontend/node_modules frontend/dist

install: $(VENV)/installed
dev: $(VENV)/installed-dev
frontend: frontend/dist/manifest.json

$(VENV)/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --require-hashes -r requirements-build.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	npm --prefix frontend ci --no-audit --no-fund
	touch $@

frontend/dist/manifest.json: frontend/node_modules/.installed $(shell find frontend/src frontend/vite.config.ts -type f 2>/dev/null)
	npm --prefix frontend run build
