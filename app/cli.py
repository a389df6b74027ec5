"""The command line: careline run, serve, ingest, ask, eval, agents, keys, endpoints, models."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app import __version__
from app.commands.agents import agents
from app.commands.endpoints import endpoints
from app.commands.running import fail, finished, in_service, read_settings
from app.domain.agents import Scope
from app.storage.migrating import migrate
from app.wiring import Role, Service

app = typer.Typer(help="Careline: self-hosted AI customer care.", no_args_is_help=True, pretty_exceptions_enable=False)
keys = typer.Typer(help="Keys of the company's own systems.", no_args_is_help=True)
models = typer.Typer(help="The local embedding model.", no_args_is_help=True)
app.add_typer(agents, name="agents")
app.add_typer(keys, name="keys")
app.add_typer(endpoints, name="endpoints")
app.add_typer(models, name="models")

Paths = Annotated[list[Path], typer.Argument(help="Files or folders: .md .html .txt .pdf .docx .csv .jsonl")]


@app.command()
def run() -> None:
    """Takes in the knowledge folder, then serves."""
    from app.serving import ingest_paths, serve_forever

    settings = read_settings()
    in_service(lambda service: ingest_paths(service, [settings.knowledge_dir], quiet_when_unchanged=True))
    serve_forever(settings)


@app.command()
def serve(
    worker: Annotated[bool, typer.Option(help="Take turns in this process too; without it others must.")] = True,
) -> None:
    """Serves the API, with a worker in the same process."""
    from app.serving import serve_forever

    serve_forever(read_settings(), Role.BOTH if worker else Role.WEB)


@app.command()
def worker() -> None:
    """Takes turns and delivers, beside web processes on PostgreSQL; any number of them."""
    from app.serving import serve_forever

    serve_forever(read_settings(), Role.WORKER)


@app.command()
def ingest(paths: Paths) -> None:
    """Takes documents into the knowledge base; a folder given again also takes out what is gone from it."""
    from app.serving import ingest_beside

    report = in_service(lambda service: ingest_beside(service, paths))
    raise typer.Exit(1 if report.broken else 0)


@app.command()
def ask(
    question: str,
    before: Annotated[
        list[str] | None, typer.Option(help="An earlier message of the customer; may be repeated.")
    ] = None,
) -> None:
    """Answers one question as the service would, with the passages and their scores; nothing is stored."""
    from app.showing import show_answer

    end = in_service(lambda service: service.asking.ask(question, before or []))
    show_answer(end)


@app.command(name="eval")
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with dev/ and corpus/", exists=True, file_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print the measures as JSON.")] = False,
    predictions: Annotated[Path | None, typer.Option(help="Folder for what was returned for every item.")] = None,
) -> None:
    """Measures search and assessment on labelled files, through the code that answers customers."""
    from app.eval.command import evaluate_and_print

    finished(evaluate_and_print(folder, Service(read_settings()), as_json=as_json, predictions=predictions))


@keys.command("add")
def add_key(
    name: Annotated[str, typer.Option(prompt="Name of the system")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; may be repeated.")],
) -> None:
    """Makes a key for one of the company's systems and prints it, once."""
    from app.web.secrets import SecretKind, hash_of, new_secret

    secret = new_secret(SecretKind.BUSINESS)
    key = in_service(lambda service: service.people.add_key(name, scope, hash_of(secret)))
    print(f"{key.name}, {', '.join(sorted(key.scopes))}, {key.id}")
    print(f"Key (shown only now, send it as bearer): {secret}")


@models.command("pull")
def pull_model(quiet: Annotated[bool, typer.Option(help="Say nothing when it is here already.")] = False) -> None:
    """Fetches the local embedding model, each byte checked; without it search goes by words alone."""
    from app.language.model_store import ModelUnavailableError, find_model
    from app.language.model_store import pull_model as pull

    settings = read_settings()
    if settings.embedder != "local" or find_model(settings.minilm_dir, settings.models_dir):
        if not quiet:
            print("The local embedding model is here.")
        return
    try:
        pull(settings.models_dir, report=lambda words: print(words, file=sys.stderr), folder=settings.minilm_dir)
    except ModelUnavailableError as error:
        print(f"The local embedding model could not be fetched; search goes by words alone.\n{error}", file=sys.stderr)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; in a folder the time becomes its name.")],
    keep: Annotated[int | None, typer.Option(min=1, help="In a folder: how many stay, the newest.")] = None,
) -> None:
    """Writes all records into one file, while the service goes on."""
    from app.storage.backup import back_up

    if keep and not file.is_dir():
        fail("--keep needs a folder.")
    done = finished(back_up(read_settings().records_url, file, careline=__version__, now=datetime.now(UTC), keep=keep))
    print(f"{done.manifest.rows} rows of the schema {done.manifest.schema_revision} are in {done.path}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `careline backup` wrote.", exists=True, dir_okay=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Take out the records that are there.")] = False,
) -> None:
    """Puts a backup's records into an empty database, all or nothing; the service must be stopped."""
    from app.serving import AlreadyServingError, alone
    from app.storage.archives import UnusableBackupError
    from app.storage.restoring import restore as put_back

    settings = read_settings()
    try:
        with alone(settings):
            done = finished(put_back(settings.records_url, file, replace=replace))
    except (AlreadyServingError, UnusableBackupError) as error:
        fail(f"Nothing was restored. {error}")
    print(f"{done.rows} rows were restored, as they stood at {done.made_at:%Y-%m-%d %H:%M:%S} UTC")


@app.command(name="migrate")
def migrate_records() -> None:
    """Brings the records to the newest schema."""
    finished(migrate(read_settings().records_url))


if __name__ == "__main__":
    app()
