"""The automations of `deployments/automations.yaml` on a server: made by name, changed where they differ."""

from pathlib import Path
from typing import Any

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.actions import CallWebhook, DoNothing
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound
from pydantic import SecretStr, TypeAdapter

from flows.declared import AUTOMATIONS, DeclaredAutomation, DeclaredAutomations, parse
from flows.settings import Settings

_BLOCK = "qingliu"


def provision_automations(client: SyncPrefectClient, settings: Settings, path: Path = AUTOMATIONS) -> list[str]:
    """Make what is missing, change what differs, remove what is declared no longer.

    Returns:
        What was done, a line each.
    """
    declared = parse(path, DeclaredAutomations)
    done, call = _webhook(client, settings.webhook, declared.payload)
    there = {one.name: one for one in client.read_automations()}
    for one in declared.automations:
        wanted = _automation(one, call)
        found = there.pop(wanted.name, None)
        if found is None:
            client.create_automation(wanted)
            done.append(f"automation {wanted.name}: made")
        elif _told(found) != _told(wanted):
            client.update_automation(found.id, wanted.model_copy(update={"enabled": found.enabled}))
            done.append(f"automation {wanted.name}: changed")
    for name, old in there.items():
        if name.startswith("qingliu: "):
            client.delete_automation(old.id)
            done.append(f"automation {name}: no longer declared, removed")
    return done


def _webhook(client: SyncPrefectClient, url: str | None, payload: str) -> tuple[list[str], CallWebhook | None]:
    """The block that holds the webhook's address (encrypted by the server), and the action that calls it."""
    if url is None:
        return [], None
    done = []
    try:
        document = client.read_block_document_by_name(_BLOCK, "webhook")
        known = document.data.get("url") == url
    except ObjectNotFound:
        known = False
    if not known:
        Webhook(method="POST", url=SecretStr(url)).save(_BLOCK, overwrite=True)
        document = client.read_block_document_by_name(_BLOCK, "webhook")
        done.append("webhook: set")
    return done, CallWebhook(block_document_id=document.id, payload=payload)


def _automation(one: DeclaredAutomation, call: CallWebhook | None) -> AutomationCore:
    actions: list[Any] = [*one.actions, *([call] if one.notify and call else [])]
    return TypeAdapter(AutomationCore).validate_python(
        {
            "name": one.name,
            "description": one.description,
            "tags": ["qingliu"],
            "trigger": one.trigger,
            # Prefect wants one, and shows that it was triggered in either case.
            "actions": actions or [DoNothing()],
        }
    )


def _told(one: AutomationCore) -> tuple[object, ...]:
    # Compared as models: the events of a trigger are a set, which JSON would put in a different order each time.
    return one.description, one.tags, one.trigger, one.actions
