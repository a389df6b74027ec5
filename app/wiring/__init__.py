"""Puts the parts together for the web process, the worker and the command line."""

import gc
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.care.following import Following
from app.care.inbox import Inbox
from app.care.outbox import Outbox
from app.care.remembering import Remembering
from app.config import Settings
from app.storage.migrating import migrate
from app.wiring.answering import AnsweringParts
from app.wiring.embedding import embedding_due
from app.wiring.importing import LOOK_SECONDS, importing
from app.wiring.records import Role, now
from app.worker import Worker

if TYPE_CHECKING:
    from app.channels.api.parts import ApiParts
    from app.channels.webhook.parts import WebhookParts
    from app.console.parts import ConsoleParts
    from app.web.access import Doorkeeper
    from app.web.guarded import Guard, GuardedClient
    from app.web.limits import RateLimits
    from app.web.metrics import MetricsParts

__all__ = ["Role", "Service", "open_service"]

OBJECTS_BETWEEN_COLLECTIONS = 10_000
"""A turn makes little garbage that refers to itself; at Python's 700 it would be looked through several times."""


@dataclass(frozen=True)
class Service(AnsweringParts):
    """The parts by name, each made when it is first used."""

    async def close(self) -> None:
        """Lets go of the model's connections and of the records."""
        if "model" in self.__dict__ and self.model is not None:
            from app.assistant.loading import close_model

            await close_model(self.model)
        if "guarded_client" in self.__dict__:
            await self.guarded_client.aclose()
        await self.database.close()

    async def start(self) -> None:
        """What the role of this process is: wake-ups, and turns and deliveries."""
        self.wakeups.start()
        await self.policies.start()
        if self.settings.on_sqlite:
            await self.turns.release_all()
            await self.outbox_records.give_up_tries()
        if self.role is not Role.WEB:
            await self.files.drop_given_up()
            await self.search.refresh()
            self.worker.start()
        _keep_what_was_loaded()

    async def stop(self) -> None:
        """Finishes the work under way or hands it back, then lets go of everything."""
        if self.role is not Role.WEB:
            await self.worker.stop()
        await self.policies.stop()
        await self.wakeups.stop()
        await self.close()

    @cached_property
    def guarded_client(self) -> "GuardedClient":
        from app.web.guarded import GuardedClient

        return GuardedClient(self.guard)

    @cached_property
    def guard(self) -> "Guard":
        from app.web.guarded import Guard

        return Guard(self.settings.allowed_networks)

    @cached_property
    def worker(self) -> Worker:
        from app.channels.webhook.courier import WebhookCourier

        courier = WebhookCourier(self.guarded_client, now)
        sending = Outbox(
            records=self.outbox_records, courier=courier, owner=self.owner, clock=now, measures=self.measures
        )
        remembering = Remembering(records=self.memory, facts=self.facts)
        return Worker(
            owner=self.owner,
            answering=self.answering(self.turns, self.measures),
            records=self.turns,
            remembering=remembering,
            embedding=embedding_due(self, in_a_process=True),
            outbox=sending,
            wakeups=self.wakeups,
            watchdog=self.watchdog,
            beside={importing(self).look: LOOK_SECONDS},
        )

    @cached_property
    def following(self) -> Following:
        return Following(records=self.conversations, wakeups=self.wakeups)

    @cached_property
    def inbox(self) -> Inbox:
        from app.language.tongues import told_tongue

        return Inbox(
            records=self.inbox_records,
            tongue_of=told_tongue,
            wording=self.wording,
            owner=None if self.role is Role.WEB else self.owner,
            longest_text=self.settings.longest_text,
        )

    @cached_property
    def limits(self) -> "RateLimits":
        from app.web.limits import RateLimits

        return RateLimits(self.settings.rate_per_address, self.settings.rate_per_customer)

    def webhook(self) -> "WebhookParts":
        from app.channels.webhook.parts import WebhookParts

        return WebhookParts(inbox=self.inbox, limits=self.limits)

    def api(self) -> "ApiParts":
        from app.care.feedback import CustomersFeedback
        from app.channels.api.parts import ApiParts

        return ApiParts(
            inbox=self.inbox,
            take=None if self.role is Role.WEB else self.worker.take,
            following=self.following,
            conversations=self.conversations,
            memory=self.memory,
            files=self.files,
            feedback=CustomersFeedback(records=self.feedback),
            articles=self.articles,
            ingesting=self.ingesting,
            limits=self.limits,
            wait_seconds=self.settings.wait_seconds,
        )

    def console(self) -> "ConsoleParts":
        from app.console.parts import ConsoleParts

        return ConsoleParts(
            queue=self.queue,
            conversations=self.conversations,
            following=self.following,
            memory=self.memory,
            agents=self.people,
            watchdog=self.watchdog,
            outbox=self.outbox_records,
            checked_address=self.guard.checked_address,
            longest_text=self.settings.longest_text,
        )

    def metrics(self) -> "MetricsParts":
        from app.web.metrics import MetricsParts

        return MetricsParts(
            measures=self.measures,
            watchdog=self.watchdog,
            turns_under_way=lambda: 0 if self.role is Role.WEB else self.worker.turns_under_way,
        )

    def doorkeeper(self) -> "Doorkeeper":
        from app.web.access import Doorkeeper
        from app.web.customers_door import CustomersDoor, IdentityKeys
        from app.wiring.staff import agents_door

        by_kid = {kid: secret.get_secret_value() for kid, secret in self.settings.identity_keys.items()}
        keys = IdentityKeys(by_kid=by_kid, audience=self.settings.identity_audience)
        customers = CustomersDoor(callers=self.people, identity_keys=keys)
        agents = agents_door(self)
        return Doorkeeper(customers=customers, agents=agents, callers=self.people, endpoints=self.outbox_records)


async def open_service(settings: Settings, role: Role = Role.BOTH) -> Service:
    """On records of the newest schema."""
    await migrate(settings.records_url)
    service = Service(settings)
    products = await service.articles.products()
    await service.database.close()
    return Service(settings, products, role)


def _keep_what_was_loaded() -> None:
    """A collection of garbage holds up every reply: it need not look through modules and the first copy of the
    knowledge base each time, which takes some 100 ms; nor through what a turn has in hand, several times a turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
