"""Citations of the data, of a selection and of one record, as BibTeX and RIS."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy

from lib.export.citation import LICENCE_TITLE, TITLE, cite
from lib.export.cited import event_citation
from tests.api_fixture import REAL, client, tiny
from tests.samples import real

ASTANA = "2024-04-26-sco-dmm-astana"
HARD = [
    '=HYPERLINK("http://x")',
    "50% of {all} & more_less #1 $2 ~ ^ \\end",
    "Two\nlines\r\nER  - ",
    "} , title = {other",
    "Встреча министров",
    "@misc{x,",
]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    return client(tiny(tmp_path_factory.mktemp("citations") / "data"))


def bibtex(text: str):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks and len(library.entries) == 1, library.failed_blocks
    return library.entries[0], {field.key: field.value for field in library.entries[0].fields}


def ris(text: str):
    assert text.endswith("ER  - \r\n") and text.startswith("TY  - DATA\r\n")
    [entry] = rispy.loads(text)
    return entry


@pytest.mark.parametrize("title", HARD)
def test_any_title_makes_one_entry_that_parsers_read(title):
    found = cite(
        "https://samvad.example/event?id=a,b;c",
        "0a1b",
        title,
        "an-id",
        "2026-02-01",
        f"Summary: {title}",
        ["Terrorism"],
    )
    entry, fields = bibtex(found.bibtex)
    assert entry.entry_type == "misc" and entry.key == "samvad-an-id"
    assert (
        fields["url"] == "https://samvad.example/event?id=a,b;c"
        and fields["year"] == "2026"
        and fields["version"] == "0a1b"
    )
    assert "{" not in fields["title"].strip("{}").replace("\\{", "").replace("\\textbackslash{}", "").replace(
        "\\textasciitilde{}", ""
    ).replace("\\textasciicircum{}", "")
    read = ris(found.ris)
    assert read["title"] == " ".join(title.split()) and read["urls"] == ["https://samvad.example/event?id=a,b%3Bc"]
    assert (
        read["year"] == "2026"
        and read["date"] == "2026/02/01"
        and read["keywords"] == ["Terrorism"]
        and read["authors"] == ["Samvad"]
    )


def test_the_citation_of_the_data_names_version_view_and_licence(api):
    version = api.get("/api/").json()["data_version"]
    _, fields = bibtex(api.get("/api/citation.bib?country=IND&theme=terrorism").text)
    assert (
        fields["title"].strip("{}") == TITLE
        and fields["version"] == version
        and fields["url"] == "http://testserver/?country=IND&theme=terrorism"
    )
    assert LICENCE_TITLE in fields["note"] and version in fields["note"]
    read = ris(api.get("/api/citation.ris?country=IND&theme=terrorism").text)
    assert (
        read["title"] == TITLE
        and read["edition"] == version
        and read["abstract"] == "Events attended by India, in which terrorism was raised."
    )


def test_the_citation_of_a_record_names_it_and_the_data_it_stands_in(api):
    answer = api.get(f"/api/events/{ASTANA}.bib")
    entry, fields = bibtex(answer.text)
    assert (
        entry.key == f"samvad-{ASTANA}"
        and fields["url"] == f"http://testserver/event?id={ASTANA}"
        and TITLE in fields["howpublished"]
    )
    assert answer.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{ASTANA}.bib"'
    read = ris(api.get(f"/api/events/{ASTANA}.ris").text)
    assert read["title"] == '=HYPERLINK("http://evil.example","Defence Ministers")' and read["secondary_title"] == TITLE
    assert "Sovereignty and territorial integrity" in read["keywords"] and len(read["keywords"]) == 2


def test_the_address_of_a_cited_record_carries_no_filters_of_the_reader():
    event = real().catalog.by_id[ASTANA]
    found = event_citation(real(), event, "https://samvad.example/x")
    address = f"https://samvad.example/x/event?id={ASTANA}"
    assert (
        bibtex(found.bibtex)[1]["url"] == address
        and ris(found.ris)["urls"] == [address]
        and f" {address} (" in found.text
    )


@pytest.mark.parametrize("path", ["citation.bib", "citation.ris", f"events/{ASTANA}.bib", f"events/{ASTANA}.ris"])
def test_a_citation_has_an_etag_and_a_head(api, path):
    got = api.get(f"/api/{path}")
    assert api.get(f"/api/{path}", headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    head = api.head(f"/api/{path}")
    assert head.headers["etag"] == got.headers["etag"] and head.content == b""


def test_a_former_id_is_cited_as_the_present_one(api):
    assert api.get("/api/events/2024-04-sco-dmm-astana.bib").text == api.get(f"/api/events/{ASTANA}.bib").text


def test_what_is_not_there_and_what_is_not_known_are_refused(api):
    assert api.get("/api/citation.bib?theme=terorism").json()["nearest"] == "terrorism"
    assert api.get("/api/events/nothing.ris").status_code == 404
    assert (
        api.get("/api/citation.end").status_code == 404
        and api.get(f"/api/events/{ASTANA}.bib?theme=sagar").status_code == 400
    )


def test_every_real_record_can_be_cited():
    api = client(REAL)
    for file in sorted((REAL / "events").glob("*.yaml"))[::15]:
        assert bibtex(api.get(f"/api/events/{file.stem}.bib").text)[0].key == f"samvad-{file.stem}"
        assert ris(api.get(f"/api/events/{file.stem}.ris").text)["urls"][0].endswith(file.stem)


def test_the_index_of_the_api_names_the_new_addresses(api):
    body = api.get("/api/").json()
    for address in (*body["citation"], body["feed"], body["briefing"]):
        assert api.get(address).status_code == 200
    assert {address.rpartition(".")[2] for address in body["event"]} == {"json", "yaml", "bib", "ris"}


def test_where_there_is_no_record_no_year_is_made_up(tmp_path):
    api = client(tiny(tmp_path / "data", {}))
    assert "year" not in api.get("/api/citation.bib").text and "PY  -" not in api.get("/api/citation.ris").text
