"""The closed vocabularies: every word that a record may use, each defined; and the registry of people.

A vocabulary is one YAML file, a mapping from id to entry, in the order in which it is shown.
"""

from lib.vocabulary.entries import Membership, Offices, Organization, Person
from lib.vocabulary.load import FILES, load_vocabulary, names
from lib.vocabulary.words import JOINT_TEXT, MEETING, TOGETHER, Vocabulary, voice

__all__ = [
    "FILES",
    "JOINT_TEXT",
    "MEETING",
    "Membership",
    "Offices",
    "Organization",
    "Person",
    "TOGETHER",
    "Vocabulary",
    "load_vocabulary",
    "names",
    "voice",
]
