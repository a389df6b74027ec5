"""What is to be delivered, and chores that one process does for all."""

from sqlalchemy import JSON, Column, DateTime, Index, Integer, String, Table, Text, text

from app.storage.tables.columns import metadata, own_id, refers

endpoints = Table(
    "endpoints",
    metadata,
    own_id(),
    Column("kind", String(16), nullable=False),
    Column("name", String(120), nullable=False, unique=True),
    Column("address", Text, nullable=False),
    Column("secret", String(128), nullable=False),
    Column("kinds", JSON, nullable=False, server_default=text("'[]'")),
    Column("when_unknown", String(16), nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("rests_until", DateTime),
    Column("created_at", DateTime, nullable=False),
    Column("disabled_at", DateTime),
)

deliveries = Table(
    "deliveries",
    metadata,
    own_id(),
    refers("endpoint_id", "endpoints.id"),
    refers("conversation_id", "conversations.id"),
    Column("seq", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("next_at", DateTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("asked", Integer, nullable=False, server_default=text("0")),
    Column("unknowns", Integer, nullable=False, server_default=text("0")),
    Column("reason", String(120), nullable=False, server_default=text("''")),
    Column("owner", String(64)),
    Column("ended_at", DateTime),
)
Index("ix_deliveries_next", deliveries.c.endpoint_id, deliveries.c.next_at)
Index("ix_deliveries_status", deliveries.c.status)

chores = Table(
    "chores",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", DateTime, nullable=False),
)
