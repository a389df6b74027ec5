"""How we remember: tables and transitions. SQLAlchemy ends here."""
