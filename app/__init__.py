"""Careline: self-hosted AI customer care. The map of these folders is in README.md."""

__version__ = "0.1.0"
