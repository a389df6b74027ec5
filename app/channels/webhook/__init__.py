"""The generic webhook channel: deliveries signed by Standard Webhooks, and a company's own bridge posting messages."""
