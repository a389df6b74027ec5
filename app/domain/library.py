"""Where articles come from, and who may write, publish or take out which. Pure rules."""

from app.domain.agents import AgentRole
from app.domain.knowledge import Article, ArticleStatus

CONSOLE = "console:"
"""What sources of the console begin with. No folder is called so: what was written here is not taken for a folder's."""

WRITTEN = f"{CONSOLE}/articles"
UPLOADED = f"{CONSOLE}/files"

IMPORTED = "import:"


class NeedsSupervisorError(Exception):
    """What customers read is published, changed and taken out by supervisors."""


class FromElsewhereError(Exception):
    """The article comes from a file, a page or another system, where the next change would come from too."""


def source_of_import(import_id: str) -> str:
    """Pages of an import come from below it."""
    return f"{IMPORTED}{import_id}"


def is_consoles(source: str) -> bool:
    return source.startswith(f"{CONSOLE}/")


def check_may_write(role: AgentRole, *statuses: ArticleStatus) -> None:
    """`statuses` are those before and after. Raises NeedsSupervisorError."""
    if role is AgentRole.AGENT and ArticleStatus.PUBLISHED in statuses:
        raise NeedsSupervisorError("Agents write drafts; a supervisor publishes, changes and takes out what is public.")


def check_from_console(article: Article) -> None:
    """Raises FromElsewhereError."""
    if not is_consoles(article.source):
        origin = "a website that is imported" if article.source.startswith(IMPORTED) else article.source
        raise FromElsewhereError(f"It comes from {origin}. Change it there, or take it over.")
