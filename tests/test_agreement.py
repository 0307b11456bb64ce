"""The double coding: alpha and F1 by hand, the draw by its seed, the published table from the stored codings."""

from __future__ import annotations

import shutil
from dataclasses import replace as replaced

import pytest
import yaml

from lib.transliteration import spelling_key
from scripts.agreement import BEGIN, DOCUMENT, TARGETS, generated, pairs_of, reached, rounds, row, side_by_side
from scripts.codings import FOLDER, SINGLE, as_yaml, coding, compared, read_coding, unknown_words
from scripts.compare import (
    SETS,
    VALUES,
    Figure,
    agreement,
    alpha,
    counted_shared,
    differences,
    f1,
    figures,
    matched,
    on_sources_read,
    same_person,
)
from scripts.draw import begun, committed, draw, drawn_before, drawn_ids, drawn_list, eligible, ordered, replace, shares
from scripts.generated import END, filled
from tests.samples import REAL_EVENTS, came, event_of, point, real, record, stayed_away, vocabulary

ROUNDS = rounds()


def coded(**changes):
    """A coding of a small record."""
    return coding(compared(event_of(record("one", **changes))))


def test_alpha_of_two_values_is_one_less_than_observed_over_expected_disagreement():
    # Values: a three times, b five times. Observed 2/8, expected 2*3*5/(8*7): alpha = 1 - (1/4)/(15/28) = 8/15.
    assert alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]) == pytest.approx(8 / 15)


def test_ordinal_alpha_weighs_a_difference_by_the_ranks_between():
    # low three times, mid once, high twice. Squared distances: low-mid 4, low-high 12.25, mid-high 2.25.
    # Observed 2*4/6, expected 2*(3*4 + 6*12.25 + 2*2.25)/30 = 6: alpha = 1 - (4/3)/6 = 7/9.
    pairs = [("low", "low"), ("low", "mid"), ("high", "high")]
    assert alpha(pairs, ("low", "mid", "high")) == pytest.approx(7 / 9)
    assert alpha([*pairs, ("unknown", "low")], ("low", "mid", "high")) == pytest.approx(7 / 9), (
        "a value without a rank is no answer"
    )


def test_alpha_of_full_agreement_is_one_and_without_variation_is_not_defined():
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("held", "held")] * 3) is None and alpha([]) is None
    assert agreement([("a", "a"), ("a", "b")]) == 0.5 and agreement([]) == 0


def test_f1_is_twice_the_shared_over_all_entries_of_both_coders():
    shared = counted_shared(["a", "b", "c"], ["b", "c", "d", "e"])
    assert shared == (2, 1, 2)
    assert f1(shared) == pytest.approx((4 / 7, 1 / 2, 2 / 3))
    assert f1((0, 0, 0)) == (1, 1, 1) and f1((0, 2, 0))[0] == 0


def test_an_entry_counts_as_often_as_it_occurs():
    assert counted_shared(["decision", "decision"], ["decision", "protocol"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergei Shoigu", "Сергей Шойгу", True),
        ("Sergei Shoigu", "Sergey Shoygu", True),
        ("S. Jaishankar", "Subrahmanyam Jaishankar", True),
        ("Shavkat Normatov", "Sh. T. Normatov", True),
        ("LHSC Silva", "L. H. S. C. Silva", True),
        ("Li Na", "Li Na", True),
        ("Wang Yi", "Wang Xi", False),
        ("Mike Pompeo", "Michael R. Pompeo", False),
        ("Sherali Mirzo", "Sherali Khayrulloev", False),
        ("S. K.", "Sergei Karimov", False),
    ],
)
def test_names_are_the_same_by_the_keys_of_their_words_or_by_initials(one, other, same):
    assert same_person(one, other) is same and same_person(other, one) is same


def test_the_key_that_joins_spellings_is_the_one_of_the_search():
    assert spelling_key("Shoigu") == spelling_key("Шойгу")


