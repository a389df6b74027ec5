"""Lies told among true sentences, and true sentences in other words: what of both the service shows."""
