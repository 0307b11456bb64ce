"""What was to be expected of each country at a meeting: worked out once for each series, kind and day, and kept with the vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lib.analysis.offices import Expected, expected_office
from lib.keep import kept
from lib.vocabulary import Organization, Vocabulary


@dataclass(frozen=True, slots=True)
class Standing:
    """A country's ``standing`` (``none`` without any, ``unknown`` where a date leaves membership open), and the office expected of it as a member."""

    standing: str
    expected: Expected | None = None


@kept(most=4_096)
def standings(vocabulary: Vocabulary, series: str, kind: str, day: dt.date) -> Mapping[str, Standing]:
    """Every country that ever belonged to the organization of ``series``, as it stood on ``day``; empty where the series has no membership.

    Asked for by the days of the records, which are more than the usual limit.
    """
    organization = vocabulary["series"][series].eligibility
    entry = vocabulary["organizations"].get(organization)
    found = {}
    for country in dict.fromkeys(period.country for period in (entry.memberships if entry else None) or ()):
        # An uncertain date of partnership leaves no doubt that the country was no member.
        standing = vocabulary.standing(organization, country, day) or (
            "unknown" if _may_be_member(entry, country, day) else "none"
        )
        # Nothing is expected of guests: the series' offices are those of its members.
        found[country] = Standing(
            standing, expected_office(vocabulary, series, kind, country, day) if standing == "member" else None
        )
    return found


def _may_be_member(entry: Organization, country: str, day: dt.date) -> bool:
    return any(
        period.country == country
        and period.standing == "member"
        and (period.start is None or day >= period.start.first)
        and (period.end is None or day < period.end.last)
        for period in entry.memberships or ()
    )
