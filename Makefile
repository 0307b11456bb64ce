# make run | test | check | people | bench | pictures | docs | history - each sets up what it needs on a fresh machine.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check people bench pictures docs history clean

# The dashboard at http://localhost:$(PORT); SAMVAD_DATA names another data folder.
run: $(VENV)/run.done
	$(BIN)/streamlit run app.py --server.port $(PORT)

# Everything: units, properties, the API, and a real browser. A missing browser is a failure, never a skip.
test: $(VENV)/test.done
	@sh scripts/browser.sh
	$(BIN)/python -m pytest

# Every problem in the records, one line each; exit 1 if there is any.
check: $(VENV)/run.done
	$(BIN)/python -m lib.check

# Keep the registry of people up to the records: new names, offices, one spelling a person; says what a person has to decide.
people: $(VENV)/run.done
	$(BIN)/python -m scripts.people

# What the dashboard costs, as ratios taken in one run; writes docs/benchmarks.md.
bench: $(VENV)/test.done
	$(BIN)/python -m bench.run

# The README's pictures, from the dashboard itself.
pictures: $(VENV)/test.done
	@sh scripts/browser.sh
	$(BIN)/python -m scripts.pictures

# The generated parts of data/README.md and the schema for editors.
docs: $(VENV)/run.done
	$(BIN)/python -m scripts.document

# Note in data/history.yaml which records are new or changed, for the feed and the correction log; after every change of records.
history: $(VENV)/run.done
	$(BIN)/python -m scripts.history

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test.done: requirements-test.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@ $(VENV)/run.done
