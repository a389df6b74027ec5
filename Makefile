# make run: serve on 127.0.0.1:8000.  make test: the tests.  make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := $(CURDIR)
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: trust browser shots chaos chaos-short disconnects help run setup test check processes bench eval lock

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 13

run: setup ## take in knowledge_base/ and serve
	@$(BIN)/python -m app.cli run

setup: $(VENV)/requirements.done ## environment, requirements, local embedding model
	@$(BIN)/python -m app.cli models pull --quiet

$(VENV)/requirements.done: requirements.txt
	@sh setup.sh $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/requirements-dev.done: $(VENV)/requirements.done requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

test: setup $(VENV)/requirements-dev.done ## the tests; those on PostgreSQL where one answers
	@$(BIN)/python -m pytest -n 3 --dist loadfile

check: setup $(VENV)/requirements-dev.done ## lint, types, import contracts, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 3 --dist loadfile

processes: setup $(VENV)/requirements-dev.done ## slower tests: several processes on PostgreSQL, migrations, backups, images
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m processes tests

browser: setup $(VENV)/requirements-dev.done ## both faces in Chromium, which is installed where it is missing
	@sh tests/browser/install.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m browser tests/browser $(BROWSER_OPTIONS)

shots: setup $(VENV)/requirements-dev.done ## pictures of the main states of both faces, into shots/
	@sh tests/browser/install.sh
	@$(BIN)/python -m tests.browser.shots

bench: setup $(VENV)/requirements-dev.done ## what a turn costs, and turns and streams under load, beside bare LangChain
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.load

TRUST_OPTIONS ?= --half a

trust: setup $(VENV)/requirements-dev.done ## lies told, paraphrases kept, and the sets of evals/trust; TRUST_OPTIONS="--half b --manual FILE"
	@$(BIN)/python -m evals.trust $(TRUST_OPTIONS)

eval: setup ## measures of search and assessment: make eval DATA=folder
	@$(BIN)/python -m app.cli eval $(DATA)

CHAOS_MESSAGES ?= 100000
CHAOS_KILLS ?= 200
CHAOS_OPTIONS ?=

chaos: setup $(VENV)/requirements-dev.done ## 100,000 messages, 200 kills, nothing lost: hours; CHAOS_MESSAGES, CHAOS_KILLS
	@$(BIN)/python -m tests.chaos --messages $(CHAOS_MESSAGES) --kills $(CHAOS_KILLS) $(CHAOS_OPTIONS)

chaos-short: setup $(VENV)/requirements-dev.done ## the same in minutes, with every kind of fault
	@$(BIN)/python -m tests.chaos.short

disconnects: setup $(VENV)/requirements-dev.done ## 2,000 broken event streams, byte for byte the same
	@$(BIN)/python -m tests.chaos.disconnects

lock: ## pin the requirements anew, without index addresses
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt
