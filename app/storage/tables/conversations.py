"""What was said: conversations, their turns, messages, events and handoffs."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from app.storage.tables.columns import metadata, own_id, refers

conversations = Table(
    "conversations",
    metadata,
    own_id(),
    refers("customer_id", "customers.id"),
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
    Column("muted_at", DateTime),
    Column("spam_at", DateTime),
    Column("last_at", DateTime),
    Column("feeling", String(16)),
)
Index("ix_conversations_unanswered", conversations.c.unanswered_since, conversations.c.lease_until)
Index("ix_conversations_opened_at", conversations.c.opened_at)
Index("ix_conversations_last", conversations.c.last_at, conversations.c.id)
Index("ix_conversations_status_last", conversations.c.status, conversations.c.last_at, conversations.c.id)

turns = Table(
    "turns",
    metadata,
    own_id(),
    refers("conversation_id", "conversations.id"),
    Column("lease_token", BigInteger, nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("covers_from", Integer, nullable=False),
    Column("covers_to", Integer, nullable=False),
    Column("finished_at", DateTime),
    Column("outcome", String(16)),
    Column("trace", JSON, nullable=False, server_default=text("'{}'")),
    Column("remembered_at", DateTime),
)
Index("ix_turns_finished_at", turns.c.finished_at)
Index(
    "ix_turns_unremembered",
    turns.c.finished_at,
    sqlite_where=text("remembered_at IS NULL"),
    postgresql_where=text("remembered_at IS NULL"),
)

messages = Table(
    "messages",
    metadata,
    own_id(),
    refers("conversation_id", "conversations.id"),
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
    own_id(),
    refers("conversation_id", "conversations.id"),
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
Index("ix_handoffs_agent", handoffs.c.agent_id, handoffs.c.conversation_id)
