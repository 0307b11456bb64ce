"""How far two coders agree: ``python -m scripts.agreement`` compares the codings of data/double-coding and writes docs/data-quality.md.

``draw --seed N --count N`` draws the records of a further round and prints what the second coder may see of them; ``replace ID --why
"..."`` puts the next record in the place of one whose sources cannot be read; ``differences`` lists where the two codings of the last
round, or of ``--round N``, differ. ``--check`` only compares the published tables with what the stored codings give. What the figures
rest on is stored: later edits of records do not change them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lib.records.dates import parse_date
from lib.store import SHIPPED
from lib.text import counted, day_in_words
from lib.vocabulary import Vocabulary, load_vocabulary
from scripts.codings import FOLDER, read_coding, unknown_words
from scripts.compare import SETS, VALUES, Figure, Pair, differences, figures, on_sources_read, orders, pooled
from scripts.draw import begun, draw, drawn_list, replace
from scripts.generated import filled

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "data-quality.md"
BEGIN = "<!-- generated: python -m scripts.agreement -->"

EARLIER = {
    "kind": 0.92,
    "status": 1.0,
    "start": 0.92,
    "end": 1.0,
    "mode": 1.0,
    "place": 1.0,
    "chair": 0.75,
    "roster": 0.83,
    "level": 0.94,
    "capacity": 0.90,
    "form": 0.82,
    "delegations": 0.86,
    "names": 0.81,
    "themes": 0.76,
    "theme with actor": 0.59,
    "outcome forms": 0.80,
}
"""The figures of the outside check of twelve meetings."""

TARGETS = {
    "level": 0.9,
    "form": 0.9,
    "capacity": 0.9,
    "chair": 0.9,
    "themes": 0.85,
    "theme with actor": 0.75,
    "delegations": 0.92,
}

LABELS = {"place": "country of the place"}


def rounds(folder: Path = FOLDER) -> list[Path]:
    """The folders of the rounds of which every record has a second coding; one that is under way is not published."""
    return [
        path
        for path in begun(folder)
        if all((path / f"{entry['id']}.yaml").is_file() for entry in drawn_list(path)["drawn"])
    ]


def pairs_of(folder: Path) -> list[Pair]:
    """Both codings of every record of a round; ValueError names the values that no vocabulary has."""
    words = load_vocabulary(SHIPPED / "vocabulary")
    pairs = []
    for entry in drawn_list(folder)["drawn"]:
        second = read_coding(folder / f"{entry['id']}.yaml")
        if wrong := unknown_words(second, words):
            raise ValueError(f"{entry['id']}: {', '.join(wrong)}")
        pairs.append((read_coding(folder / "first" / f"{entry['id']}.yaml"), second))
    return pairs


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _measured(figure: Figure) -> str:
    """A figure with its interval."""
    return _number(figure.value) + ("" if figure.low is None else f" ({_number(figure.low)}–{_number(figure.high)})")


def reached(name: str, figure: Figure) -> str:
    """Whether the figure, rounded as it is printed, reaches the target of its field; empty where there is no target."""
    target = TARGETS.get(name)
    return "" if target is None else "yes" if figure.value is not None and round(figure.value, 2) >= target else "no"


def row(name: str, figure: Figure, measure: str) -> str:
    """A line of the table: field, measure, figure with its interval, the further figures, n, the earlier figure, the target, whether reached."""
    target = TARGETS.get(name)
    cells = [
        LABELS.get(name, name),
        measure,
        _measured(figure),
        " / ".join(_number(value) for value in figure.beside),
        str(figure.n),
        _number(EARLIER[name]) if name in EARLIER else "",
        _number(target) if target else "",
        reached(name, figure),
    ]
    return f"| {' | '.join(cells)} |"


def _measures(words: Vocabulary) -> dict[str, str]:
    """What each field is measured by."""
    ranks = orders(words)
    return {name: f"α {'ordinal' if name in ranks else 'nominal'}" for name in VALUES} | dict.fromkeys(SETS, "F1")


def table(found: Mapping[str, Figure], words: Vocabulary) -> str:
    """The table of all fields of a round."""
    lines = [
        "| field | measure | figure (95 % of resamples) | agreement, or precision / recall | n | earlier check | target | reached |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join(lines + [row(name, found[name], measure) for name, measure in _measures(words).items()])


def side_by_side(found: Mapping[str, Mapping[str, Figure]], words: Vocabulary) -> str:
    """The figures of rounds, or of several together, beside each other by their names, with n and whether the target is reached or missed, and how many each reached."""
    heads = ["field", "measure", "earlier check", "target", *(f"{name} (95 % of resamples), n" for name in found)]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, measure in _measures(words).items():
        cells = [
            LABELS.get(name, name),
            measure,
            _number(EARLIER[name]) if name in EARLIER else "",
            _number(TARGETS[name]) if name in TARGETS else "",
        ]
        cells += [f"{_measured(one[name])}, {one[name].n}{_SAID[reached(name, one[name])]}" for one in found.values()]
        lines.append(f"| {' | '.join(cells)} |")
    sums = [
        f"{sum(reached(name, one[name]) == 'yes' for name in TARGETS)} of {len(TARGETS)} in {label}"
        for label, one in found.items()
    ]
    return "\n".join(lines) + f"\n\nTargets reached: {', '.join(sums)}."


_SAID = {"": "", "yes": ", reached", "no": ", **missed**"}


POINTS = ("themes", "theme with actor")
"""The sets of which a point of the record can be left out because its sources were not found."""


def by_sources(pairs: Sequence[Pair]) -> str:
    """The F1 of each set apart for the records all of whose sources were read again, and for the others; and on the sources read alone."""
    parts = {
        "all sources read": [pair for pair in pairs if not pair[1].not_found],
        "some not found": [pair for pair in pairs if pair[1].not_found],
    }
    lines = ["| records | n | " + " | ".join(SETS) + " |", "|---" * (len(SETS) + 2) + "|"]
    lines += [
        f"| {label} | {len(part)} | " + " | ".join(_number(pooled(part, name)) for name in SETS) + " |"
        for label, part in parts.items()
    ]
    read = [on_sources_read(pair) for pair in pairs]
    cells = [_number(pooled(read, name)) if name in POINTS else "" for name in SETS]
    return "\n".join([*lines, f"| all, points on a source that was read | {len(pairs)} | {' | '.join(cells)} |"])


def generated(folder: Path = FOLDER) -> str:
    """The generated part of the document: the figures of all rounds beside each other, then each round."""
    words = load_vocabulary(SHIPPED / "vocabulary")
    done = [(path.name.removeprefix("round-"), drawn_list(path), pairs_of(path)) for path in rounds(folder)]
    found = [figures(pairs, words, values["seed"]) for _, values, pairs in done]
    names = {f"round {number}": figure for (number, *_), figure in zip(done, found, strict=True)}
    if len(done) > 1:
        (one, _, before), (other, last, after) = done[-2:]
        names[f"rounds {one} and {other} together"] = figures([*before, *after], words, last["seed"])
    parts = [side_by_side(names, words)] if len(done) > 1 else []
    for (number, values, pairs), figure in zip(done, found, strict=True):
        parts.append(
            f"### Round {number}\n\n{described(values, pairs)}\n\n{table(figure, words)}\n\nF1 by what the second coder could read:\n\n{by_sources(pairs)}"
        )
    return "\n\n".join(parts) + "\n"


def described(values: Mapping[str, Any], pairs: Sequence[Pair]) -> str:
    """What was drawn for a round, and what of it could be read."""
    read, missing = sum(len(second.read) for _, second in pairs), sum(len(second.not_found) for _, second in pairs)
    whole = sum(not second.not_found for _, second in pairs)
    groups = [
        f"{sum(entry['group'] == group for entry in values['drawn'])} of {counted(len(ids), 'record')} in `{group}`"
        for group, ids in values["eligible"].items()
    ]
    day = day_in_words(parse_date(str(values["drawn_on"])))
    return (
        f"Drawn on {day} with seed {values['seed']} from commit `{values['commit'][:12]}`: {', '.join(groups)}. Records replaced: {len(values['replaced'])}.\n"
        f"The second coder found {read} of the {read + missing} sources again, and all of them for {whole} of the {len(pairs)} records."
    )


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; 1 where ``--check`` finds the published table to be another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    commands = parser.add_subparsers(dest="command")
    drawing = commands.add_parser("draw")
    drawing.add_argument("--seed", type=int, required=True)
    drawing.add_argument("--count", type=int, required=True)
    replacing = commands.add_parser("replace")
    replacing.add_argument("id")
    replacing.add_argument("--why", required=True)
    commands.add_parser("differences").add_argument("--round", type=int)
    asked = parser.parse_args(arguments)
    words = load_vocabulary(SHIPPED / "vocabulary")
    if asked.command in ("draw", "replace"):
        for line in (
            draw(words, asked.seed, asked.count) if asked.command == "draw" else replace(words, asked.id, asked.why)
        ):
            print(line)
    elif asked.command == "differences":
        folder = FOLDER / f"round-{asked.round}" if asked.round is not None else next(iter(reversed(rounds())), None)
        if folder is None or folder not in rounds():
            print(
                "no such round of which every record has a second coding; those are: "
                + ", ".join(path.name for path in rounds())
            )
            return 1
        for pair in pairs_of(folder):
            print(f"{pair[0].id}\n" + "".join(f"  {line}\n" for line in differences(pair)), end="")
    else:
        part, text = generated(), DOCUMENT.read_text(encoding="utf-8")
        whole = filled(DOCUMENT.name, text, BEGIN, part)
        print(part)
        if whole != text:
            if asked.check:
                print(f"{DOCUMENT.name} is not up to date: run python -m scripts.agreement")
                return 1
            DOCUMENT.write_text(whole, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
