"""Ten questions of an analyst: answered on the pages within a few clicks, by their CSV and by the API, and computed from the YAML alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.asking import Asking
from tests.browser.person import Person
from tests.second import Second, shipped

FEW = 4
"""Clicks within which an answer is on the page; a choice in a list, a word written and a mark count as one each."""

DEFENCE, SUMMIT, FOREIGN = (
    "SCO Defence Ministers' Meeting",
    "SCO Council of Heads of State",
    "SCO Council of Foreign Ministers",
)


@pytest.fixture(scope="module")
def second() -> Second:
    return shipped()


@pytest.fixture
def asking(person: Person) -> Asking:
    return Asking(person)


def label(second: Second, words: str, key: str) -> str:
    return second.words[words][key]["label"]


def theme_option(second: Second, theme: str) -> str:
    """How the filter offers a theme: one below another is marked."""
    return ("– " if second.words["themes"][theme].get("parent") else "") + label(second, "themes", theme)


def levels_of(rows: list[dict], country: str, second: Second) -> dict[str, str]:
    """Event and highest level of a country, from rows of participations."""
    best: dict[str, str] = {}
    for row in rows:
        if row["country"] == country and row["attended"] in (True, "true"):
            best[row["event_id"]] = min(
                row["level"], best.get(row["event_id"], row["level"]), key=lambda level: second.rank(level) or 99
            )
    return best


def test_who_represented_india_at_each_sco_defence_ministers_meeting_since_2017_and_at_what_level(
    asking: Asking, second: Second
) -> None:
    asking.page("Participants", "Country profile")
    asking.choose("Series", DEFENCE)
    asking.write("From", "2017")
    meetings = second.held_meetings(second.chosen(series="sco-dmm", from_="2017"))
    wanted = {event["id"]: second.sent(event, "IND") for event in reversed(meetings)}
    title = "Whom India sent, meeting by meeting"
    rows = dict(zip(asking.ids(title), asking.table(title), strict=True))
    assert list(rows) == list(wanted) and len(rows) > 5 and asking.clicks <= FEW
    for event, said in wanted.items():
        assert (
            rows[event][1:3] == ["not a member then", "–"]
            if said is None
            else rows[event][1] == label(second, "levels", said[0])
        )
        assert all(name in rows[event][2] for name in (said or ("", ()))[1])
    came = {event: said[0] for event, said in wanted.items() if said}
    assert levels_of(asking.person.download_rows(), "IND", second) == came
    assert levels_of(asking.api("participations", series="sco-dmm", from_="2017", country="IND"), "IND", second) == came


def test_which_member_most_often_sent_less_than_a_minister(asking: Asking, second: Second) -> None:
    asking.page("Participants", "Representation")
    expect(asking.person.main.get_by_label("Meetings in the matrix")).to_have_value(re.compile(f"^{DEFENCE}"))
    events = second.chosen(series="sco-dmm")
    cells = second.cells(events)
    less = Counter(
        country
        for (_, country), cell in cells.items()
        if cell.standing == "member" and (second.rank(cell.state) or 0) > second.rank("minister")
    )
    expected = Counter(country for (_, country), cell in cells.items() if cell.below)
    ((first, count),) = expected.most_common(1)
    assert less.most_common(1)[0][0] == first, "by the word minister and by the office of the day the same member"
    expect(
        asking.person.main.get_by_role(
            "heading",
            name=f"{label(second, 'countries', first)} most often sent less than the office expected: {count} times",
        )
    ).to_be_visible()
    table = Counter(row[1] for row in asking.table("Who was sent instead") if row[3] != "nobody")
    assert (
        table == {label(second, "countries", country): number for country, number in expected.items()}
        and asking.clicks <= FEW
    )
    for rows in (asking.person.download_rows(), asking.api("participations", series="sco-dmm")):
        sent = levels_of(rows, first, second)
        members = [
            event
            for event, level in sent.items()
            if cells[event, first].standing == "member" and (second.rank(level) or 0) > second.rank("minister")
        ]
        assert len(members) == less[first]


def test_where_sagar_was_raised_outside_the_indian_ocean_series(asking: Asking, second: Second) -> None:
    asking.page("Themes")
    asking.choose("Theme", theme_option(second, "sagar"))
    at = [
        event
        for event in second.events
        if any(point["theme"] in second.with_children("sagar") for point in event["themes"])
    ]
    series = Counter(event["series"] for event in at)
    ranked = asking.person.main.get_by_role("heading", name="In which series").locator("xpath=following::ol[1]/li")
    assert dict(row.split("\n")[:2] for row in ranked.all_inner_texts()) == {
        label(second, "series", one): str(count) for one, count in series.items()
    }
    outside = [event["id"] for event in at if second.words["series"][event["series"]]["group"] != "indian-ocean"]
    assert outside and len(outside) < len(at) and asking.clicks <= FEW
    for rows in (asking.person.download_rows(), asking.api("mentions", theme="sagar")):
        found = {row["event_id"] for row in rows if second.words["series"][row["series"]]["group"] != "indian-ocean"}
        assert found == set(outside)


def test_when_cross_border_terrorism_entered_sco_joint_texts(asking: Asking, second: Second) -> None:
    asking.page("Themes", "Uptake")
    theme = label(second, "themes", "cross-border-terrorism")
    asking.pick("Theme and forum", f"{theme} · SCO")
    forum = [
        word
        for word, entry in second.words["series"].items()
        if (entry.get("eligibility") or entry.get("organization")) == "sco"
    ]
    texts = {word for word, entry in second.words["outcome-forms"].items() if entry.get("joint_text")}
    at = [
        event
        for event in second.chosen(series=",".join(forum), status="held")
        if any(
            point["theme"] == "cross-border-terrorism" and point["by"] == "joint" and point["form"] == "joint-document"
            for point in event["themes"]
        )
        or any(
            outcome["form"] in texts and "cross-border-terrorism" in outcome.get("themes", ())
            for outcome in event["outcomes"]
        )
    ]
    first = at[0]
    city = second.places(first)[0]["city"]
    expect(
        asking.person.main.get_by_role("heading", level=3, name=f"the joint text of {city} {first['start'][:4]}")
    ).to_be_visible()
    assert asking.clicks <= FEW
    csv = [
        row
        for row in asking.person.download_rows()
        if row["series"] in forum and row["by"] == "joint" and row["form"] == "joint-document"
    ]
    api = asking.api(
        "mentions", theme="cross-border-terrorism", by="joint", form="joint-document", series=",".join(forum)
    )
    assert [row["event_id"] for row in csv][0] == first["id"] == api[0]["event_id"]
    assert {row["event_id"] for row in csv} == {row["event_id"] for row in api} <= {event["id"] for event in at}


def test_who_came_from_pakistan_to_sco_meetings_that_india_hosted_at_what_level_in_person_or_by_video(
    asking: Asking, second: Second
) -> None:
    asking.page("Participants", "Country profile")
    asking.pick("Country of the profile", "Pakistan")
    asking.choose("Held in", "India")
    title = "Whom Pakistan sent, meeting by meeting"
    rows = dict(zip(asking.ids(title), asking.table(title), strict=True))
    hosted = [
        event
        for event in second.held_meetings(second.chosen(host="IND"))
        if second.words["series"][event["series"]]["group"] == "sco"
    ]
    came = {event["id"]: second.sent(event, "PAK") for event in hosted if "PAK" in second.who_came(event)}
    assert came and asking.clicks <= FEW + 1
    modes = {}
    for event in hosted:
        if event["id"] in came:
            own = next(part for part in event["participants"] if part.get("country") == "PAK")
            modes[event["id"]] = own.get("mode", event.get("mode"))
            assert rows[event["id"]][1] == label(second, "levels", came[event["id"]][0])
            assert all(name in rows[event["id"]][2] for name in came[event["id"]][1])
            assert rows[event["id"]][4] == label(second, "modes", modes[event["id"]])
    assert (
        levels_of(asking.person.download_rows(), "PAK", second).items()
        >= {event: level for event, (level, _) in came.items()}.items()
    )
    sco = ",".join({event["series"] for event in hosted})
    api = asking.api("participations", country="PAK", host="IND", series=sco)
    whole = {row["event_id"]: row["mode"] for row in asking.api("events", country="PAK", host="IND", series=sco)}
    assert {row["event_id"]: row["mode"] or whole[row["event_id"]] for row in api if row["event_id"] in came} == modes


def test_the_defence_ministers_of_india_and_china_face_to_face_since_2018(asking: Asking, second: Second) -> None:
    asking.page("Participants", "Who meets whom")
    asking.write("From", "2018")
    asking.mark("met", "CHN@IND")
    met = [event for event, pair in second.two_sided(second.chosen(from_="2018")) if pair == ("CHN", "IND")]
    ministers = [
        event
        for event in met
        if all(
            any(
                "efence" in part.get("role", "") and part["level"] == "minister"
                for part in second.by_id(event)["participants"]
                if part["country"] == country
            )
            for country in ("CHN", "IND")
        )
    ]
    links = asking.person.chosen.locator("ol.events a").evaluate_all(
        "all => all.map(a => new URL(a.href).searchParams.get('id'))"
    )
    assert sorted(links) == sorted(met) and ministers and asking.clicks <= FEW
    both = {"country": "CHN,IND", "country_match": "all", "kind": "bilateral,dialogue", "from_": "2018"}
    assert {row["event_id"] for row in asking.api("events", **both)} == set(met)
    for rows in (asking.person.download_rows(), asking.api("participations", **both, level="minister")):
        defence = {
            (row["event_id"], row["country"])
            for row in rows
            if row["event_id"] in met and row["level"] == "minister" and "efence" in row["role"]
        }
        assert {event for event, _ in defence if {(event, "CHN"), (event, "IND")} <= defence} == set(ministers)
    assert {second.by_id(event)["mode"] for event in ministers} == {"in-person"}


def test_which_meetings_ended_without_a_joint_document(asking: Asking, second: Second) -> None:
    asking.page("Data", "Watch")
    wanted = [
        event["id"]
        for event in second.events
        if event["status"] == "held" and second.rows(event)["events"][0]["joint_document"] == "no"
    ]
    assert asking.ids("Meetings without a joint text", "ul[1]") == wanted[::-1] and wanted and asking.clicks <= FEW
    assert [row["event_id"] for row in asking.api("events", status="held") if row["joint_document"] == "no"] == wanted
    stated = {
        row["event_id"]
        for row in asking.api("outcomes", outcome="no-joint-document")
        if row["form"] == "no-joint-document"
    }
    asking.person.open("timeline?outcome=no-joint-document")
    assert {row["event_id"] for row in asking.person.download_rows()} == stated <= set(wanted)


def test_who_chaired_the_last_five_sco_summits(asking: Asking, second: Second) -> None:
    asking.page("Timeline")
    asking.choose("Series", SUMMIT)
    last = [event for event in second.chosen(series="sco-summit") if event["status"] == "held"][-5:]
    chairs = {event["id"]: event.get("chairs") or [event["chair"]] for event in last}
    items = asking.person.main.locator("ol.events > li")
    listed = dict(zip(asking.person.event_ids(), items.all_inner_texts(), strict=True))
    assert len(chairs) == 5 and asking.clicks <= FEW
    for event, chaired in chairs.items():
        assert f"chair: {' and '.join(label(second, 'countries', country) for country in chaired)}" in listed[event]
    for rows in (asking.person.download_rows(), asking.api("events", series="sco-summit", status="held")):
        assert {row["event_id"]: [row["chair"]] for row in rows if row["event_id"] in chairs} == {
            event: chaired[:1] for event, chaired in chairs.items()
        }


def test_which_country_came_to_most_meetings_of_the_admm_plus(asking: Asking, second: Second) -> None:
    asking.page("Participants")
    asking.choose("Series", label(second, "series", "admm-plus"))
    came = Counter(
        country for event in second.chosen(series="admm-plus", status="held") for country in second.who_came(event)
    )
    most = max(came.values())
    first = sorted(country for country in came if came[country] == most)
    said = (
        f"{label(second, 'countries', first[0])} to {most} events"
        if len(first) == 1
        else f"{len(first)} of them to {most} events each, the most"
    )
    expect(asking.person.main.get_by_role("heading", name=f"{len(came)} countries came; {said}")).to_be_visible()
    assert asking.clicks <= FEW
    for rows in (asking.person.download_rows(), asking.api("participations", series="admm-plus")):
        found = Counter(
            country
            for _, country in {
                (row["event_id"], row["country"])
                for row in rows
                if row["country"] and row["attended"] in (True, "true")
            }
        )
        assert found == came


def test_who_came_most_often_by_name_to_sco_defence_ministers_meetings(asking: Asking, second: Second) -> None:
    asking.page("Participants")
    asking.choose("Series", DEFENCE)
    came = Counter(
        name
        for event in second.chosen(series="sco-dmm", status="held")
        for name in {part["name"] for part in second.attended(event) if "name" in part}
    )
    title, person = "Who came, by name", asking.person
    rows = [(name, int(events)) for name, *_, events in asking.table(title)]
    first = rows[0][0]
    assert rows[0] == came.most_common(1)[0] and asking.clicks <= FEW
    person.main.get_by_role("link", name="Next page").click()
    person.address_becomes(series="sco-dmm", page="2")
    rows += [(name, int(events)) for name, *_, events in asking.table(title)]
    assert dict(rows).items() <= came.items() and len(rows) == len(dict(rows)) > 20
    assert [events for _, events in rows] == sorted(came.values(), reverse=True)[: len(rows)]
    assert came == Counter(row["name"] for row in person.download_rows() if row["name"] and row["attended"] == "true")
    person.main.get_by_role("link", name="Previous page").click()
    person.address_becomes(series="sco-dmm")
    person.way(first).first.click()
    expect(person.title).to_have_text(first)
    assert len(person.marks("where")) == came[first]


def test_what_the_members_said_on_afghanistan_at_sco_foreign_ministers_meetings_in_2021(
    asking: Asking, second: Second
) -> None:
    asking.page("Themes")
    asking.choose("Series", FOREIGN)
    asking.choose("Theme", theme_option(second, "afghanistan"))
    asking.write("From", "2021")
    asking.write("To", "2021")
    events = second.chosen(series="sco-cfm", from_="2021", to="2021")
    points = sorted(
        (point["by"], point["point"])
        for event in events
        for point in event["themes"]
        if point["theme"] in second.with_children("afghanistan")
    )
    shown = asking.person.main.locator(".pointlist ul.points li")
    assert shown.count() == len(points) and points and asking.clicks <= FEW + 1
    for by, text in points:
        expect(shown.filter(has_text=text)).to_contain_text(second.words["countries"].get(by, {"label": ""})["label"])
    for rows in (
        asking.person.download_rows(),
        asking.api("mentions", series="sco-cfm", from_="2021", to="2021", theme="afghanistan"),
    ):
        assert sorted((row["by"], row["point"]) for row in rows) == points


def test_where_and_in_which_offices_a_name_of_a_record_came_since_2017(person: Person, second: Second) -> None:
    person.open("event?id=2024-04-26-sco-dmm-astana")
    person.main.get_by_role("link", name="Sergei Shoigu", exact=True).first.click()
    person.address_becomes(p="sergei-shoigu")
    expect(person.title).to_have_text("Sergei Shoigu")
    person.write("From", "2017")
    person.address_becomes(p="sergei-shoigu", from_="2017")
    named = {
        event["id"]
        for event in second.chosen(from_="2017")
        for part in second.attended(event)
        if part.get("name") == "Sergei Shoigu"
    }
    assert set(person.marks("where")) == named and len(named) > 20
    rows = person.download_rows()
    assert {row["event_id"] for row in rows} == named and {row["person"] for row in rows} == {"sergei-shoigu"}
    offices = person.main.get_by_role("table").filter(has_text="First named")
    expect(offices.get_by_role("row", name=re.compile("Secretary of the Security Council"))).to_be_visible()
    person.click_mark("where", "2024-04-26-sco-dmm-astana")
    expect(person.main.locator(".chosen-title")).to_have_text("SCO Defence Ministers' Meeting, Astana 2024")


def test_a_rate_that_is_refused_under_a_filter_is_one_click_away(person: Person) -> None:
    person.open("representation?country=IND,PAK&country_match=all&from=2017&meetings=sco-dmm")
    box = person.main.locator(".nothing").filter(has_text="how often a country comes cannot be seen")
    box.get_by_role("link", name="Show it without this filter").click()
    person.address_becomes(from_="2017", meetings="sco-dmm")
    person.settle()
    expect(box).to_have_count(0)
    assert "IND@sco-dmm" in person.marks("rates")
