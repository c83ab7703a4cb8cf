"""What a service answers when it refuses, whichever extension was asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sphinxext_apiplug.collect.declared import ApiSettings, ServiceError
from sphinxext_apiplug.collect.sources import Source
from sphinxext_apiplug.inventory.model import Operation, Response, Schema
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.inventory.versions import gaps
from sphinxext_apiplug.readers.base import Context
from sphinxext_apiplug.readers.responses import description_of

_SETTING = "fault_schema"


def read_fault_schema(
    source: Source, settings: ApiSettings, given_up: Mapping[str, Problem], context: Context
) -> Schema | None:
    """The schema of the bodies of errors, from the service's code.

    :return: ``None`` if the settings name none, or if it can't be read, which is reported
    """
    if settings.fault_schema is None:
        return None
    plugin = source.load_named(_SETTING, settings.fault_schema, given_up, context)
    if plugin is None:
        return None
    result = context.schemas.normalised(plugin.loaded[0])
    module, _, name = plugin.target.partition(":")
    place = context.places.of_value(sys.modules[module], name)
    for finding in result.findings:
        context.report(
            finding.kind, plugin, finding.message, source=place, pointer=finding.pointer
        )
    # A schema that allows anything says nothing.
    return None if result.schema in ({}, True) else result.schema


def common_errors(operation: Operation, settings: ApiSettings) -> Iterator[tuple[int, str]]:
    """(status, why) of what the service answers before an operation is asked."""
    for status, error in sorted(settings.errors.items()):
        declared = ServiceError(description=error) if isinstance(error, str) else error
        if declared.when == "always" or operation.request:
            yield status, declared.description


def with_common_errors(operation: Operation, settings: ApiSettings) -> tuple[Response, ...]:
    """The answers of an operation, and the service's own where it has none of that code.

    Where it has one, the service's reason is told beside those of the operation.
    """
    common = dict(common_errors(operation, settings))
    responses = [_told(item, common.get(item.status, "")) for item in operation.responses]
    for status, reason in common.items():
        held = [item.versions for item in operation.responses if item.status == status]
        responses += [
            Response(
                status=status,
                description=description_of(status, [reason]),
                versions=versions,
                common=True,
            )
            for versions in gaps(operation.versions, held)
        ]
    return sort_responses(responses)


def _told(response: Response, reason: str) -> Response:
    """An answer with one more reason for it."""
    phrase, _, added = description_of(response.status, [reason]).partition(": ")
    if not added:
        return response
    own = response.description.removeprefix(phrase).removeprefix(": ")
    text = f"{phrase}: {own}; {added}" if own else f"{phrase}: {added}"
    return msgspec.structs.replace(response, description=text)


def sort_responses(responses: Sequence[Response]) -> tuple[Response, ...]:
    """In the order in which they are published."""
    return tuple(sorted(responses, key=lambda item: (item.status, item.versions.sort_key)))
