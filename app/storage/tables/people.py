"""Who works here: agents, how they sign in, what they did; and keys of the company's systems."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, DateTime, String, Table, Text, text

from app.storage.tables.columns import metadata, own_id, refers

agents = Table(
    "agents",
    metadata,
    own_id(),
    Column("name", String(120), nullable=False),
    Column("email", String(320), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("on_duty", Boolean, nullable=False, server_default=text("false")),
    Column("seen_at", DateTime),
    Column("created_at", DateTime, nullable=False),
    Column("disabled_at", DateTime),
    Column("password_hash", Text),
    Column("totp_secret", String(64)),
    Column("totp_last_step", BigInteger),
    Column("viewing_id", String(64)),
    Column("viewing_at", DateTime),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    own_id(),
    refers("agent_id", "agents.id"),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("device", String(200), nullable=False, server_default=text("''")),
    Column("created_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("ends_at", DateTime, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    own_id(),
    refers("agent_id", "agents.id", nullable=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("ends_at", DateTime, nullable=False),
    Column("used_at", DateTime),
)

audit = Table(
    "audit",
    metadata,
    own_id(),
    Column("at", DateTime, nullable=False, index=True),
    Column("agent_id", String(64)),
    Column("agent_name", String(120), nullable=False),
    Column("action", String(64), nullable=False),
    Column("object_id", String(320), nullable=False, server_default=text("''")),
    Column("details", JSON, nullable=False, server_default=text("'{}'")),
)

keys = Table(
    "keys",
    metadata,
    own_id(),
    Column("name", String(120), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
)
