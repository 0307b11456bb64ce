"""The shipped vocabularies refer only to words that exist, and standings go by the day."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from lib.records.dates import parse_date
from lib.store import SHIPPED
from lib.vocabulary import FILES, Membership, Organization, Vocabulary, load_vocabulary
from tests.samples import vocabulary


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_vocabulary_has_words_with_labels_and_no_problem(name):
    words = vocabulary()[name]
    assert words and not [problem for problem in vocabulary().problems if name in problem.file]
    if name != "places":
        assert all(entry.label for entry in words.values())
        # Two persons may have one name where they represent different parties.
        labels = [
            (entry.label, party)
            for entry in words.values()
            for party in (entry.parties if name == "people" else (None,))
        ]
        assert len(set(labels)) == len(labels), "two words with one label cannot be told apart"


def test_every_file_of_the_shipped_vocabulary_is_one_that_is_read():
    assert {path.stem for path in (SHIPPED / "vocabulary").glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"countries", "places", "organizations"}))
def test_every_word_of_a_small_vocabulary_is_defined(name):
    assert [word for word, entry in vocabulary()[name].items() if not entry.definition] == []


def test_themes_have_known_parents_without_a_circle():
    themes = vocabulary()["themes"]
    for word in themes:
        above, seen = themes[word].parent, {word}
        while above:
            assert above in themes and above not in seen, word
            seen.add(above)
            above = themes[above].parent


def test_a_theme_holds_itself_and_all_below_it_once():
    themes = vocabulary()["themes"]
    for word in themes:
        below = vocabulary().below(word)
        assert below[0] == word and len(set(below)) == len(below)
        assert all(themes[child].parent in below for child in below[1:])


def test_series_places_and_memberships_name_known_words():
    words = vocabulary()
    for series in words["series"].values():
        assert series.group in words["groups"]
        assert {series.organization, series.eligibility} - {None} <= words["organizations"].keys()
    assert {place.country for place in words["places"].values()} <= words["countries"].keys()
    standings = {"member", "observer", "dialogue-partner", "partner"}
    for organization in words["organizations"].values():
        for period in organization.memberships or ():
            assert period.country in words["countries"] and period.standing in standings
            assert period.end is None or period.start is None or period.start.first <= period.end.last


def test_words_are_not_shared_between_countries_and_organizations():
    assert not vocabulary()["countries"].keys() & vocabulary()["organizations"].keys()
    assert "joint" in vocabulary().actors and "joint" not in vocabulary()["organizations"]


def test_country_codes_are_iso_3166_in_form():
    countries = vocabulary()["countries"]
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in countries)
    assert all(entry.iso2 and len(entry.iso2) == 2 for entry in countries.values())
    assert len(countries) >= 249


def test_levels_rank_from_head_of_state_down():
    ranks = [level.rank for level in vocabulary()["levels"].values() if level.rank is not None]
    assert ranks == sorted(ranks) and vocabulary()["levels"]["head-of-state"].rank == 1


@pytest.mark.parametrize(
    ("country", "when", "standing"),
    [
        ("IND", "2005-07-04", "none"),
        ("IND", "2005-07-05", "observer"),
        ("IND", "2017-06-08", "observer"),
        ("IND", "2017-06-09", "member"),
        ("PAK", "2017-06-08", "observer"),
        ("PAK", "2017-06-09", "member"),
        ("IRN", "2023-07-03", "observer"),
        ("IRN", "2023-07-04", "member"),
        ("BLR", "2024-07-03", "observer"),
        ("BLR", "2024-07-04", "member"),
        ("CHN", "2001-06-14", "none"),
        ("CHN", "2001-06-15", "member"),
        ("FRA", "2024-01-01", "none"),
    ],
)
def test_standing_in_the_sco_changes_on_the_day_of_accession(country, when, standing):
    assert vocabulary().standing("sco", country, day(when)) == standing


def made(*periods: tuple[str, str | None, str | None], known: bool = True) -> Vocabulary:
    """A vocabulary with one organization: standing, from and to of IND."""
    memberships = tuple(
        Membership(
            country="IND",
            standing=standing,
            start=parse_date(start) if start else None,
            end=parse_date(end) if end else None,
        )
        for standing, start, end in periods
    )
    return Vocabulary(
        MappingProxyType(
            {"organizations": {"org": Organization(label="Org", memberships=memberships if known else None)}}
        )
    )


@pytest.mark.parametrize(
    ("periods", "when", "standing"),
    [
        ([("member", None, None)], "2024-01-01", None),
        ([("member", None, "2020-01-01")], "2024-01-01", "none"),
        ([("member", None, "2020-01-01")], "2019-01-01", None),
        ([("member", "2017", None)], "2016-12-31", "none"),
        ([("member", "2017", None)], "2017-06-01", None),
        ([("member", "2017", None)], "2018-01-01", "member"),
        ([("member", "2017-06", None)], "2017-06-15", None),
        ([("member", "2017-06", None)], "2017-07-01", "member"),
        ([("member", "2001-01-01", "2010-05-05")], "2010-05-04", "member"),
        ([("member", "2001-01-01", "2010-05-05")], "2010-05-05", "none"),
        ([("member", "2001-01-01", "2010")], "2010-06-01", None),
        ([("member", "2001-01-01", "2010")], "2011-01-01", "none"),
        ([("observer", "2005-07-05", "2017-06-09"), ("member", "2017-06-09", None)], "2017-06-09", "member"),
        ([], "2024-01-01", "none"),
    ],
)
def test_a_standing_is_unknown_only_where_the_dates_leave_it_open(periods, when, standing):
    assert made(*periods).standing("org", "IND", day(when)) == standing


def test_a_standing_is_unknown_where_memberships_are_not_researched_or_the_organization_is_not_known():
    assert made(known=False).standing("org", "IND", day("2024-01-01")) is None
    assert made().standing("other", "IND", day("2024-01-01")) is None


def test_labels_of_unknown_words_are_the_words():
    words = vocabulary()
    assert words.label("themes", "no-such") == "no-such" and words.label("themes", None) == ""
    assert (
        words.party("no-such") == "no-such" and words.party("joint") == "Joint text" and words.party("IND") == "India"
    )
    assert words.below("no-such") == ("no-such",) and words.family("no-such") == "meeting"


def test_a_vocabulary_folder_without_its_files_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="countries.yaml"):
        load_vocabulary(tmp_path)
    assert load_vocabulary(tmp_path, SHIPPED / "vocabulary").entries.keys() == FILES.keys()


def test_reading_it_twice_gives_the_same_digest():
    assert load_vocabulary(SHIPPED / "vocabulary").digest == vocabulary().digest


@pytest.mark.parametrize(
    ("theme", "parent"),
    [
        ("sagar", "indian-ocean"),
        ("mahasagar", "sagar"),
        ("vasudhaiva-kutumbakam", "mottos"),
        ("secure", "mottos"),
        ("shanghai-spirit", "mottos"),
        ("belt-and-road", "connectivity"),
    ],
)
def test_a_partys_own_name_stands_below_a_neutral_heading(theme, parent):
    assert vocabulary()["themes"][theme].parent == parent
    assert vocabulary().below("sagar") == ("sagar", "mahasagar"), "what a link with an old theme finds has not changed"


def test_every_incident_has_its_day_and_the_page_that_reports_it():
    incidents = vocabulary()["incidents"].values()
    assert all(
        entry.date.precision == "day" and entry.source.startswith("http") and str(entry.date.first.year) in entry.label
        for entry in incidents
    )
