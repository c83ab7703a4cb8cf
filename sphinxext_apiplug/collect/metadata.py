"""What a service's distribution says of the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from email.utils import parseaddr
from importlib import metadata
from typing import Final

from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Api, Contact, License
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.base import Plugin

# What older packaging tools write where nothing is said.
_NOT_SAID: Final = "UNKNOWN"


def main_distribution(plugins: Sequence[Plugin]) -> str:
    """The distribution that most extensions come from: the service itself."""
    counts = Counter(plugin.distribution for plugin in plugins if plugin.distribution)
    return min(counts, key=lambda name: (-counts[name], name), default="")


def describe_api(
    name: str, settings: ApiSettings, distribution: str, found: VersionRange | None
) -> Api:
    """The API as the settings describe it, completed from the distribution.

    :param distribution: may be empty, if nothing could be loaded
    :param found: the microversions that the service says it accepts
    """
    facts = _facts(distribution)
    return Api(
        name=name,
        namespace=settings.origin,
        title=settings.title or (f"{distribution} API" if distribution else name),
        version=settings.version or facts.get("version", ""),
        description=settings.description or facts.get("summary", ""),
        base_path=settings.base_path,
        service_type=settings.service_type,
        microversions=settings.version_range() or found,
        microversion_header=settings.microversion_header,
        servers=settings.servers,
        contact=settings.contact or _contact(facts),
        license=settings.license or _license(facts),
        security=settings.security,
        source_url=settings.source_url,
    )


def _facts(distribution: str) -> dict[str, str]:
    """The fields of the metadata file that say one thing once, in lower case."""
    if not distribution:
        return {}
    try:
        fields = metadata.distribution(distribution).metadata
    except metadata.PackageNotFoundError:
        return {}
    said = {key.lower(): str(fields[key]) for key in fields}
    return {key: value for key, value in said.items() if value != _NOT_SAID}


def _contact(facts: dict[str, str]) -> Contact | None:
    name, email = parseaddr(facts.get("author-email", ""))
    name = facts.get("author", "") or name
    if not name and not email:
        return None
    url = facts.get("home-page", "")
    web = url if url.startswith(("https://", "http://")) else None
    return Contact(name=name or email, url=web, email=email or None)


def _license(facts: dict[str, str]) -> License | None:
    expression = facts.get("license-expression") or facts.get("license", "")
    # Some distributions put the whole text of the licence here.
    if not expression or len(expression) > 100 or "\n" in expression:
        return None
    is_identifier = " " not in expression
    return License(name=expression, identifier=expression if is_identifier else None)
