"""Every measure of docs/methods.md on what was said, and the comparison, against a second implementation straight from the shipped YAML."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

import pytest

from lib.analysis.basis import basis, refusals
from lib.analysis.basis import seats_apart as apart
from lib.analysis.compare import country_counts, level_counts, theme_counts
from lib.analysis.themes import by_whom, how_often, in_form, in_series, over_time
from lib.analysis.together import first_and_latest, together
from lib.analysis.uptake import forums, names_a_text, paths
from lib.analysis.watch import without_joint_text
from lib.content.themes import themes
from lib.filters.selection import Selection, select, whatever_was_said
from lib.filters.value import Filters
from tests.samples import TODAY, real
from tests.second import jaccard, ratio
from tests.second_themes import SecondThemes, refused, seats_apart, shipped

SELECTIONS = (
    "",
    "series=sco-dmm",
    "from=2017&by=IND",
    "theme=terrorism&form=joint-document",
    "theme=indian-ocean&host=IND",
    "from=1990&to=1991",
)

SIDES = (
    ("series=sco-dmm&to=2016", "series=sco-dmm&from=2017"),
    ("by=IND", "by=CHN"),
    ("by=IND", "by=PAK"),
    ("series=sco-summit", "series=sco-cfm"),
    ("series=sco-summit,sco-cfm", "series=admm-plus"),
    ("country=IND", "country=CHN"),
    ("from=2021", "from=2016&to=2020"),
    ("kind=bilateral", "kind=ministerial"),
    ("from=1990&to=1991", ""),
    ("series=shangri-la", "series=sco-rats-council"),
    ("series=sco-summit&from=2017", "series=sco-chg&from=2017"),
    ("level=minister", "level=senior-official"),
    ("host=IND", "host=CHN"),
    ("series=sco-nsa", "series=sco-summit&to=2016"),
    ("status=scheduled", "status=held"),
)


def limits(query: str) -> dict[str, list[str]]:
    """An address's filters as lists."""
    return {name: value.split(",") for name, _, value in (part.partition("=") for part in query.split("&") if part)}


@lru_cache(maxsize=1)
def second() -> SecondThemes:
    return shipped()


def both(query: str) -> tuple[Selection, list[dict], dict[str, list[str]]]:
    """The program's selection, and the second implementation's events with what narrows their points."""
    asked = limits(query)
    return (
        select(real().tables, Filters.of(asked)),
        [event for event in second().events if second().passes(event, asked)],
        asked,
    )


@cache
def side_of(query: str) -> dict:
    """One side of a comparison, computed once."""
    return second().side(limits(query))


@pytest.mark.parametrize("query", SELECTIONS)
def test_themes_by_event_with_share_points_and_actors(query):
    selection, events, asked = both(query)
    found = how_often(selection.rows("mentions"), selection.events, real().vocabulary).set_index("theme")
    wanted = second().raised_at(events, asked)
    assert set(found.index) == set(wanted)
    for theme, at in wanted.items():
        below = second().with_children(theme)
        points = [point for event in events for point in second().points(event, asked) if point["theme"] in below]
        row = found.loc[theme]
        assert (row["events"], row["points"], row["actors"]) == (
            len(at),
            len(points),
            len({point["by"] for point in points} - {"joint"}),
        )
        assert math.isclose(row["share"], len(at) / len(events))


@pytest.mark.parametrize("query", SELECTIONS)
def test_a_share_of_events_is_of_all_that_pass_the_filters_other_than_those_of_points(query):
    selection, _, asked = both(query)
    among = {name: words for name, words in asked.items() if name not in ("theme", "by", "form")}
    assert whatever_was_said(selection)["event_id"].tolist() == [
        event["id"] for event in second().events if second().passes(event, among)
    ]


def test_a_title_names_the_actor_asked_for_and_all_events_of_the_series():
    query = "series=sco-dmm&from=2017&by=RUS"
    selection, events, _ = both(query)
    often = themes(selection, TODAY).often
    of = sum(second().passes(event, limits("series=sco-dmm&from=2017")) for event in second().events)
    assert re.search(rf" was raised by Russia at \d+ of {of} events$", often.title) and len(events) < of
    assert often.table["share in %"].max() <= round(100 * len(events) / of, 1)


