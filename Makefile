# `make` alone lists the targets; ARGS goes on to the command behind a target.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test check format bench words lock clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
INSTALLED := $(VENV)/.installed
COMMAND := $(BIN)/python -m

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

run: $(READY) ## set up and serve on http://127.0.0.1:8000 (HOST, PORT and CHATKIT_… are read)
	@exec $(BIN)/python app.py $(ARGS)

setup: $(READY) ## make the environment in .venv, with everything that tests need

test: $(READY) ## set up, find or install a browser, run the tests
	@$(COMMAND) tests.chromium
	@$(COMMAND) pytest --numprocesses auto --dist worksteal $(ARGS)

check: $(READY) ## lint, check the formatting and the types
	@$(COMMAND) ruff check .
	@$(COMMAND) ruff format --check .
	@$(COMMAND) mypy

format: $(READY) ## format the code and repair what the linter can
	@$(COMMAND) ruff check --fix .
	@$(COMMAND) ruff format .

bench: $(READY) ## measure, and print the ratios
	@$(COMMAND) tests.benchmarks $(ARGS)

words: $(READY) ## collect the words to translate in chat/locale/messages.pot
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --no-wrap --omit-header \
		--no-location --sort-output --keyword marked --output-file chat/locale/messages.pot chat templates

lock: $(READY) ## renew requirements.lock and package-lock.json (needs npm)
	@CUSTOM_COMPILE_COMMAND="make lock" $(COMMAND) piptools compile --quiet --upgrade \
		--extra dev --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file requirements.lock pyproject.toml
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean: ## remove the environment, what the build made and all caches (not data/)
	@rm -rf $(VENV) static/vendor build dist .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): $(INSTALLED) pyproject.toml hatch_build.py package-lock.json static/vendor/.stamp
	@echo "Building the project and its front-end files …"
	@$(COMMAND) pip install --quiet --no-deps --editable .
	@$(COMMAND) compileall -q chat store
	@touch $@

# Written by the build above; asking for it here repeats the build where it is gone.
static/vendor/.stamp: ;

$(INSTALLED): $(BIN)/python requirements.lock
	@echo "Installing the packages that requirements.lock names …"
	@$(COMMAND) pip install --quiet --require-hashes --requirement requirements.lock
	@touch $@

# The first Python that is new enough and can make environments; Debian's lacks that part
# until python3-venv is installed.
$(BIN)/python:
	@found=; for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3 python); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		found=$$python; \
		$$python -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making $(VENV) with $$($$python --version) …"; \
		exec $$python -m venv --clear $(VENV); \
	done; \
	if [ "$$found" ]; then \
		echo "$$found lacks its venv module (on Debian and Ubuntu: apt-get install python3-venv)."; \
	else \
		echo "Python 3.11 or newer was not found; PYTHON=/path/to/python names one."; \
	fi >&2; exit 1
