"""What the process needs to start: frozen settings from the environment and `.env`, names beginning with CARELINE_."""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).parents[1]


class Settings(BaseSettings):
    """Every setting has a default that works on one machine with nothing set up."""

    model_config = SettingsConfigDict(
        env_prefix="CARELINE_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    data_dir: Path = Field(default=ROOT / "data", description="Folder of the records and of the lock file.")
    models_dir: Path = Field(default=ROOT / "models", description="Folder where local model weights are kept.")
    knowledge_dir: Path = Field(default=ROOT / "knowledge_base", description="Articles that `make run` takes in.")
    prompts_dir: Path = Field(default=ROOT / "prompts", description="What a model reads; the fixed texts.")
    database_url: str = Field(
        default="", description="postgresql+asyncpg://user:password@host/name; empty: SQLite in the data folder."
    )

    model: str = Field(
        default="",
        description="Model that writes answers, e.g. gpt-4o-mini or provider:name; empty: gpt-4o-mini if a key is set.",
    )
    openai_api_key: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="Key of the model's server. Without it and without a base URL answers are extractive.",
    )
    openai_base_url: str = Field(
        default="",
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="Any server that speaks OpenAI's protocol, e.g. http://127.0.0.1:11434/v1.",
    )
    embedder: str = Field(
        default="local", pattern="^(local|remote|none)$", description="local (MiniLM), remote (a server) or none."
    )
    embedding_model: str = Field(default="text-embedding-3-small", description="Model of the remote embedder.")
    embedding_dimensions: int = Field(default=1536, ge=1, description="Numbers in a vector of the remote embedder.")
    embedding_base_url: str = Field(default="", description="Server of the remote embedder; empty: OPENAI_BASE_URL.")
    minilm_dir: Path | None = Field(default=None, description="Folder that holds the local model's files already.")

    answerable_at: float = Field(
        default=0.45, ge=0, le=1, description="How sure the passages must be before they are an answer."
    )
    words_of_its_own: float = Field(
        default=0.25, ge=0, le=0.6, description="Words of a model's own let pass for each word that a passage holds."
    )
    first_text_seconds: float = Field(default=8, gt=0, description="A model's first text must come within this.")
    stall_seconds: float = Field(default=10, gt=0, description="A model may pause for this long.")
    turn_seconds: float = Field(default=30, gt=0, description="A whole turn, the fall-back included.")
    wait_seconds: float = Field(default=30, gt=0, description="How long a chat request waits before it answers 202.")

    longest_text: int = Field(default=4_000, ge=1, description="Characters of a message.")
    largest_body: int = Field(default=65_536, ge=1_024, description="Bytes of a request body.")
    largest_upload: int = Field(default=20_000_000, ge=1_024, description="Bytes of an upload of documents.")
    rate_per_address: str = Field(default="120/minute", description="Messages from one address.")
    rate_per_customer: str = Field(default="30/minute", description="Messages of one customer.")
    trusted_proxies: str = Field(default="", description="Addresses whose X-Forwarded-For is believed.")

    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Sites whose pages may show the widget, e.g. https://shop.example,https://www.shop.example.",
    )
    company: str = Field(default="", max_length=80, description="The company's name, as the widget shows it.")
    ai_name: str = Field(default="AI assistant", max_length=40, description="What the widget calls the assistant.")
    largest_file: int = Field(
        default=10_000_000, ge=1_024, le=50_000_000, description="Bytes of a file sent with a conversation."
    )
    demo: bool = Field(default=True, description="Whether the demo pages are served.")

    allowed_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Private networks that deliveries may go to, e.g. 127.0.0.0/8,10.1.0.0/16; the internet always.",
    )
    identity_keys: Annotated[dict[str, SecretStr], NoDecode] = Field(
        default_factory=dict[str, SecretStr],
        description="Keys that sign customers' tokens, kid=secret, comma-separated; secrets of 32 characters or more.",
    )
    identity_audience: str = Field(default="careline", description="`aud` of customers' tokens.")
    openapi: bool = Field(default=True, description="Whether /openapi.json is served.")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much is logged.")
    log_format: str = Field(
        default="auto", pattern="^(auto|json|text)$", description="json, text, or auto: text on a terminal, else json."
    )

    @field_validator("allowed_networks", "widget_origins", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @field_validator("widget_origins")
    @classmethod
    def _origins(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        """As browsers send them. A `*` would let every site's page write in its visitors' names."""
        plain = tuple(origin.lower().rstrip("/") for origin in given)
        if wrong := [origin for origin in plain if not re.fullmatch(r"https?://[a-z0-9.:\[\]-]+", origin)]:
            raise ValueError(f"{', '.join(wrong)} is no origin: it looks like https://shop.example")
        return plain

    @field_validator("identity_keys", mode="before")
    @classmethod
    def _pairs(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
        if short := [kid for kid, _, secret in pairs if len(secret.strip()) < 32]:
            raise ValueError(f"the secret of {', '.join(short)} is shorter than 32 characters")
        return {kid.strip(): SecretStr(secret.strip()) for kid, _, secret in pairs}

    @property
    def records_url(self) -> str:
        """Where the records are, as storage opens them."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'careline.db'}"

    @property
    def on_sqlite(self) -> bool:
        return self.records_url.startswith("sqlite")

    @property
    def model_name(self) -> str:
        """The model that answers, or "" for extractive answers."""
        has_server = bool(self.openai_api_key.get_secret_value() or self.openai_base_url)
        return self.model or ("gpt-4o-mini" if has_server else "")