def test_delegations_are_matched_by_party_and_presence_and_carry_level_and_capacity():
    first = coded(participants=[came("IND", name="A Person"), came("CHN"), stayed_away("PAK")])
    second = coded(participants=[came("IND", "deputy-minister"), came("PAK"), came("CHN")])
    pair = first, second
    assert [one.party for one, _ in matched(pair)] == ["IND", "CHN"]
    assert VALUES["level"](pair) == [("minister", "deputy-minister"), ("minister", "minister")]
    assert SETS["delegations"](pair) == (2, 1, 1)
    assert SETS["names"](pair) == (0, 1, 0)


def test_themes_are_compared_with_and_without_the_actor_and_forms_where_both_agree():
    first = coded(themes=[point("terrorism"), point("cyber", "joint", "agenda"), point("border", form="proposal")])
    second = coded(
        themes=[point("terrorism", form="proposal"), point("cyber", "CHN"), point("terrorism", text="Again.")]
    )
    pair = first, second
    assert SETS["themes"](pair) == (2, 1, 0)
    assert SETS["theme with actor"](pair) == (1, 2, 1)
    assert VALUES["form"](pair) == [("statement", "statement")], "the form that both have comes first"


def test_an_end_that_is_left_out_is_the_start_and_a_chair_that_is_left_out_is_none():
    one = coded(start="2024-04-25")
    assert (one.single["end"], one.single["chair"]) == ("2024-04-25", "none") and set(one.single) == set(SINGLE)


def test_a_coding_is_read_back_as_it_was_written(tmp_path):
    event = event_of(
        record(
            "one", end="2024-04-26", chair="KAZ", participants=[came("IND", name="Ä B"), stayed_away("PAK")], themes=[]
        )
    )
    (tmp_path / "one.yaml").write_text(as_yaml(compared(event)), encoding="utf-8")
    assert read_coding(tmp_path / "one.yaml") == coding(compared(event))
    (tmp_path / "two.yaml").write_text(as_yaml(compared(event)), encoding="utf-8")
    with pytest.raises(ValueError, match="the coding of one"):
        read_coding(tmp_path / "two.yaml")


def test_words_that_no_vocabulary_has_are_named():
    one = coded()
    assert unknown_words(one, vocabulary()) == []
    values = compared(event_of(record("one"))) | {"kind": "party", "chair": "nobody", "outcomes": [{"form": "cheers"}]}
    assert unknown_words(coding(values), vocabulary()) == ["kind party", "chair nobody", "cheers"]


def test_the_differences_of_two_codings_are_named_and_of_equal_ones_there_are_none():
    first, second = coded(chair="KAZ"), coded(participants=[came("IND", name="Another One")])
    assert differences((first, second)) == ["chair: KAZ | none", "name of IND: A Person | Another One"]
    assert differences((first, first)) == []


def test_a_point_that_rests_on_sources_not_found_can_be_left_out():
    grounds = {("terrorism", "IND"): {"s1"}, ("cyber", "IND"): {"s2"}, ("border", "IND"): {"s1", "s2"}}
    first = replaced(
        coded(themes=[point("terrorism"), point("cyber"), point("border")]),
        grounds={key: frozenset(ids) for key, ids in grounds.items()},
    )
    second = replaced(coded(themes=[point("terrorism")]), read=("s2",), not_found=("s1",))
    kept = on_sources_read((first, second))[0]
    assert [theme for theme, _, _ in kept.themes] == ["terrorism", "cyber", "border"], (
        "both have the first, a source of the others was read"
    )
    assert on_sources_read((first, replaced(second, read=())))[0].themes == first.themes[:1]


def test_figures_of_equal_codings_are_full_with_an_interval_without_width():
    pairs = [(one, one) for one in (coded(chair="KAZ"), coded(kind="summit"), coded(mode="virtual"))]
    found = figures(pairs, vocabulary(), 1)
    assert set(found) == {*VALUES, *SETS}
    assert found["chair"].value == found["chair"].low == found["chair"].high == 1 and found["status"].value is None
    assert found["delegations"] == Figure(1.0, 1.0, 1.0, (1.0, 1.0), 3)


