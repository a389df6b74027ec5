"""The tables of the records. Times are UTC without zone; JSON columns hold plain JSON only."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String(64), primary_key=True)


def _refers(name: str, to: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(64), ForeignKey(to, ondelete="CASCADE"), nullable=nullable, index=True)


customers = Table(
    "customers",
    metadata,
    _id(),
    Column("created_at", DateTime, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    _id(),
    _refers("customer_id", "customers.id"),
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
    _id(),
    _refers("customer_id", "customers.id"),
    Column("kind", String(16), nullable=False),
    Column("about", String(128), nullable=False),
    Column("value", Text, nullable=False),
    Column("source_message_id", String(64), nullable=False),
    Column("valid_from", DateTime, nullable=False),
    Column("valid_to", DateTime),
)

agents = Table(
    "agents",
    metadata,
    _id(),
    Column("name", String(120), nullable=False),
    Column("email", String(320), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("on_duty", Boolean, nullable=False, server_default=text("false")),
    Column("seen_at", DateTime),
    Column("created_at", DateTime, nullable=False),
    Column("disabled_at", DateTime),
)

keys = Table(
    "keys",
    metadata,
    _id(),
    Column("name", String(120), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
)

conversations = Table(
    "conversations",
    metadata,
    _id(),
    _refers("customer_id", "customers.id"),
    Column("channel", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("opened_at", DateTime, nullable=False),
    Column("closed_at", DateTime),
    Column("previous_id", String(64)),
    Column("agent_id", String(64), ForeignKey("agents.id")),
    Column("misses", Integer, nullable=False, server_default=text("0")),
    Column("asked_back", Boolean, nullable=False, server_default=text("false")),
    Column("person_offered", Boolean, nullable=False, server_default=text("false")),
    Column("notice_due", Boolean, nullable=False, server_default=text("true")),
    Column("claimed", JSON, nullable=False, server_default=text("'{}'")),
    Column("last_seq", Integer, nullable=False, server_default=text("0")),
    Column("last_customer_seq", Integer, nullable=False, server_default=text("0")),
    Column("unanswered_since", DateTime),
    Column("settles_at", DateTime),
    Column("lease_token", BigInteger, nullable=False, server_default=text("0")),
    Column("lease_owner", String(64)),
    Column("lease_until", DateTime),
)
Index("ix_conversations_unanswered", conversations.c.unanswered_since, conversations.c.lease_until)

turns = Table(
    "turns",
    metadata,
    _id(),
    _refers("conversation_id", "conversations.id"),
    Column("lease_token", BigInteger, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("covers_from", Integer, nullable=False),
    Column("covers_to", Integer, nullable=False),
    Column("finished_at", DateTime),
    Column("outcome", String(16)),
    Column("trace", JSON, nullable=False, server_default=text("'{}'")),
    Column("remembered_at", DateTime),
)

Index(
    "ix_turns_unremembered",
    turns.c.finished_at,
    sqlite_where=text("remembered_at IS NULL"),
    postgresql_where=text("remembered_at IS NULL"),
)

messages = Table(
    "messages",
    metadata,
    _id(),
    _refers("conversation_id", "conversations.id"),
    Column("seq", Integer, nullable=False),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("outcome", String(16)),
    Column("agent_id", String(64), ForeignKey("agents.id")),
    Column("agent_name", String(120)),
    Column("citations", JSON, nullable=False, server_default=text("'[]'")),
    Column("sender_key", String(320), unique=True),
    UniqueConstraint("conversation_id", "seq"),
)
Index(
    "ix_messages_without_outcome",
    messages.c.at,
    sqlite_where=text("author = 'customer' AND outcome IS NULL"),
    postgresql_where=text("author = 'customer' AND outcome IS NULL"),
)

events = Table(
    "events",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("body", JSON, nullable=False),
)

handoffs = Table(
    "handoffs",
    metadata,
    _id(),
    _refers("conversation_id", "conversations.id"),
    Column("reason", String(24), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("brief", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("claimed_at", DateTime),
    Column("ended_at", DateTime),
    Column("agent_id", String(64), ForeignKey("agents.id")),
    Column("contact", String(320)),
)
Index("ix_handoffs_queue", handoffs.c.status, handoffs.c.created_at)

endpoints = Table(
    "endpoints",
    metadata,
    _id(),
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
    _id(),
    _refers("endpoint_id", "endpoints.id"),
    _refers("conversation_id", "conversations.id"),
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

articles = Table(
    "articles",
    metadata,
    Column("id", String(256), primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("address", Text),
    Column("language", String(8), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("products", JSON, nullable=False, server_default=text("'[]'")),
    Column("source", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("changed_at", DateTime, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(320), primary_key=True),
    Column("article_id", String(256), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("title_path", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("passage_id", String(320), ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True),
    Column("embedder_id", String(128), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

knowledge_version = Table(
    "knowledge_version",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
