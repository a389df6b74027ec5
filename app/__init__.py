"""Careline: self-hosted AI customer care. The map of these folders is in README.md."""