@pytest.mark.parametrize("query", SELECTIONS[:4])
def test_who_raised_a_theme_in_what_form_when_and_in_which_series(query):
    selection, events, asked = both(query)
    vocabulary, mentions = real().vocabulary, selection.rows("mentions")
    whom, form, when = (
        by_whom(mentions, vocabulary, 999, 999),
        in_form(mentions, vocabulary, 999),
        over_time(mentions, selection.events, vocabulary, 999),
    )
    said: dict[tuple[str, str], set[str]] = {}
    forms: dict[tuple[str, str], int] = {}
    years: dict[tuple[str, int], set[str]] = {}
    series: dict[str, list[str]] = {}
    above = {
        theme: [word for word in second().words["themes"] if theme in second().with_children(word)]
        for theme in second().words["themes"]
    }
    for event in events:
        for point in second().points(event, asked):
            series.setdefault(event["series"], []).append(event["id"])
            for theme in above[point["theme"]]:
                said.setdefault(
                    (theme, "meeting" if point["by"] == "joint" and point["form"] != "joint-document" else point["by"]),
                    set(),
                ).add(event["id"])
                forms[theme, point["form"]] = forms.get((theme, point["form"]), 0) + 1
                years.setdefault((theme, int(second().begins(event)[:4])), set()).add(event["id"])
    assert {(row.theme, row.by): row.events for row in whom.itertuples()} == {key: len(at) for key, at in said.items()}
    assert {(row.theme, row.form): row.points for row in form.itertuples()} == forms
    of = {year: sum(second().begins(event)[:4] == str(year) for event in events) for _, year in years}
    assert {(row.theme, row.year): (row.events, row.of) for row in when.itertuples()} == {
        key: (len(at), of[key[1]]) for key, at in years.items()
    }
    assert {row.series: (row.events, row.points) for row in in_series(mentions, vocabulary).itertuples()} == {
        one: (len(set(at)), len(at)) for one, at in series.items()
    }


@pytest.mark.parametrize("unit", ["event", "actor"])
@pytest.mark.parametrize("query", ["", "series=sco-dmm", "from=2020"])
def test_themes_raised_together_observed_over_expected(query, unit):
    selection, events, _ = both(query)
    own, pairs, of = second().together(events, unit)
    found = together(selection.all_rows("mentions"), real().vocabulary, unit, themes=999)
    assert {tuple(sorted((row.first, row.second))) for row in found.itertuples()} == {
        tuple(sorted(pair)) for pair in pairs
    }
    wanted = {frozenset(pair): count for pair, count in pairs.items()}
    for row in found.itertuples():
        count, one, other = wanted[frozenset((row.first, row.second))], len(own[row.first]), len(own[row.second])
        assert (row.together, row.first_total, row.second_total, row.of) == (count, one, other, of)
        lift = ratio(count, one * other / of)
        assert math.isclose(row.expected, one * other / of) and math.isclose(row.jaccard, jaccard(count, one, other))
        assert math.isnan(row.lift) if lift is None else math.isclose(row.lift, lift)


@pytest.mark.parametrize("query", ["", "series=sco-summit", "host=IND"])
def test_the_first_and_the_latest_mention_of_each_theme(query):
    selection, events, asked = both(query)
    held = [event for event in events if event["status"] == "held"]
    found = first_and_latest(selection.all_rows("mentions"), selection.events, real().vocabulary).set_index("theme")
    wanted = second().raised_at(held)
    assert set(found.index) == set(wanted)
    by = {event["id"]: event for event in held}
    for theme, at in wanted.items():
        row, below = found.loc[theme], second().with_children(theme)
        assert (row["events"], row["first_event"], row["latest_event"]) == (len(at), at[0], at[-1])
        assert set(row["first_by"].split(";")) == {
            "meeting" if point["by"] == "joint" and point["form"] != "joint-document" else point["by"]
            for point in by[at[0]]["themes"]
            if point["theme"] in below
        }


