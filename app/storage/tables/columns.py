"""What all tables share: one set of metadata, ids, references."""

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[str]:
    return Column("id", String(64), primary_key=True)


def refers(name: str, to: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(64), ForeignKey(to, ondelete="CASCADE"), nullable=nullable, index=True)
