"""One person has one name: the registry, who is found by what, and how it is kept up."""

from __future__ import annotations

import dataclasses
import difflib
import re
from urllib.parse import quote

import pytest
import yaml

from lib.analysis.country import of_country
from lib.analysis.people import people as of_people
from lib.content.country import country_profile
from lib.filters.selection import select
from lib.filters.table import BY_PARAMETER
from lib.filters.value import Filters
from lib.filters.words import in_words
from lib.html.record import participants
from lib.links import read_query
from lib.problems import Problem
from lib.records.document import compose
from lib.search.also import also_found
from lib.store import SHIPPED
from lib.vocabulary import Person, Vocabulary, load_vocabulary
from lib.vocabulary.people import Registry
from scripts.people import brought_up, definition, likely, offices, respelled, slug, written
from tests.samples import TODAY, Folder, came, event_of, real, record, tables_of, vocabulary

RUN = "run make people (python -m scripts.people): it adds the entry, or puts the one spelling into the record"


def registry(*people: tuple[str, Person]) -> Registry:
    return Registry(dict(people))


IMRAN = ("imran-khan", Person(label="Imran Khan", country="PAK", aliases=("I. Khan",)))
NAMESAKE = ("imran-khan-bgd", Person(label="Imran Khan", country="BGD"))
YERMEKBAYEV = (
    "nurlan-yermekbayev",
    Person(label="Nurlan Yermekbayev", country="KAZ", organization="sco-secretariat", aliases=("Nurlan Ermekbayev",)),
)


def test_every_name_in_the_shipped_records_is_a_label_of_the_registry():
    labels = {(person.label, party) for person in vocabulary()["people"].values() for party in person.parties}
    other = {
        (event.id, part.name)
        for event in real().catalog.events
        for part in event.participants
        if part.name and (part.name, part.party) not in labels
    }
    assert not other, RUN


AFTER_A_TITLE = re.compile(
    r"\b(?:President|Premier|Minister|Secretary(?:-General)?|Councillor|General|Admiral|Ambassador|Mrs?|Ms) ([A-Z][\w\u2019'-]{3,})"
)


def test_what_was_said_spells_a_person_as_the_roster_does():
    """Codebook 4.10: a point, summary or note with another spelling would not be found with the person."""
    people = vocabulary().people.people.values()
    labels = {word for person in people for word in person.label.split()}
    others = {person.label: {word for name in person.aliases for word in name.split()} - labels for person in people}
    named = unlike = 0
    wrong = []
    for event in real().catalog.events:
        names = {part.name for part in event.participants if part.name}
        roster = {word for name in names for word in name.split()}
        aliases = {word for name in names for word in others.get(name, ())}
        said = [event.summary or "", event.note or "", *(one.point for one in event.mentions)]
        for word in AFTER_A_TITLE.findall(" ".join(said + [one.point or "" for one in event.outcomes])):
            word = re.sub(r"['\u2019]s?$", "", word)
            named += word in roster
            unlike += word not in roster
            if word in aliases or (word not in labels and difflib.get_close_matches(word, roster, 1, 0.8)):
                wrong.append((event.id, word))
    assert named > 2000 and unlike > 100 and wrong == []


def test_nearly_every_office_of_the_registry_is_one_in_which_the_record_that_it_names_has_the_person():
    """Nearly: a record that was mended since the last make people may name somebody else."""
    named = {(part.name, part.party, event.id) for event in real().catalog.events for part in event.participants}
    held = [
        (person.label, office.organization or person.country, real().catalog.by_id[office.source].id)
        for person in vocabulary()["people"].values()
        for office in person.offices
    ]
    assert sum(office in named for office in held) >= 0.97 * len(held), RUN