def test_a_line_of_the_table_says_whether_the_target_is_reached():
    assert (
        row("chair", Figure(0.9, 0.8, 1.0, (0.95,), 40), "α nominal")
        == "| chair | α nominal | 0.90 (0.80–1.00) | 0.95 | 40 | 0.75 | 0.90 | yes |"
    )
    assert row("chair", Figure(0.894, None, None, (0.95,), 40), "α nominal").endswith("| 0.75 | 0.90 | no |")
    assert (
        row("status", Figure(None, None, None, (1.0,), 40), "α nominal")
        == "| status | α nominal | – | 1.00 | 40 | 1.00 |  |  |"
    )
    assert {*TARGETS} <= {*VALUES, *SETS}


def test_shares_follow_the_sizes_and_give_every_group_one():
    assert shares({"a": 90, "b": 9, "c": 1}, 10) == {"a": 8, "b": 1, "c": 1}
    assert sum(shares({"a": 117, "b": 54, "c": 32, "d": 80, "e": 17, "f": 7}, 40).values()) == 40


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda path: path.name)
def test_the_drawn_list_follows_from_its_seed_and_its_ids(folder):
    values = drawn_list(folder)
    ids = [entry["id"] for entry in values["drawn"]]
    assert (
        drawn_ids(values["eligible"], values["seed"], values["count"], [one["id"] for one in values["replaced"]]) == ids
    )
    assert len(set(ids)) == len(ids) == values["count"]
    assert all(entry["id"] in values["eligible"][entry["group"]] for entry in values["drawn"])
    assert drawn_ids(values["eligible"], values["seed"] + 1, values["count"]) != ids


def test_no_record_is_drawn_in_two_rounds():
    assert [path.name for path in begun()] == [f"round-{number}" for number in range(1, len(begun()) + 1)]
    for number, folder in enumerate(begun()):
        before = drawn_before(begun()[:number])
        assert len(before) == drawn_list(folder).get("drawn_before", 0)
        assert not set(before) & {event_id for ids in drawn_list(folder)["eligible"].values() for event_id in ids}


def test_a_further_round_draws_from_what_is_left_and_is_published_once_it_is_coded(tmp_path):
    folder = tmp_path / "codings"
    shutil.copytree(FOLDER, folder)
    shown = list(draw(vocabulary(), 5, 8, folder))
    latest = begun(folder)[-1]
    ids = [entry["id"] for entry in drawn_list(latest)["drawn"]]
    assert len(ids) == 8 and not set(ids) & set(drawn_before(begun(FOLDER))) and shown[0].startswith(f"{ids[0]}: ")
    assert {path.stem for path in (latest / "first").glob("*.yaml")} == set(ids)
    assert rounds(folder) == [folder / path.name for path in ROUNDS], "nothing is coded yet"
    list(replace(vocabulary(), ids[0], "no source was found", folder))
    now = drawn_list(latest)
    assert ids[0] not in {entry["id"] for entry in now["drawn"]} and now["replaced"][0]["why"] == "no source was found"
    for path in (latest / "first").glob("*.yaml"):
        shutil.copy(path, latest)
    assert rounds(folder)[-1] == latest


def test_what_was_drawn_before_is_not_eligible():
    records = committed(vocabulary())
    every = eligible(records, vocabulary())
    gone = next(iter(every.values()))[0]
    assert gone not in {event_id for ids in eligible(records, vocabulary(), [gone]).values() for event_id in ids}


def test_a_replaced_record_gives_way_to_the_next_of_its_group():
    pool = {"a": ["one", "two", "three", "four"]}
    first, second, third = ordered(pool["a"], 7)[:3]
    assert drawn_ids(pool, 7, 2) == sorted([first, second])
    assert drawn_ids(pool, 7, 2, [first]) == sorted([second, third])


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda path: path.name)
def test_both_codings_of_every_drawn_record_are_kept_and_no_others(folder):
    ids = {entry["id"] for entry in drawn_list(folder)["drawn"]}
    assert {path.stem for path in (folder / "first").glob("*.yaml")} == ids
    assert {path.stem for path in folder.glob("*.yaml")} - {"drawn"} == ids
    for event_id in ids:
        second = read_coding(folder / f"{event_id}.yaml")
        assert second.read and not set(second.read) & set(second.not_found), event_id
        assert (
            unknown_words(second, vocabulary())
            == unknown_words(read_coding(folder / "first" / f"{event_id}.yaml"), vocabulary())
            == []
        )


