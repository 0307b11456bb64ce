"""How the API answers: refusals, what is not there, ETags, methods, headers, records, geometry, the way to the overview."""

from __future__ import annotations

import json

import pytest

from lib.api.reply import Bodies, Reply
from lib.geo import load_geography
from lib.store import Store
from lib.tables.columns import TABLES
from tests.api_fixture import REAL, RECORDS, client, tiny

ASTANA = "2024-04-26-sco-dmm-astana"
ADDRESSES = [
    "/api",
    "/api/",
    "/api/events.csv",
    "/api/events.json?theme=terrorism",
    "/api/participations.parquet",
    "/api/package.zip",
    "/api/geo/world.geojson",
    f"/api/events/{ASTANA}.json",
    f"/api/events/{ASTANA}.yaml",
]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    return client(tiny(tmp_path_factory.mktemp("tiny") / "data"))


def _refused(answer, parameter, value, nearest):
    assert answer.status_code == 400
    body = answer.json()
    assert (body["parameter"], body["value"], body["nearest"]) == (parameter, value, nearest)
    assert body["error"] and body["problems"][0] == {
        name: body[name] for name in ("error", "parameter", "value", "nearest")
    }


def test_a_link_with_an_unknown_country_is_refused_with_the_nearest_one(api):
    _refused(api.get("/api/events.json?country=Inda"), "country", "Inda", "IND")
    _refused(api.get("/api/events.csv?country=ind,CHN"), "country", "ind", "IND")


def test_a_country_given_by_its_name_is_nearest_to_its_own_code(api):
    labels = Store(REAL).current().vocabulary["countries"]
    for code, entry in labels.items():
        if "," not in entry.label:
            assert api.get("/api/events.json", params={"country": entry.label.upper()}).json()["nearest"] == code


