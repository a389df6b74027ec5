"""A chat model by name, through LangChain: OpenAI's protocol first, other providers where their package is there."""

from typing import TYPE_CHECKING

from app.assistant.plain_streams import PlainStreams

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "openai"


class ModelNotLoadableError(Exception):
    """The named model cannot be used as the installation stands; the message says what is missing."""


def load_model(
    *, name: str, base_url: str | None = None, api_key: str | None = None, request_s: float = 15.0, retries: int = 1
) -> "BaseChatModel":
    """`name` is a model of OpenAI or of the compatible server at `base_url`, or "provider:model" of another.

    `request_s` limits connecting and each pause of the server; the answerer's own deadlines are shorter."""
    provider, _, model = name.partition(":")
    if base_url or not model:
        return _openai(name.removeprefix(f"{OPENAI}:"), base_url, api_key, request_s, retries)
    if provider == OPENAI:
        return _openai(model, None, api_key, request_s, retries)
    return _other(provider, model, api_key)


def _openai(model: str, base_url: str | None, api_key: str | None, request_s: float, retries: int) -> "BaseChatModel":
    """With connections of its own: LangChain's default ones are shared by every event loop of the process."""
    from langchain_openai import ChatOpenAI
    from openai import DefaultAioHttpClient, OpenAIError
    from pydantic import SecretStr

    key = api_key or ("none" if base_url else None)
    try:
        loaded = ChatOpenAI(
            model=model,
            base_url=base_url,
            api_key=SecretStr(key) if key else None,
            timeout=request_s,
            max_retries=retries,
            stream_usage=True,
            stream_chunk_timeout=None,  # the answerer has deadlines; this one would cost a task for every token
            use_responses_api=False if base_url else None,
            http_async_client=DefaultAioHttpClient(timeout=request_s),
        )
        loaded.async_client = PlainStreams(loaded.root_async_client)
        return loaded
    except OpenAIError as error:
        raise ModelNotLoadableError(f"the model {model} needs a key or a base URL") from error


def _other(provider: str, model: str, api_key: str | None) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    try:
        if api_key:
            return init_chat_model(model, model_provider=provider, api_key=api_key)
        return init_chat_model(model, model_provider=provider)
    except ImportError as error:
        raise ModelNotLoadableError(f"the provider {provider} needs a package that is not here: {error}") from error
    except ValueError as error:
        raise ModelNotLoadableError(f"{provider}:{model} cannot be loaded: {error}") from error


async def close_model(model: "BaseChatModel") -> None:
    """Closes the connections of an OpenAI client; other providers close theirs when they are collected."""
    client = getattr(model, "root_async_client", None)
    if client is not None:
        await client.close()
