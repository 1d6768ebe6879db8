"""A language model that the municipality runs itself, for words and for likeness. Off by default.

Owns: asking it (client), what it is asked and what of its answer is believed (wording,
embeddings), and proposing the title that it worded to a person (proposing).
It gets texts of messages and their numbers, never who wrote them. Without it, or when it is away
or says what nobody said, the engine's own words stand.
May import: the standard library, engine, kernel, agenda's services. Never: sockets of visitors.
"""

from .client import Away, Endpoint
from .embeddings import Vectors, blended, vectors
from .proposing import Proposer
from .setting import embedding_model, wording_model
from .wording import NotSaid, Source, reworded

__all__ = [
    "Away",
    "Endpoint",
    "NotSaid",
    "Proposer",
    "Source",
    "Vectors",
    "blended",
    "embedding_model",
    "reworded",
    "vectors",
    "wording_model",
]
