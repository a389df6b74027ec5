"""What we know: articles, their passages and vectors."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from app.storage.tables.columns import metadata, own_id

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
    Column("status", String(16), nullable=False, server_default=text("'published'")),
    Column("changed_by", String(120), nullable=False, server_default=text("''")),
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

imports = Table(
    "imports",
    metadata,
    own_id(),
    Column("address", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("every_hours", Integer),
    Column("next_at", DateTime, index=True),
    Column("status", String(16), nullable=False),
    Column("pages", Integer, nullable=False, server_default=text("0")),
    Column("problem", Text, nullable=False, server_default=text("''")),
    Column("created_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Column("created_by", String(120), nullable=False),
)

gap_decisions = Table(
    "gap_decisions",
    metadata,
    Column("question", String(320), primary_key=True),
    Column("article_id", String(256)),
    Column("agent_name", String(120), nullable=False),
    Column("at", DateTime, nullable=False),
)
