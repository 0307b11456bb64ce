"""The closed vocabularies: every word that a record may use, each defined; and the registry of people.

A vocabulary is one YAML file, a mapping from id to entry, in the order in which it is shown.
"""

from lib.vocabulary.entries import Membership, Offices, Organization, Person
from lib.vocabulary.load import FILES, load_vocabulary, names
from lib.vocabulary.words import Vocabulary

__all__ = ["FILES", "Membership", "Offices", "Organization", "Person", "Vocabulary", "load_vocabulary", "names"]
