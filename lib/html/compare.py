"""Two sides in numbers and words: what each holds, on what sources it rests, what is not compared, presets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from lib.analysis.basis import Basis, Refusal, seat_shares
from lib.analysis.compare import furthest_first
from lib.analysis.overview import Headline
from lib.analysis.rows import named_rows
from lib.figures.compare import SIDES
from lib.html.parts import Row, link, plain_table
from lib.text import counted, listed
from lib.vocabulary import Vocabulary

ABOUT = {"events": "the number of events", "themes": "themes", "levels": "levels", "countries": "attendance"}

_NO = '<span class="facts in">not compared</span>'


def sides_lede(words: tuple[str, str]) -> str:
    """Both selections in words, each with its mark."""
    marks = ("●", "◆")
    return "".join(
        f'<p class="lede side"><span style="color:{color}" aria-hidden="true">{mark}</span> <strong>{side.capitalize()}:</strong> {escape(text)}</p>'
        for (side, color), mark, text in zip(SIDES.items(), marks, words, strict=True)
    )


def sides_table(
    heads: tuple[Headline, Headline], bases: tuple[Basis, Basis], refused: frozenset[str], vocabulary: Vocabulary
) -> str:
    """What each side holds and what sources it rests on, with the differences that may be stated."""
    (left, right), (one, other) = heads, bases
    counts = [
        ("Held meetings", one.meetings, other.meetings),
        ("Exercises", left.exercises, right.exercises),
        ("Transfers", left.transfers, right.transfers),
        ("Not held, or not confirmed", left.not_held, right.not_held),
        ("Countries present", left.countries, right.countries),
    ]
    rows = [
        _row(name, f"{a:,}", f"{b:,}", _NO if "events" in refused else _difference(a - b))
        for name, a, b in counts
        if a or b
    ]
    rows.append(
        _row(
            "Points made",
            f"{left.points:,}",
            f"{right.points:,}",
            # There are more points where there are more events.
            _NO if refused & {"themes", "events"} else _difference(left.points - right.points),
        )
    )
    rows.append(Row(("What this rests on: the sources of the held meetings",), css="part"))
    rows.append(_row("Sources, publishers", *(f"{side.sources:,}, {side.publishers:,}" for side in bases), ""))
    rows.append(
        _row(
            "Sources per meeting",
            *(_number(side.per_meeting) for side in bases),
            _times(one.per_meeting, other.per_meeting),
        )
    )
    rows.append(
        _row("Kinds", *(_kinds(side, vocabulary) for side in bases), _points(one.official, other.official, "official"))
    )
    rows.append(_row("Seats of the publishers", *(_seats(side, vocabulary) for side in bases), ""))
    rows.append(
        _row("Events in covered time", *(_share(side.covered) for side in bases), _points(one.covered, other.covered))
    )
    rows.append(_row("Complete rosters", *(f"{side.complete:,} of {side.meetings:,}" for side in bases), ""))
    return plain_table(
        "The two sides", ("What is counted", "Left", "Right", "Left minus right"), rows, css="plain sides"
    )


def _row(name: str, left: str, right: str, difference: str) -> Row:
    return Row((escape(name), left, right, difference))


def _difference(number: int) -> str:
    return "the same" if not number else f"{number:+,}".replace("-", "−")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _times(one: float | None, other: float | None) -> str:
    if not one or not other:
        return ""
    more = "left" if one > other else "right"
    times = f"{max(one, other) / min(one, other):.1f}"
    return "alike" if times == "1.0" else f"{times} times as many on the {more}"


def _points(one: float | None, other: float | None, what: str = "") -> str:
    if one is None or other is None:
        return ""
    points = round(100 * one) - round(100 * other)
    return f"{what} {_difference(points)}{' percentage points' if points else ''}".strip()


def _kinds(side: Basis, vocabulary: Vocabulary) -> str:
    parts = [
        f"{vocabulary.label('source-kinds', word).lower()} {side.kinds[word] / side.sources:.0%}"
        for word in vocabulary["source-kinds"]
        if side.kinds.get(word)
    ]
    return escape(", ".join(parts)) or "–"


def _seats(side: Basis, vocabulary: Vocabulary) -> str:
    """The commonest seats with their share of those known, and how many are not."""
    known = [
        f"{vocabulary.label('countries', word) if word in vocabulary['countries'] else 'international bodies'} {share:.0%}"
        for word, share in seat_shares(side)[:3]
    ]
    unknown = side.sources - side.seated
    return escape(", ".join(known) + (f"; {unknown:,} of {side.sources:,} not known" if unknown else "")) or "–"


def refused_list(refused: Sequence[Refusal]) -> str:
    """What is not compared, and why; empty where everything is."""
    if not refused:
        return ""
    about = [name for word, name in ABOUT.items() if any(word in refusal.about for refusal in refused)]
    items = "".join(f"<li>{escape(refusal.sentence)}</li>" for refusal in refused)
    head = listed(about)
    return (
        f'<div class="refused" role="note"><h3>Not compared: {escape(head)}</h3><p class="lede">These two selections differ too much in what they rest on. '
        f"The counts stand beside one another; no difference is drawn from them.</p><ul>{items}</ul></div>"
    )


def differences(
    themes: pd.DataFrame,
    countries: pd.DataFrame,
    totals: tuple[int, int],
    rosters: tuple[int, int],
    vocabulary: Vocabulary,
    most: int = 4,
) -> list[str]:
    """The largest differences as sentences with their numbers; frames are ``beside`` ones, empty where they are not compared."""
    found = []
    for frame, key, sizes, name, verb, unit in (
        (themes, "theme", totals, lambda word: vocabulary.label("themes", word), "was raised at", "held meetings"),
        (
            countries,
            "country",
            rosters,
            lambda word: vocabulary.label("countries", word),
            "is on the roster of",
            "held meetings with a complete roster",
        ),
    ):
        for row in named_rows(furthest_first(frame).head(most)):
            points = round(100 * abs(row.difference))
            if points >= 10:
                found.append(
                    f"{name(getattr(row, key))} {verb} {row.left} of {sizes[0]} {unit} on the left and {row.right} of {sizes[1]} on the right: "
                    f"{points} percentage points {'more on the left' if row.difference > 0 else 'more on the right'}."
                )
    return found


def differences_list(sentences: Sequence[str], compared: bool) -> str:
    """The differences as a list; says so where there is none."""
    if not compared:
        return ""
    if not sentences:
        return '<h3>In words</h3><p class="lede">No theme and no country differs by ten percentage points or more.</p>'
    return (
        f'<h3>In words</h3><ul class="words">{"".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)}</ul>'
    )


def presets_list(presets: Sequence[tuple[str, str]], kept: str = "") -> str:
    """Ready comparisons as links: (label, address). ``kept`` are the filters, in words, that each keeps on both sides besides its own."""
    note = (
        f'<p class="footer">These keep the filters at the left where they do not set them anew: {escape(kept)}.</p>'
        if kept
        else ""
    )
    return f'<ul class="presets">{"".join(f"<li>{link(address, label)}</li>" for label, address in presets)}</ul>{note}'


def start(events: int, ready: str) -> str:
    """How to begin: both sides hold the same ``events``, or none; ``ready`` are the presets."""
    same = f"Both sides hold the same {counted(events, 'event')} so far. " if events else ""
    return f'<p class="lede">{same}Set the left side in the sidebar and the right side here, or begin with one of these:</p>{ready}'


def sizes_in_words(left: Basis, right: Basis) -> str:
    """The page's title: how many events stand beside how many."""
    return f"{counted(left.events, 'event')} beside {right.events:,}"
