"""What agents keep beside a conversation, and what customers send with it or say of a reply."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from app.storage.tables.columns import metadata, own_id, refers

notes = Table(
    "notes",
    metadata,
    own_id(),
    refers("conversation_id", "conversations.id"),
    Column("agent_id", String(64), nullable=False),
    Column("agent_name", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("conversation_id", String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", String(40), primary_key=True, index=True),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    own_id(),
    Column("name", String(60), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("changed_by", String(120), nullable=False),
    Column("changed_at", DateTime, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("message_id", String(64), ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    refers("conversation_id", "conversations.id"),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("at", DateTime, nullable=False, index=True),
)

wrong_answers = Table(
    "wrong_answers",
    metadata,
    Column("message_id", String(64), ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    refers("conversation_id", "conversations.id"),
    Column("agent_name", String(120), nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("at", DateTime, nullable=False),
    Column("settled_at", DateTime),
)

files = Table(
    "files",
    metadata,
    own_id(),
    refers("conversation_id", "conversations.id"),
    Column("author", String(16), nullable=False),
    Column("agent_id", String(64)),
    Column("name", String(255), nullable=False),
    Column("media_type", String(127), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sender_key", String(320), unique=True),
    Column("at", DateTime, nullable=False),
    Column("arrived_at", DateTime),
)

file_pieces = Table(
    "file_pieces",
    metadata,
    Column("file_id", String(64), ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("name", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("agent_name", String(120), nullable=False),
    Column("at", DateTime, nullable=False),
    PrimaryKeyConstraint("name", "version"),
)