@pytest.mark.parametrize(
    ("name", "party", "found"),
    [
        ("Imran Khan", "PAK", "imran-khan"),
        ("IMRAN KHÁN", "PAK", "imran-khan"),
        ("I. Khan", "PAK", "imran-khan"),
        ("Imran Khan", "BGD", "imran-khan-bgd"),
        ("I. Khan", "BGD", None),
        ("Imran Khan", "IND", None),
        (None, "PAK", None),
        ("", "PAK", None),
        ("Nurlan Yermekbayev", "KAZ", "nurlan-yermekbayev"),
        ("nurlan ermekbayev", "sco-secretariat", "nurlan-yermekbayev"),
    ],
)
def test_a_name_is_a_person_of_one_country_or_organization(name, party, found):
    assert registry(IMRAN, NAMESAKE, YERMEKBAYEV).of(name, party) == found


def test_an_id_a_label_and_an_alias_call_the_same_person_and_a_shared_name_both():
    people = registry(IMRAN, NAMESAKE, YERMEKBAYEV)
    assert people.called("nurlan-yermekbayev") == people.called("NURLAN ERMEKBAYEV") == ("nurlan-yermekbayev",)
    assert (
        people.called("imran khan") == ("imran-khan", "imran-khan-bgd")
        and people.called("imran-khan") == ("imran-khan",)
        and people.called("nobody") == ()
    )
    assert (
        people.label("imran-khan-bgd") == "Imran Khan (BGD)"
        and people.label("nurlan-yermekbayev") == "Nurlan Yermekbayev"
        and people.label("nobody") == "nobody"
    )


# The filter and the pages

SHOIGU = came("RUS", name="Sergey Shoygu", role="Minister of Defence")


def people_tables():
    """Shoigu under an alias of the registry, a stranger twice, and a namesake of a registered person in another country."""
    return tables_of(
        record("one", participants=[SHOIGU, came("IND", name="A Stranger")]),
        record("two", start="2024-05-01", participants=[came("CHN", name="a stranger")]),
        record("three", start="2024-06-01", participants=[came("BGD", name="Imran Khan")]),
        record("four", start="2024-07-01", participants=[came("PAK", name="Imran Khan")]),
        record("five", start="2024-08-01", participants=[{**SHOIGU, "attended": False}]),
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sergei-shoigu", ["one"]),
        ("Sergei Shoigu", ["one"]),
        ("SERGEY SHOYGU", ["one"]),
        ("Sérgey Shoigu", ["one"]),
        ("a stranger", ["one", "two"]),
        ("imran-khan", ["four"]),
        ("Imran Khan", ["three", "four"]),
        ("nobody", []),
    ],
)
def test_an_id_a_label_an_alias_and_a_name_find_the_events_of_the_person(asked, found):
    tables = people_tables()
    assert select(tables, Filters.of({"person": [asked]})).events["event_id"].tolist() == found
    link = read_query(f"person={quote(asked)}", tables)
    assert bool(link.doubts) == (not found) and select(tables, link.filters).events["event_id"].tolist() == found


