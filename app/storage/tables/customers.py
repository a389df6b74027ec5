"""Who writes to us: customers, how they are known, and what is known of them."""

from sqlalchemy import Column, DateTime, ForeignKey, String, Table, Text, UniqueConstraint

from app.storage.tables.columns import metadata, own_id, refers

customers = Table(
    "customers",
    metadata,
    own_id(),
    Column("created_at", DateTime, nullable=False),
    Column("blocked_at", DateTime),
)

identities = Table(
    "identities",
    metadata,
    own_id(),
    refers("customer_id", "customers.id"),
    Column("channel", String(32), nullable=False),
    Column("address", String(320), nullable=False),
    Column("assurance", String(16), nullable=False),
    Column("created_at", DateTime, nullable=False),
    UniqueConstraint("channel", "address"),
)

attributes = Table(
    "attributes",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_at", DateTime, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    own_id(),
    refers("customer_id", "customers.id"),
    Column("kind", String(16), nullable=False),
    Column("about", String(128), nullable=False),
    Column("value", Text, nullable=False),
    Column("source_message_id", String(64), nullable=False),
    Column("valid_from", DateTime, nullable=False),
    Column("valid_to", DateTime),
)
