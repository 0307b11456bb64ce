"""The counts at the head of the overview, and whose words the sources give."""

from __future__ import annotations

import pandas as pd

from lib.analysis.overview import Headline
from lib.analysis.themes import national_share, points_by_country
from lib.html.parts import figures
from lib.text import counted
from lib.vocabulary import Vocabulary


def headline_figures(numbers: Headline, latest: str = "") -> str:
    """The selection in numbers; meetings, exercises and transfers apart. ``latest`` are the days of the newest held event in words."""
    notes = [f"{counted(numbers.not_held, 'event')} of these not held, or not confirmed."] if numbers.not_held else []
    notes += [f"The newest held event on record: {latest}."] if latest else []
    note = f'<p class="footer">{" ".join(notes)}</p>' if notes else ""
    publishers = f"of {counted(numbers.publishers, 'publisher')}"
    return (
        figures(
            (
                (numbers.meetings, "meeting", "meetings"),
                (numbers.exercises, "exercise", "exercises"),
                (numbers.transfers, "transfer", "transfers"),
                (numbers.countries, "country present", "countries present"),
                (numbers.points, "point made", "points made"),
                (numbers.sources, f"source {publishers}", f"sources {publishers}"),
            )
        )
        + note
    )


def who_is_reported(mentions: pd.DataFrame, sources: pd.DataFrame, vocabulary: Vocabulary) -> str:
    """Whose words the sources give: the sentence that accompanies every comparison of who says how much."""
    points = points_by_country(mentions, vocabulary)
    if not points:
        return ""
    country = next(iter(points))
    share = national_share(mentions, country, vocabulary)
    return (
        f"The sources report some more than others ({share:.0%} of the points by countries are {vocabulary.label('countries', country)}'s; "
        f"{counted(len(sources), 'source')} of {counted(int(sources['publisher'].nunique()), 'publisher')}): this is not who speaks most."
    )
