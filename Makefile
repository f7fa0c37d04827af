# What can be done here: `make` prints it. Only Python 3.11 or newer and make are needed; each
# target installs what it needs into .venv and skips that when it is there (VENV=… elsewhere).

PORT ?= 8080
PYTHON ?= $(firstword $(foreach each,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(each) -c 'import sys; sys.version_info >= (3, 11) and print("$(each)")' 2>/dev/null)))

VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--require-hashes --only-binary :all:
COMPILE := $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 \
	--no-annotate --no-header

# Tests make and delete files by the hundred thousand: in memory, where there is room for that.
ROOMY := $(shell df -m /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 >= 4000 { print "/dev/shm" }')
quick test test-long coverage test-python: export TMPDIR := $(or $(TMPDIR),$(ROOMY))
# A process that a test starts is sooner ready where what Python has compiled is kept.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo quick test test-long coverage test-python oracle soak soak-postgres soak-broadcast soak-correction soak-hostile bench check format docs counts understanding learn lock lock-fresh

help: ## Print this.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

setup: $(VENV)/.dev ## Install everything, for work on the bot.

demo: $(VENV)/.run ## Play with a small living company in the browser (PORT=8080, FRESH=1).
	@$(BIN)/python -m bot demo --port $(PORT) $(if $(FRESH),--fresh)

quick: $(VENV)/.dev ## Run the tests of rules, conversations, words, plans and structure, in a minute.
	@$(BIN)/python -m pytest -n $(or $(JOBS),2) tests/core tests/content tests/flows tests/plans tests/architecture $(ARGS)

test: $(VENV)/.dev ## Run all tests but the long ones (ARGS="tests/core -x", JOBS=4 at a time: many wait).
	@$(BIN)/python -m pytest -n $(or $(JOBS),4) -m "not long" $(ARGS)

test-long: $(VENV)/.dev ## Run the long tests (processes, kills, the browser), then `coverage` (ARGS, JOBS).
	@$(BIN)/python -m pytest -n $(or $(JOBS),3) -m long $(ARGS)
	@$(MAKE) --no-print-directory coverage ARGS=

coverage: $(VENV)/.dev ## Measure the branches of rules, flows and services that chats reach; fails below 92 %.
	@$(BIN)/python -m pytest -q -n $(or $(JOBS),4) -m "not long" tests/core tests/chats \
		--cov=bot/core --cov=bot/flows --cov=bot/services \
		--cov-branch --cov-report=term:skip-covered --cov-fail-under=92 $(ARGS)

test-python: $(VENV)/.dev ## Run what another Python can break (PYTHON=python3.13 VENV=.venv-3.13).
	@$(BIN)/python -m pytest -n $(or $(JOBS),2) -m "not long and not postgres" \
		--ignore=tests/plans $(ARGS)

oracle: $(VENV)/.dev ## Work out plans over random trees twice, apart from each other (TREES=20000).
	@ORACLE_TREES=$(or $(TREES),20000) $(BIN)/python -m pytest tests/plans/test_oracle.py

soak: $(VENV)/.dev ## Kill the bot 300 times while people chat (KILLS=300, SEED=1).
	@$(BIN)/python -m tests.soak --kills $(or $(KILLS),300) --seed $(or $(SEED),1)

soak-postgres: $(VENV)/.dev ## The same with the books on a PostgreSQL server (KILLS=300, SEED=1).
	@$(BIN)/python -m tests.soak --postgres --kills $(or $(KILLS),300) --seed $(or $(SEED),1)

soak-broadcast: $(VENV)/.dev ## Kill the bot while a broadcast goes out (PEOPLE=2000, KILLS=30, SEED=1).
	@$(BIN)/python -m tests.soak.broadcast --people $(or $(PEOPLE),2000) --kills $(or $(KILLS),30) --seed $(or $(SEED),1)

soak-correction: $(VENV)/.dev ## Kill the bot while a broadcast is corrected (PEOPLE=500, KILLS=20, SEED=1).
	@$(BIN)/python -m tests.soak.correction --people $(or $(PEOPLE),500) --kills $(or $(KILLS),20) --seed $(or $(SEED),1)

soak-hostile: $(VENV)/.dev ## Let fifty people chat while one types what hurts most (MINUTES=10, SEED=1).
	@$(BIN)/python -m tests.soak.hostile --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

bench: $(VENV)/.dev ## Measure how fast the bot answers, beside a plain echo (ROUNDS=5).
	@$(BIN)/python -m bench --rounds $(or $(ROUNDS),5) $(ARGS)

check: $(VENV)/.dev lock-fresh ## Format, style, types, layers, dependencies, locks.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(VENV)/.dev ## Put the code into its form.
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

docs: $(VENV)/.dev ## Write the lists of commands, settings and plan keys in docs/ from the code.
	@$(BIN)/python -m tests.architecture.pages.command_page
	@$(BIN)/python -m tests.architecture.pages.settings_page
	@$(BIN)/python -m tests.architecture.pages.effort_page
	@$(BIN)/python -m tests.plans.keys_page

understanding: $(VENV)/.dev ## Measure how well sentences of sellers are understood, on both halves of the set.
	@$(BIN)/python -m tests.understanding

learn: $(VENV)/.learn ## Learn from the labelled sentences what words mean (ARGS=--cross only says how well).
	@$(BIN)/python -m tests.understanding.learn $(ARGS)

counts: $(VENV)/.dev ## Count names used twice, odd words, uses of Any, long lines and modules.
	@$(BIN)/python -m tests.architecture.counting

lock: $(VENV)/.dev ## Write the locks anew from pyproject.toml, with the versions they have.
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) --group learn pyproject.toml -o requirements/learn.txt

lock-fresh: $(VENV)/.dev
	@echo "comparing the locks with pyproject.toml"
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp requirements/*.txt "$$folder" && \
	$(COMPILE) pyproject.toml -o "$$folder/run.txt" && \
	$(COMPILE) --group dev pyproject.toml -o "$$folder/dev.txt" && \
	$(COMPILE) --group learn pyproject.toml -o "$$folder/learn.txt" && \
	diff -ru requirements "$$folder" || { echo "The locks are stale. Run: make lock"; exit 1; }

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements/run.txt | $(VENV)/bin/python
	@echo "installing what the bot needs"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "installing what work on the bot needs"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@ $(VENV)/.run

$(VENV)/.learn: requirements/learn.txt | $(VENV)/.run
	@echo "installing what learning from sentences needs"
	@$(INSTALL) -r requirements/learn.txt
	@touch $@
