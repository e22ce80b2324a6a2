# Two commands matter: `make run` serves the platform, `make test` checks it.
# Python (3.11 or later) and a network are all that a fresh machine needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1

# Modules are compiled once, whatever a machine sets: tests start the platform dozens of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types tests docs components bench lock clean

run: $(VENV)/.installed-run node_modules/.installed
	@$(BIN)/yonggong run --host $(HOST) --port $(PORT)

test: lint types tests

lint: $(VENV)/.installed-test
	$(BIN)/ruff check src tests bench docs
	$(BIN)/ruff format --check src tests bench docs
	$(BIN)/lint-imports
	$(BIN)/djlint src/yonggong --lint --quiet

types: $(VENV)/.installed-test
	$(BIN)/mypy

tests: $(VENV)/.installed-test node_modules/.installed
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

# What of docs/ is made from the code: the law's rules, the pictures. Tests hold the files to it.
docs: $(VENV)/.installed-run
	$(BIN)/python -m yonggong.law.document
	$(BIN)/python -m docs.pictures

# All shared components on one page, for developers: http://127.0.0.1:8001/components/
components: $(VENV)/.installed-test node_modules/.installed
	DJANGO_SETTINGS_MODULE=tests.gallery_settings $(BIN)/python manage.py runserver --skip-checks 8001

bench: $(VENV)/.installed-test node_modules/.installed
	$(BIN)/python -m bench $(if $(ONLY),--only $(ONLY))

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.installed-test: requirements/test.txt $(VENV)/.installed-run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# npm comes from a wheel, so that Python alone is enough to start.
node_modules/.installed: package.json package-lock.json $(VENV)/.installed-run
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent
	@touch $@

# Renew the pinned requirements (needs uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url requirements/run.in -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url requirements/test.in -o requirements/test.txt

clean:
	rm -rf $(VENV) node_modules var
