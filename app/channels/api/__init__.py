"""The HTTP API: the chat endpoint, a customer's own conversations and profile, the business system's routes."""
