"""The tables of the records. Times are UTC without zone; JSON columns hold plain JSON only."""

from app.storage.tables.columns import metadata
from app.storage.tables.conversations import conversations, events, handoffs, messages, turns
from app.storage.tables.customers import attributes, customers, facts, identities
from app.storage.tables.desk import (
    canned_replies,
    conversation_tags,
    feedback,
    file_pieces,
    files,
    notes,
    policies,
    wrong_answers,
)
from app.storage.tables.knowledge import articles, gap_decisions, imports, knowledge_version, passages, vectors
from app.storage.tables.people import agents, audit, invites, keys, sign_ins
from app.storage.tables.work import chores, deliveries, endpoints

__all__ = [
    "agents",
    "articles",
    "attributes",
    "audit",
    "canned_replies",
    "chores",
    "conversation_tags",
    "conversations",
    "customers",
    "deliveries",
    "endpoints",
    "events",
    "facts",
    "feedback",
    "file_pieces",
    "files",
    "gap_decisions",
    "handoffs",
    "identities",
    "imports",
    "invites",
    "keys",
    "knowledge_version",
    "messages",
    "metadata",
    "notes",
    "passages",
    "policies",
    "sign_ins",
    "turns",
    "vectors",
    "wrong_answers",
]