def test_the_codings_are_no_records():
    assert not FOLDER.is_relative_to(REAL_EVENTS)
    assert len(real().catalog.files) == len(list(REAL_EVENTS.rglob("*.yaml")))


def test_the_published_table_is_what_the_stored_codings_give(tmp_path):
    """The folder of codings alone gives it: no record is read, so that later edits change nothing."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    shutil.copytree(FOLDER, tmp_path / "codings")
    assert filled("", text, BEGIN, generated(tmp_path / "codings")) == text, "run python -m scripts.agreement"


def test_the_figures_of_the_first_round_stay_what_was_found():
    text = DOCUMENT.read_text(encoding="utf-8")
    for line in (
        "| chair | α nominal | 0.55 (0.30–0.76) | 0.70 | 40 | 0.75 | 0.90 | no |",
        "| level | α nominal | 0.88 (0.77–0.94) | 0.90 | 266 | 0.94 | 0.90 | no |",
        "| capacity | α nominal | 0.86 (0.68–1.00) | 0.90 | 267 | 0.90 | 0.90 | no |",
        "| form | α nominal | 0.87 (0.77–0.94) | 0.92 | 141 | 0.82 | 0.90 | no |",
        "| delegations | F1 | 0.93 (0.84–0.99) | 0.93 / 0.93 | 307 | 0.86 | 0.92 | yes |",
        "| themes | F1 | 0.80 (0.75–0.85) | 0.78 / 0.82 | 199 | 0.76 | 0.85 | no |",
        "| theme with actor | F1 | 0.69 (0.62–0.75) | 0.67 / 0.71 | 267 | 0.59 | 0.75 | no |",
    ):
        assert line in text


def test_rounds_stand_side_by_side_with_what_each_reached():
    one, two = ({name: Figure(value, None, None, (value,), 3) for name in (*VALUES, *SETS)} for value in (0.8, 0.95))
    lines = side_by_side({"round 1": one, "round 2": two}, vocabulary()).splitlines()
    assert (
        "| chair | α nominal | 0.75 | 0.90 | 0.80, 3, **missed** | 0.95, 3, reached |" in lines
        and "| kind | α nominal | 0.92 |  | 0.80, 3 | 0.95, 3 |" in lines
    )
    assert lines[-1] == "Targets reached: 1 of 7 in round 1, 7 of 7 in round 2."
    assert (
        reached("themes", one["themes"]) == "no"
        and reached("theme with actor", one["themes"]) == "yes"
        and reached("kind", one["kind"]) == ""
    )


def test_the_second_codings_are_read_from_their_files(tmp_path):
    folder = tmp_path / "round"
    shutil.copytree(ROUNDS[0], folder)
    event_id = drawn_list(folder)["drawn"][0]["id"]
    values = yaml.safe_load((folder / f"{event_id}.yaml").read_text(encoding="utf-8"))
    (folder / f"{event_id}.yaml").write_text(as_yaml(values | {"kind": "bilateral"}), encoding="utf-8")
    assert differences(pairs_of(folder)[0])[0] == "kind: summit | bilateral"
    (folder / f"{event_id}.yaml").write_text(as_yaml(values | {"kind": "party"}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"{event_id}: kind party"):
        pairs_of(folder)


@pytest.mark.parametrize("text", ["", "no marks", f"{BEGIN} and no end", f"{END} {BEGIN}", f"{BEGIN}{END}{END}"])
def test_a_document_without_its_marks_is_left_as_it_is_and_named(text):
    with pytest.raises(ValueError, match="the.md: expected one"):
        filled("the.md", text, BEGIN, "part")
    assert filled("the.md", f"a {BEGIN} old {END} z", BEGIN, "new") == f"a {BEGIN}\n\nnew\n{END} z"


def test_a_record_that_was_not_drawn_cannot_be_replaced(tmp_path):
    shutil.copytree(ROUNDS[0], tmp_path / "round-1")
    with pytest.raises(ValueError, match="no-such-record is none of the records of round-1"):
        list(replace(vocabulary(), "no-such-record", "why", tmp_path))