def test_the_standing_of_every_path_from_statement_to_joint_text():
    found = {key: (path.standing, path.statements, path.texts) for key, path in paths(real().tables).items()}
    every = {second().forum(event) for event in second().events} - {None}
    wanted = {
        (theme, forum): path
        for forum in every
        for theme in second().words["themes"]
        if (path := second().standing_of_path(theme, forum))
    }
    assert found == wanted and len(found) > 50 and set(forums(real().tables).values()) >= every


def test_whether_a_source_names_a_joint_text_is_read_off_its_title_alike():
    sources = [source for event in second().events for source in event["sources"]]
    differing = [
        source["title"]
        for source in sources
        if names_a_text(source["kind"], source["title"]) != second().names_a_text(source)
    ]
    assert differing == [] and any(map(second().names_a_text, sources))


@pytest.mark.parametrize("query", ["", "series=sco-summit,sco-dmm", "from=2015"])
def test_whether_a_joint_text_came_out_is_yes_no_or_not_known(query):
    selection, events, _ = both(query)
    column = dict(zip(selection.events["event_id"], selection.events["joint_document"], strict=True))
    forms = second().words["outcome-forms"]
    for event in events:
        texts = any(forms[outcome["form"]].get("joint_text") for outcome in event["outcomes"])
        none = any(outcome["form"] == "no-joint-document" for outcome in event["outcomes"])
        points = any(point["by"] == "joint" and point["form"] == "joint-document" for point in event["themes"])
        stated = event.get("joint_document")
        wanted = "yes" if texts else "no" if none or stated is False else "yes" if points or stated else "unknown"
        assert column[event["id"]] == wanted, event["id"]
    without = {
        event["id"]
        for event in events
        if event["status"] == "held"
        and (
            column[event["id"]] == "no" or any(outcome["form"] == "no-joint-document" for outcome in event["outcomes"])
        )
    }
    assert set(without_joint_text(selection)["event_id"]) == without


@pytest.mark.parametrize("left", sorted({side for pair in SIDES for side in pair}))
def test_what_a_side_of_a_comparison_rests_on_and_its_shares(left):
    selection = select(real().tables, Filters.of(limits(left)))
    side, found = side_of(left), basis(selection)
    assert (found.events, found.meetings, found.complete, found.sources) == (
        side["events"],
        side["meetings"],
        side["complete"],
        side["sources"],
    )
    assert (found.known_levels, found.unknown_levels, dict(found.seats)) == (
        side["known"],
        side["unknown"],
        side["seats"],
    )
    for name in ("official", "covered", "own"):
        number = getattr(found, name)
        assert number is None if side[name] is None else math.isclose(number, side[name]), name
    levels = {
        level: count
        for level, count in zip(*(level_counts(selection)[name] for name in ("level", "delegations")), strict=True)
        if level != "unknown"
    }
    themes = theme_counts(selection)
    countries = country_counts(selection)
    assert levels == side["levels"] and dict(zip(themes["theme"], themes["events"], strict=True)) == side["themes"]
    assert dict(zip(countries["country"], countries["events"], strict=True)) == side["countries"]


def test_what_is_not_compared_is_what_the_table_of_the_document_refuses():
    refusing, allowing = set(), set()
    for left, right in SIDES:
        sides = [side_of(query) for query in (left, right)]
        found = [basis(select(real().tables, Filters.of(limits(query)))) for query in (left, right)]
        about = {word for refusal in refusals(*found, real().vocabulary) for word in refusal.about}
        assert about == refused(*sides), (left, right)
        one, other = apart(found[0].seats, found[1].seats), seats_apart(sides[0]["seats"], sides[1]["seats"])
        assert (one is None) == (other is None) and (one is None or math.isclose(one, other))
        refusing |= about
        allowing |= {"events", "themes", "levels", "countries"} - about
    assert refusing == {"events", "themes", "levels", "countries"} == allowing
