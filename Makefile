# Run `make help` for what there is. Nothing needs to be installed first but make and Python 3.11 or newer.
VENV := .venv
BIN := $(VENV)/bin
PROFILE ?= ci
ARGS ?=
# One process more than there are cores: many tests wait for a browser, a database or a cluster.
PROCESSES ?= $(shell expr $$(nproc) + 1)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
export UPGRADE

# A stamp carries a sum of the lock files, so an environment is made again only when a lock has changed.
LOCKS := pyproject.toml requirements/runtime.txt requirements/dev.txt
SUM := $(firstword $(shell cat $(LOCKS) | cksum))
RUNTIME := $(VENV)/runtime-$(SUM)
DEV := $(VENV)/dev-$(SUM)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs lock fix clean env

help:  ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(RUNTIME)  ## Read, check and publish a real plan that comes with Placeplan, then open the workspace
	@$(BIN)/placeplan demo $(ARGS)
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/placeplan serve; \
	else echo "To open the workspace with this and other plans in a browser: $(BIN)/placeplan serve"; fi

test: $(DEV)  ## Run the tests (PROFILE=wide for more generated cases, ARGS="-k word" for some)
	@sh scripts/test-packages.sh
	@HYPOTHESIS_PROFILE=$(PROFILE) $(BIN)/python -m pytest -n $(PROCESSES) --dist loadgroup $(ARGS)

check: $(DEV)  ## Run every check, and count the failures at the end
	@$(BIN)/python scripts/check.py $(ARGS)

bench: $(DEV)  ## Run the benchmarks and print ratios
	@$(BIN)/python -m benchmarks $(ARGS)

docs: $(DEV)  ## Build the documents into build/docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open build/docs/index.html"

fix: $(DEV)  ## Format, repair what can be repaired, and write the generated pages again
	@$(BIN)/python scripts/check.py --fix

lock: $(DEV)  ## Pin the dependencies again (UPGRADE=--upgrade to move them all)
	@scripts/lock.sh

env: $(DEV)  ## Only make the environment for development

clean:  ## Remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME):
	@sh scripts/install.sh $(VENV) requirements/runtime.txt
	@touch $@

$(DEV):
	@sh scripts/install.sh $(VENV) requirements/dev.txt
	@touch $@ $(RUNTIME)
