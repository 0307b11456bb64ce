"""The pages' addresses, and links that filter in twenty different ways."""

from __future__ import annotations

EVENT = "2024-04-26-sco-dmm-astana"
PAGES = ("", "timeline", "participants", "themes", f"event?id={EVENT}", "data")
MORE = (
    "search?q=terrorism",
    "representation",
    "country?c=IND",
    "person?p=sergei-shoigu",
    "pairs",
    "co-occurrence",
    "uptake",
    "compare?vs_country=PAK",
    "watch",
    "methods?doc=reliability",
)
LINKS = (
    "",
    "country=IND",
    "series=sco-dmm,sco-summit",
    "kind=ministerial",
    "theme=terrorism",
    "by=IND,joint",
    "level=minister",
    "from=2017&to=2020",
    "from=2024-04&to=2024-04-26",
    "q=astana%20minister",
    "status=scheduled",
    "form=statement",
    "organization=sco-secretariat",
    "host=KAZ",
    "mode=virtual",
    "outcome=joint-communique",
    "person=Rajnath%20Singh",
    "country=IND,PAK&country_match=all&level=minister",
    "theme=sagar&by=IND&form=initiative",
    "from=1990&to=1991",
)