@pytest.mark.parametrize(
    ("query", "parameter", "value", "nearest"),
    [
        ("theme=terorism", "theme", "terorism", "terrorism"),
        ("series=sco-dmn", "series", "sco-dmn", "sco-dmm"),
        ("by=Joint", "by", "Joint", "joint"),
        ("country_match=every", "country_match", "every", None),
        ("theme_match=ALL", "theme_match", "ALL", "all"),
        ("person=Narendra%20Mody", "person", "Narendra Mody", "narendra-modi"),
        ("from=2024-02-30", "from", "2024-02-30", None),
        ("to=next%20year", "to", "next year", None),
        ("from=2020&to=2019", "to", "2019", "2020"),
        ("from=2020&from=2021", "from", "2020", "2021"),
        ("contry=IND", "contry", "IND", "country"),
        ("sel=x", "sel", "x", None),
        ("table=events", "table", "events", None),
        ("rows=some", "rows", "some", "all"),
        ("rows=all&rows=few", "rows", "few", "all"),
        ("excel=yes", "excel", "yes", "1"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_parameter(api, query, parameter, value, nearest):
    answer = api.get(f"/api/events.csv?{query}")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    _refused(answer, parameter, value, nearest)


def test_every_problem_of_a_link_is_named(api):
    body = api.get("/api/events.json?country=INX,IND,PAC&foo=1&from=x").json()
    assert [(one["parameter"], one["value"]) for one in body["problems"]] == [
        ("foo", "1"),
        ("country", "INX"),
        ("country", "PAC"),
        ("from", "x"),
    ]


def test_excel_is_for_csv_and_no_filter_is_for_a_record(api):
    assert api.get("/api/events.json?excel=1").json()["parameter"] == "excel"
    assert api.get("/api/package.zip?excel=1").status_code == 400
    _refused(api.get(f"/api/events/{ASTANA}.json?theme=terrorism"), "theme", "terrorism", None)
    assert api.get("/api/geo/world.geojson?rows=all").status_code == 400


def test_streamlits_own_parameters_campaigns_and_blank_values_are_passed_over(api):
    plain = api.get("/api/events.csv")
    assert (
        api.get("/api/events.csv?embed=true&embed_options=dark_theme&utm_source=x&theme=&rows=&excel=").content
        == plain.content
    )


def test_several_values_are_read_from_commas_and_from_repeated_keys(api):
    commas, repeated = (
        api.get(f"/api/participations.json?{query}") for query in ("country=IND,PAK", "country=IND&country=PAK")
    )
    assert commas.json() == repeated.json()
    assert commas.json()["filters"] == {"country": ["IND", "PAK"]} and commas.json()["count"] == 5


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("event.csv", "events"),
        ("events.xml", "events.csv"),
        ("events", "events.csv"),
        ("mentions.cvs", "mentions.csv"),
        ("events.csv/", None),
        ("package.tar", None),
        (f"events/{ASTANA}.xml", None),
        (f"events/{ASTANA[:-1]}.json", ASTANA),
        ("geo/world.json", "geo/world.geojson"),
        ("x%0Ay/z", None),
        ("%ff", None),
        ("../events.csv", None),
        ("a/b/c/d", None),
    ],
)
def test_an_unknown_path_is_a_404_in_json(api, path, nearest):
    answer = api.get(f"/api/{path}".replace("..", "%2E%2E"))
    assert answer.status_code == 404 and answer.json()["error"]
    assert answer.json()["nearest"] == nearest or nearest is None
    assert answer.headers["access-control-allow-origin"] == "*"


def test_only_api_and_what_is_below_it_is_ours(api):
    assert api.get("/apiary").text == "Not Found"


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_gives_the_headers_of_get_without_the_body(api, address):
    got, head = api.get(address), api.head(address)
    assert got.status_code == head.status_code == 200
    assert head.headers == got.headers and int(head.headers["content-length"]) == len(got.content)
    assert head.content == b""


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_etag_of_an_answer_brings_304(api, address):
    got = api.get(address)
    etag = got.headers["etag"]
    assert etag.startswith('"') and etag == api.get(address).headers["etag"]
    for named in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        for method in ("GET", "HEAD"):
            again = api.request(method, address, headers={"If-None-Match": named})
            assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == etag
            assert (
                again.headers["cache-control"] == got.headers["cache-control"] and "content-length" not in again.headers
            )
    assert api.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_differs_has_its_own_etag(api):
    addresses = [
        *ADDRESSES[2:],
        "/api/events.csv?excel=1",
        "/api/events.csv?country=IND",
        "/api/events.csv?country=PAK",
        "/api/events.csv?country=IND&rows=all",
        "/api/mentions.csv",
        "/api/events.json",
        "/api/package.zip?country=IND",
    ]
    assert len({api.get(address).headers["etag"] for address in addresses}) == len(addresses)
    one, other = (
        api.get(f"/api/events.csv?{query}") for query in ("theme=terrorism&country=IND", "country=IND&theme=terrorism")
    )
    assert one.headers["etag"] == other.headers["etag"] and one.content == other.content


@pytest.mark.parametrize("address", ["/api/events.csv", "/api/events.csv?foo=1", "/api/nothing", "/api/package.zip"])
def test_every_answer_may_be_read_from_other_sites(api, address):
    headers = api.get(address, headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert {"ETag", "Content-Disposition"} <= set(headers["access-control-expose-headers"].split(", "))


def test_a_preflight_is_answered(api):
    answer = api.options(
        "/api/events.csv",
        headers={
            "Origin": "https://x.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert answer.status_code == 204 and answer.content == b""
    assert (
        "GET" in answer.headers["access-control-allow-methods"]
        and answer.headers["access-control-allow-headers"] == "*"
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_never_writes(api, method):
    answer = api.request(method, "/api/events.csv")
    assert (
        answer.status_code == 405
        and answer.headers["allow"] == "GET, HEAD, OPTIONS"
        and method in answer.json()["error"]
    )


def test_a_table_comes_as_a_file_with_a_telling_name(api):
    answer = api.get("/api/participations.csv?country=IND&level=minister")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8" and answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-disposition"] == 'attachment; filename="samvad-participations-ind-minister.csv"'


def test_excel_puts_a_byte_order_mark_before_the_same_bytes(api):
    assert api.get("/api/events.csv?excel=1").content == b"\xef\xbb\xbf" + api.get("/api/events.csv").content


def test_a_record_is_given_as_its_own_text_and_as_json(api):
    assert api.get(f"/api/events/{ASTANA}.yaml").text == RECORDS[ASTANA]
    body = api.get(f"/api/events/{ASTANA}.json").json()
    assert (body["id"], body["record"]["id"], body["view"]) == (ASTANA, ASTANA, f"http://testserver/event?id={ASTANA}")
    assert body["record"]["participants"][2] == {"country": "PAK", "capacity": "member", "attended": False}
    assert (
        body["record"]["themes"][0]["point"] == "-5 degrees of zero tolerance"
        and body["record"]["sources"][0]["published"] == "2024-05"
    )
    assert list(body["record"]) == [
        "id",
        "title",
        "series",
        "kind",
        "status",
        "start",
        "end",
        "mode",
        "place",
        "chair",
        "summary",
        "roster",
        "participants",
        "themes",
        "outcomes",
        "former_ids",
        "sources",
    ]


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_a_former_id_answers_and_names_the_present_address(api, ending):
    former, present = api.get(f"/api/events/2024-04-sco-dmm-astana.{ending}"), api.get(f"/api/events/{ASTANA}.{ending}")
    assert former.status_code == 200 and former.content == present.content
    assert former.headers["content-location"] == f"http://testserver/api/events/{ASTANA}.{ending}"


def test_every_real_record_answers():
    api = client(REAL)
    for file in sorted((REAL / "events").glob("*.yaml"))[::10]:
        assert api.get(f"/api/events/{file.stem}.yaml").content == file.read_bytes()
        assert api.get(f"/api/events/{file.stem}.json").json()["record"]["id"] == file.stem


def test_the_geometry_is_the_shipped_one_unless_the_folder_has_its_own(api, tmp_path):
    answer = api.get("/api/geo/world.geojson")
    assert (
        answer.content == (REAL / "geo" / "world.geojson").read_bytes()
        and answer.headers["content-type"] == "application/geo+json"
    )
    assert "max-age=" in answer.headers["cache-control"]
    folder = tiny(tmp_path / "data")
    (folder / "geo").mkdir()
    (folder / "geo" / "world.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert client(folder).get("/api/geo/world.geojson").json()["features"] == []
    assert load_geography(folder / "geo", REAL / "geo").points == load_geography(REAL / "geo").points
    without = tiny(tmp_path / "without")
    (without / "geo").mkdir()
    assert client(without).get("/api/geo/world.geojson").content == answer.content, (
        "a folder that lacks the file has the shipped one"
    )


def test_the_index_leads_to_every_table(api):
    body = api.get("/api/").json()
    assert list(body["tables"]) == list(TABLES) and body["tables"]["events"]["count"] == 3
    for about in body["tables"].values():
        for ending in ("csv", "json", "parquet"):
            assert api.get(about[ending]).status_code == 200
    assert api.get(body["package"]).status_code == api.get(body["geometry"]).status_code == 200
    assert {"from", "theme_match", "rows", "excel"} <= set(body["parameters"])


def test_under_a_prefix_all_addresses_have_it(tmp_path):
    api = client(tiny(tmp_path / "data"), "samvad/")
    assert api.get("/api/events.csv").status_code == 404
    assert api.get("/samvad/api/events.csv").status_code == 200
    assert api.get("/samvad/api/").json()["package"] == "http://testserver/samvad/api/package.zip"
    assert api.get("/samvad/overview?theme=sagar").headers["location"] == "/samvad/?theme=sagar"


def test_overview_leads_to_the_front_page_and_keeps_the_query(api):
    answer = api.get("/overview?country=IND,PAK&q=a%20b")
    assert answer.status_code == 308 and answer.headers["location"] == "/?country=IND,PAK&q=a%20b"
    assert api.get("/overview").headers["location"] == "/"


def test_an_error_of_the_server_is_told_without_its_trace(api, monkeypatch, caplog):
    monkeypatch.setattr("lib.api.answers.to_csv", lambda *_: 1 / 0)
    answer = api.get("/api/sources.csv?q=unlike-any-other-request")
    assert answer.status_code == 500 and set(answer.json()) == {"error"}
    assert "ZeroDivision" not in answer.text and "ZeroDivisionError" in caplog.text


def test_a_body_is_rendered_once_and_the_oldest_gives_way():
    rendered = []

    def reply(name: str) -> Reply:
        return Reply((name,), lambda: rendered.append(name) or bytes(60), "text/plain")

    bodies = Bodies(limit=150)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert len(bodies.of(reply(name))) == 60
    assert rendered == ["a", "b", "c", "b"]


def test_a_link_with_thousands_of_unknown_values_is_answered_at_once(api):
    answer = api.get(f"/api/events.json?person={','.join(f'nobody-{number}' for number in range(3000))}")
    assert answer.status_code == 400 and len(answer.json()["problems"]) == 3000
    assert answer.elapsed.total_seconds() < 2


def test_refusals_are_json_whatever_stands_in_the_link(api):
    for query in ("country=%ff%00", "q=%ed%a0%80", "%00=1", "country=%22%3Cscript%3E", "from=%F0%9F%92%A5"):
        answer = api.get(f"/api/events.json?{query}")
        assert answer.status_code in (200, 400) and json.loads(answer.content)