def test_the_column_of_the_person_is_the_id_of_the_registry():
    rows = people_tables().participations[["event_id", "name", "person"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["one", "Sergey Shoygu", "sergei-shoigu"],
        ["one", "A Stranger", None],
        ["two", "a stranger", None],
        ["three", "Imran Khan", None],
        ["four", "Imran Khan", "imran-khan"],
        ["five", "Sergey Shoygu", "sergei-shoigu"],
    ]


def test_the_widget_offers_one_entry_a_person_and_shows_it_for_every_spelling_in_a_link():
    tables, row = people_tables(), BY_PARAMETER["person"]
    assert row.offered and row.canonical and row.known
    assert dict(row.offered(tables)) == {
        "A Stranger": "A Stranger",
        "Imran Khan": "Imran Khan",
        "imran-khan": "Imran Khan",
        "sergei-shoigu": "Sergei Shoigu",
    }
    assert [
        row.canonical(tables, value)
        for value in ("Sergey Shoygu", "sergei-shoigu", "a stranger", "nobody", "Imran Khan", "imran-khan")
    ] == ["sergei-shoigu", "sergei-shoigu", "a stranger", "nobody", "Imran Khan", "imran-khan"]
    assert (
        row.known(tables)["Sergey Shoygu"] == "Sergei Shoigu" and row.offered(tables).keys() <= row.known(tables).keys()
    )


def test_the_words_of_a_selection_use_the_label():
    words = vocabulary()
    for asked in ("sergei-shoigu", "Sergey Shoygu", "SERGEI SHOIGU"):
        assert in_words(Filters.of({"person": asked}), words) == "Events with Sergei Shoigu present"
    assert (
        in_words(Filters.of({"person": ["sergei-shoigu", "Sergey Shoygu", "A Stranger"]}), words)
        == "Events with Sergei Shoigu or A Stranger present"
    )


def test_a_name_on_the_event_page_leads_to_the_person():
    shown = participants(
        event_of(
            record(
                "one", participants=[SHOIGU, came("IND", name="A, Stranger"), came("CHN", name="A <b>"), came("KAZ")]
            )
        ),
        vocabulary(),
    )
    assert '<a href="./person?p=sergei-shoigu" target="_self">Sergey Shoygu</a>' in shown
    assert (
        '<a href="./person?p=A,+Stranger" target="_self">A, Stranger</a>' in shown
        and '<a href="./person?p=A+%3Cb%3E" target="_self">A &lt;b&gt;</a>' in shown
    )


def test_a_country_profile_counts_a_person_once_and_leads_there():
    tables = tables_of(
        record("one", participants=[SHOIGU]),
        record("two", start="2024-05-01", participants=[came("RUS", name="Sergei Shoigu")]),
    )
    people = of_people(of_country(tables.participations, "RUS"))
    assert people[["name", "events"]].to_numpy().tolist() == [["Sergey Shoygu", 2]] and people["asked"].tolist() == [
        ["sergei-shoigu"]
    ]
    assert "./person?p=sergei-shoigu" in country_profile(select(tables, Filters()), "RUS", TODAY).people


def test_another_name_of_a_person_is_offered_by_the_search():
    tables = tables_of(record("one", participants=[came("RUS", name="Sergei Shoigu")]))
    assert Filters.of({"person": "sergei-shoigu"}) in [
        offer.filters for offer in also_found(select(tables, Filters.of({"q": "Sergey Shoygu"})))
    ]


def loaded(tmp_path, text: str) -> Vocabulary:
    (tmp_path / "people.yaml").write_text(text, "utf-8")
    return load_vocabulary(tmp_path, SHIPPED / "vocabulary")


@pytest.mark.parametrize(
    ("text", "problems", "known"),
    [
        ("a:\n  label: A B\n  country: IND\nb:\n  label: A B\n  country: PAK\n", [], {"a", "b"}),
        (
            "a:\n  label: A B\n  country: IND\nb:\n  label: á b\n  country: IND\n",
            [("duplicate-name", 5, "b.label")],
            {"a"},
        ),
        (
            "a:\n  label: A B\n  country: IND\nb:\n  label: C\n  country: IND\n  aliases: [D, a b]\n",
            [("duplicate-name", 7, "b.aliases[1]")],
            {"a", "b"},
        ),
        ("a:\n  label: A B\n  country: IND\n  aliases: [A b]\n", [("duplicate-name", 4, "a.aliases[0]")], {"a"}),
        ("a:\n  label: A B\n  country: XXX\n", [("unknown-value", 3, "a.country")], set()),
        ("a:\n  label: A B\n", [("one-of", 2, "a")], set()),
        ("a:\n  label: A B\n  country: IND\n  ofices: []\n", [("unknown-key", 4, "a.ofices")], set()),
        (
            "a:\n  label: A B\n  country: IND\n  offices:\n    - {office: X, seen_from: 2024-01-01, seen_to: 2023-01-01, source: x}\n",
            [("reversed-dates", 5, "a.offices[0].seen_to")],
            set(),
        ),
        (
            "a:\n  label: A B\n  country: IND\n  offices:\n    - {office: X, seen_from: 2024-01-01, source: x, from: 2023-01-01}\n",
            [("missing-key", 5, "a.offices[0].published")],
            set(),
        ),
        (
            "a:\n  label: A B\n  country: IND\n  offices:\n    - {office: X, seen_from: 2024-01-01, source: x, from: 2023-01-01, to: 2022, published: 'https://example.org/'}\n",
            [("reversed-dates", 5, "a.offices[0].to")],
            set(),
        ),
    ],
)
def test_what_is_wrong_in_the_registry_is_named_and_the_rest_is_kept(tmp_path, text, problems, known):
    words = loaded(tmp_path, text)
    assert [(problem.kind, problem.line, problem.field) for problem in words.problems] == problems
    assert set(words["people"]) == known


def test_a_shared_alias_is_left_out_and_its_owner_keeps_it(tmp_path):
    words = loaded(tmp_path, "a:\n  label: A B\n  country: IND\nb:\n  label: C\n  country: IND\n  aliases: [D, a b]\n")
    assert words["people"]["b"].aliases == ("D",) and words.people.called("A B") == ("a",)


def test_a_data_folder_without_a_registry_uses_the_shipped_one(tmp_path):
    folder = Folder(tmp_path / "data", [record("one", participants=[came("IND", name="Rajnath Singh")])])
    assert folder.look().vocabulary["people"].keys() == vocabulary()["people"].keys()


def test_the_registry_is_written_as_it_is_read():
    text = (SHIPPED / "vocabulary" / "people.yaml").read_text("utf-8")
    document = compose("people.yaml", written(vocabulary()["people"]).encode(), 10**7)
    assert not isinstance(document, Problem)
    assert written(vocabulary()["people"]) == text


def test_a_name_that_needs_quotes_and_a_month_are_written_so_that_they_are_read_again(tmp_path):
    person = Person(
        label="O'Neil: Jr., no",
        definition="Represented India.",
        country="IND",
        offices=offices(
            [
                (event_of(record("a", start="2024-04")), part)
                for part in event_of(
                    record(
                        "a", start="2024-04", participants=[came("IND", name="O'Neil: Jr., no", role="Minister: of no")]
                    )
                ).participants
            ]
        ),
    )
    assert loaded(tmp_path, written({"a": person}))["people"]["a"] == person


def kept_up(*records) -> tuple[dict[str, Person], list[str]]:
    words = Vocabulary(
        {
            **vocabulary().entries,
            "people": {
                "s-jaishankar": Person(
                    label="S. Jaishankar", country="IND", aliases=("S Jaishankar",), definition="Named by hand."
                )
            },
        }
    )
    return brought_up(words, [event_of(values) for values in records])


def test_a_new_name_gets_an_entry_and_is_asked_about_where_it_looks_like_a_known_one():
    people, lines = kept_up(
        record("one", participants=[came("IND", name="S Jaishankar", role="Minister")]),
        record(
            "two",
            start="2024-05-01",
            participants=[
                came("IND", name="S. Jaishankar", role="Minister"),
                came("IND", name="Subrahmanyam Jaishankar", role="Minister"),
            ],
        ),
        record(
            "three",
            start="2024-06-01",
            participants=[
                came("PAK", "minister", name="S. Jaishankar"),
                came("PAK", None, name="Somebody Else", attended=False),
                came("PAK", None, name="Somebody  Else.", attended=False),
            ],
        ),
    )
    assert list(people) == ["s-jaishankar", "s-jaishankar-pak", "somebody-else", "subrahmanyam-jaishankar"]
    known = people["s-jaishankar"]
    assert known.definition == "Named by hand." and [
        (str(held.seen_from), str(held.seen_to), held.source) for held in known.offices
    ] == [("2024-04-25", "2024-05-01", "one")]
    assert (
        people["subrahmanyam-jaishankar"].definition == "Represented India as Minister."
        and people["s-jaishankar-pak"].definition == "Represented Pakistan."
    )
    assert people["somebody-else"].definition == "Was named to represent Pakistan."
    assert people["somebody-else"].aliases == ("Somebody  Else.",)
    assert lines[-1] == "somebody-else: Somebody  Else. of three is the same but for dots and spaces"
    assert lines[:-1] == [
        "subrahmanyam-jaishankar: new, IND, first in two - is it s-jaishankar?",
        "s-jaishankar-pak: new, PAK, first in three",
        "somebody-else: new, PAK, first in three",
    ]


def test_the_sentence_of_an_entry_names_each_party_with_its_article():
    event = event_of(
        record(
            "one",
            participants=[
                came("USA", name="A", role="Secretary"),
                {"organization": "un", "capacity": "guest", "level": "unknown", "name": "A"},
            ],
        )
    )
    assert (
        definition([(event, part) for part in event.participants], vocabulary())
        == "Represented the United States as Secretary and the United Nations."
    )


def test_a_published_term_stays_with_its_office():
    rows = [
        (event, event.participants[0])
        for event in (event_of(record("a", participants=[came("IND", name="A", role="Minister (by video)")])),)
    ]
    first = offices(rows)
    assert [held.office for held in first] == ["Minister"]
    with_term = dataclasses.replace(first[0], start=first[0].seen_from, published="https://example.org/")
    assert offices(rows, [with_term]) == (with_term,)


def test_a_person_whom_no_record_names_any_more_is_taken_out_unless_somebody_added_to_the_entry():
    assert kept_up(record("one", participants=[came("CHN")]))[1] == [
        "s-jaishankar: no record names this person any more; the entry stays for its other names"
    ]
    words = Vocabulary({**vocabulary().entries, "people": {"gone": Person(label="Gone", country="IND")}})
    assert brought_up(words, [event_of(record("one", participants=[came("CHN")]))]) == (
        {},
        ["gone: taken out, no record names this person any more"],
    )


@pytest.mark.parametrize(
    ("name", "known", "asked"),
    [
        ("Gen. Sergey Shoygu", "Sergei Shoigu", True),
        ("Khawaja Asif", "Khawaja Muhammad Asif", True),
        ("Iwaya", "Takeshi Iwaya", True),
        ("B. K. Nurgaliev", "Bolat K. Nurgaliev", True),
        ("V K Singh", "Rajnath Singh", False),
        ("D. Battulga", "Khaltmaagiin Battulga", False),
        ("Tea Seiha", "Tea Banh", False),
        ("S.", "Sergei Shoigu", False),
    ],
)
def test_a_likely_spelling_holds_every_word_of_the_known_name_or_is_held_by_it(name, known, asked):
    assert likely(name, "IND", {"known": Person(label=known, country="IND")}) == (["known"] if asked else [])


def test_the_one_spelling_is_put_into_a_record_and_nothing_else_changes():
    words = registry(("a", Person(label="Zoë A. Nova", country="IND", aliases=("Zoe Nova", "Nova"))))
    text = yaml.safe_dump(
        record(
            "one", summary="name: Nova", participants=[came("IND", name="Nova", role="Nova"), came("PAK", name="Nova")]
        ),
        sort_keys=False,
        allow_unicode=True,
    )
    text += "# {country: IND, name: 'Zoe Nova', role: x}\n"
    event = event_of(record("one", participants=[came("IND", name="Zoe Nova"), came("PAK", name="Nova")]))
    assert respelled(text, event, words) == text.replace("name: 'Zoe Nova'", "name: Zoë A. Nova")


def test_ids_are_made_of_plain_letters():
    assert [
        slug(name) for name in ("Bakhtiyor Saidov", "António Guterres", "B. K. Nurgaliev", "Ma'ruf O’Neil", "习近平")
    ] == ["bakhtiyor-saidov", "antonio-guterres", "b-k-nurgaliev", "maruf-oneil", "person"]
