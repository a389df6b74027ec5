"""Who may call what: every route of the service stands here."""

from collections.abc import Mapping
from enum import StrEnum


class Rule(StrEnum):
    """Who a route is for."""

    ANYONE = "anyone"
    CUSTOMER_OR_NEW = "customer or new"
    CUSTOMER = "customer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    CHANNEL = "channel"
    KNOWLEDGE = "business: knowledge"
    CUSTOMERS = "business: customers"
    METRICS = "this machine, or business: metrics"


RULES: Mapping[str, Rule] = {
    "GET /": Rule.ANYONE,
    "GET /demo/{path:path}": Rule.ANYONE,
    "GET /widget/snippet": Rule.ANYONE,
    "GET /widget/{path:path}": Rule.ANYONE,
    "GET /v1/widget/config": Rule.ANYONE,
    "POST /v1/customers": Rule.ANYONE,
    "GET /health/live": Rule.ANYONE,
    "GET /health/ready": Rule.ANYONE,
    "GET /openapi.json": Rule.ANYONE,
    "GET /metrics": Rule.METRICS,
    "POST /v1/chat": Rule.CUSTOMER_OR_NEW,
    "GET /v1/conversations": Rule.CUSTOMER,
    "GET /v1/conversations/{conversation_id}": Rule.CUSTOMER,
    "GET /v1/conversations/{conversation_id}/events": Rule.CUSTOMER,
    "GET /v1/profile": Rule.CUSTOMER,
    "DELETE /v1/profile/facts/{fact_id}": Rule.CUSTOMER,
    "PUT /v1/customers/{external_id}/attributes": Rule.CUSTOMERS,
    "GET /v1/articles": Rule.KNOWLEDGE,
    "POST /v1/articles": Rule.KNOWLEDGE,
    "POST /v1/articles/files": Rule.KNOWLEDGE,
    "GET /v1/articles/{article_id:path}": Rule.KNOWLEDGE,
    "DELETE /v1/articles/{article_id:path}": Rule.KNOWLEDGE,
    "GET /console": Rule.ANYONE,
    "GET /console/": Rule.ANYONE,
    "GET /console/static/{path:path}": Rule.ANYONE,
    "POST /v1/sign-in": Rule.ANYONE,
    "DELETE /v1/sign-in": Rule.AGENT,
    "POST /v1/invites/look": Rule.ANYONE,
    "POST /v1/invites/accept": Rule.ANYONE,
    "GET /v1/agent": Rule.AGENT,
    "GET /v1/agent/sign-ins": Rule.AGENT,
    "DELETE /v1/agent/sign-ins": Rule.AGENT,
    "DELETE /v1/agent/sign-ins/{sign_in_id}": Rule.AGENT,
    "PUT /v1/agent/password": Rule.AGENT,
    "POST /v1/agent/second-factor": Rule.AGENT,
    "PUT /v1/agent/second-factor": Rule.AGENT,
    "DELETE /v1/agent/second-factor": Rule.AGENT,
    "GET /v1/agent/people": Rule.AGENT,
    "POST /v1/agent/people": Rule.ADMINISTRATOR,
    "POST /v1/agent/people/{person_id}/invite": Rule.ADMINISTRATOR,
    "PATCH /v1/agent/people/{person_id}": Rule.ADMINISTRATOR,
    "GET /v1/agent/keys": Rule.ADMINISTRATOR,
    "POST /v1/agent/keys": Rule.ADMINISTRATOR,
    "DELETE /v1/agent/keys/{key_id}": Rule.ADMINISTRATOR,
    "GET /v1/agent/audit": Rule.ADMINISTRATOR,
    "PUT /v1/agent/duty": Rule.AGENT,
    "GET /v1/agent/queue": Rule.AGENT,
    "GET /v1/agent/overdue": Rule.AGENT,
    "GET /v1/agent/conversations/{conversation_id}": Rule.AGENT,
    "GET /v1/agent/conversations/{conversation_id}/events": Rule.AGENT,
    "POST /v1/agent/conversations/{conversation_id}/claim": Rule.AGENT,
    "POST /v1/agent/conversations/{conversation_id}/reply": Rule.AGENT,
    "POST /v1/agent/conversations/{conversation_id}/return": Rule.AGENT,
    "POST /v1/agent/conversations/{conversation_id}/close": Rule.AGENT,
    "GET /v1/agent/deliveries": Rule.AGENT,
    "POST /v1/agent/deliveries/{delivery_id}/again": Rule.AGENT,
    "POST /v1/agent/deliveries/{delivery_id}/settle": Rule.AGENT,
    "GET /v1/agent/endpoints": Rule.ADMINISTRATOR,
    "POST /v1/agent/endpoints": Rule.ADMINISTRATOR,
    "DELETE /v1/agent/endpoints/{endpoint_id}": Rule.ADMINISTRATOR,
    "GET /v1/agent/articles": Rule.AGENT,
    "POST /v1/agent/articles": Rule.AGENT,
    "POST /v1/agent/articles/preview": Rule.AGENT,
    "POST /v1/agent/articles/try": Rule.AGENT,
    "POST /v1/agent/articles/files": Rule.SUPERVISOR,
    "GET /v1/agent/articles/{article_id:path}": Rule.AGENT,
    "PUT /v1/agent/articles/{article_id:path}": Rule.AGENT,
    "DELETE /v1/agent/articles/{article_id:path}": Rule.AGENT,
    "GET /v1/agent/policies": Rule.ADMINISTRATOR,
    "GET /v1/agent/policies/{name}": Rule.ADMINISTRATOR,
    "PUT /v1/agent/policies/{name}": Rule.ADMINISTRATOR,
    "GET /v1/agent/policies/{name}/versions": Rule.ADMINISTRATOR,
    "POST /v1/agent/policies/{name}/back": Rule.ADMINISTRATOR,
    "GET /v1/agent/gaps": Rule.AGENT,
    "PUT /v1/agent/gaps/settle": Rule.AGENT,
    "POST /v1/agent/messages/{message_id}/wrong": Rule.AGENT,
    "GET /v1/agent/wrong": Rule.AGENT,
    "POST /v1/agent/wrong/{message_id}/settle": Rule.AGENT,
    "POST /v1/channels/{channel_id}/messages": Rule.CHANNEL,
}
