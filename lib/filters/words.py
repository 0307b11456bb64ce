"""Filters as a sentence: "SCO events since 2017 attended by India, in which terrorism was raised by India"."""

from __future__ import annotations

from lib.filters.masks import period_bounds
from lib.filters.value import Filters
from lib.text import day_in_words, listed
from lib.vocabulary import Vocabulary


def in_words(filters: Filters, vocabulary: Vocabulary) -> str:
    """The selection as a phrase without a full stop; ``All events`` without filters."""
    if not filters:
        return "All events"
    phrases = [_subject(filters, vocabulary), _period(filters)]
    phrases += [_attended(filters, vocabulary), _organizations(filters, vocabulary), _persons(filters, vocabulary)]
    phrases += [_where(filters, vocabulary), _outcomes(filters, vocabulary)]
    said = [_said(filters, vocabulary), _search(filters)]
    sentence = " ".join(phrase for phrase in phrases if phrase)
    return ", ".join([sentence, *(phrase for phrase in said if phrase)])


def in_sentence(vocabulary: Vocabulary, name: str, word: str) -> str:
    """A label inside a sentence: its first letter lowered unless it begins with a name or an abbreviation."""
    label = vocabulary.label(name, word)
    entry = vocabulary[name].get(word)
    first = label.split(" ", 1)[0]
    if entry is None or entry.proper or not first[1:].islower():
        return label
    return label[0].lower() + label[1:]


def _labels(vocabulary: Vocabulary, name: str, words: tuple[str, ...], joiner: str = "or") -> str:
    return listed([in_sentence(vocabulary, name, word) for word in words], joiner)


def _parties(vocabulary: Vocabulary, words: tuple[str, ...], joiner: str = "or") -> str:
    return listed(
        ["a joint text or the meeting" if word == "joint" else vocabulary.party(word) for word in words], joiner
    )


def actors_in_words(filters: Filters, vocabulary: Vocabulary) -> str:
    """The actors that the filter asks for inside a sentence; nothing where it asks for none."""
    return _parties(vocabulary, filters["by"], "or")


def _subject(filters: Filters, vocabulary: Vocabulary) -> str:
    kinds, series = filters["kind"], filters["series"]
    families = {vocabulary.family(kind) for kind in kinds}
    noun = {
        frozenset({"meeting"}): "meetings",
        frozenset({"exercise"}): "exercises",
        frozenset({"transfer"}): "transfers",
    }.get(frozenset(families), "events")
    status = f"{_labels(vocabulary, 'statuses', filters['status'])} " if filters["status"] else ""
    groups = [vocabulary.brief("groups", word) for word in filters["group"]]
    whole = groups[0] if len(groups) == 1 else "" if groups else _whole_organization(series, vocabulary)
    subject = f"{status}{whole} {noun}" if whole else f"{status}{noun}"
    subject = subject[0].upper() + subject[1:]
    if kinds and families != {"exercise"} and families != {"transfer"}:
        subject += f" ({_labels(vocabulary, 'kinds', kinds)})"
    if len(groups) > 1:
        subject += f" of the groups {listed(groups, 'or')}"
    if series and (groups or not whole):
        subject += f" of the series {listed([vocabulary.brief('series', word) for word in series], 'or')}"
    return subject


def _whole_organization(series: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """The group's name where exactly its series are chosen."""
    for group, entry in vocabulary["groups"].items():
        members = {word for word, one in vocabulary["series"].items() if one.group == group}
        if members and members == set(series):
            return entry.brief
    return ""


def _period(filters: Filters) -> str:
    start, end = period_bounds(filters)
    if start and end:
        if start.text == end.text:
            return f"{'on' if start.precision == 'day' else 'in'} {day_in_words(start)}"
        return f"from {day_in_words(start)} to {day_in_words(end)}"
    if start:
        return f"since {day_in_words(start)}"
    return f"up to {day_in_words(end)}" if end else ""


def _attended(filters: Filters, vocabulary: Vocabulary) -> str:
    countries, levels = filters["country"], filters["level"]
    at_level = f" at the level of {_labels(vocabulary, 'levels', levels)}" if levels else ""
    if countries:
        joiner = "and" if filters.one("country_match") == "all" else "or"
        return f"attended by {_parties(vocabulary, countries, joiner)}{at_level}"
    return f"attended{at_level}" if levels else ""


def _organizations(filters: Filters, vocabulary: Vocabulary) -> str:
    return f"with {_parties(vocabulary, filters['organization'])} present" if filters["organization"] else ""


def _persons(filters: Filters, vocabulary: Vocabulary) -> str:
    names = [
        listed([vocabulary.people.label(key) for key in vocabulary.people.called(word)], "or") or word
        for word in filters["person"]
    ]
    return f"with {listed(list(dict.fromkeys(names)), 'or')} present" if names else ""


def _where(filters: Filters, vocabulary: Vocabulary) -> str:
    host = f"in {_parties(vocabulary, filters['host'])}" if filters["host"] else ""
    mode = f"held {_labels(vocabulary, 'modes', filters['mode'])}" if filters["mode"] else ""
    return " ".join(phrase for phrase in (host, mode) if phrase)


def _outcomes(filters: Filters, vocabulary: Vocabulary) -> str:
    words = filters["outcome"]
    return f"with the outcome {_labels(vocabulary, 'outcome-forms', words)}" if words else ""


def _said(filters: Filters, vocabulary: Vocabulary) -> str:
    themes, actors, forms = filters["theme"], filters["by"], filters["form"]
    if not (themes or actors or forms):
        return ""
    joiner = "and" if filters.one("theme_match") == "all" else "or"
    what = _labels(vocabulary, "themes", themes, joiner) if themes else "a point"
    verb = "were" if len(themes) > 1 and joiner == "and" else "was"
    phrase = f"in which {what} {verb} {'raised' if themes else 'made'}"
    if actors:
        phrase += f" by {_parties(vocabulary, actors)}"
    if forms:
        phrase += f" in the form of {_labels(vocabulary, 'mention-forms', forms)}"
    return phrase


def _search(filters: Filters) -> str:
    return f"containing “{' '.join(filters['q'])}”" if filters["q"] else ""
