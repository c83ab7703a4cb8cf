"""Kinds of change of an API as a whole, and of its extensions."""

from __future__ import annotations

from typing import Final

from sphinxext_apiplug.checks.diff.kind import both

KINDS: Final = (
    both(
        "base-path-changed",
        "breaking",
        "The base path was {before} and is {after} now.",
        "What stands before every path is another, so no old URL is served.",
    ),
    both(
        "microversions-introduced",
        "compatible",
        "The API has microversions now: {after}.",
        "Callers who ask for none get the lowest one.",
        "microversions-abandoned",
    ),
    both(
        "microversions-abandoned",
        "breaking",
        "The API has no microversions any more; it had {before}.",
        "Callers who ask for a microversion get something else, or are refused.",
        "microversions-introduced",
    ),
    both(
        "microversion-maximum-raised",
        "compatible",
        "The highest microversion was {before} and is {after} now.",
        "There are new microversions; who doesn't ask for them notices nothing.",
        "microversion-maximum-lowered",
    ),
    both(
        "microversion-maximum-lowered",
        "breaking",
        "The highest microversion was {before} and is {after} now.",
        "Callers who ask for one of those that are gone are refused.",
        "microversion-maximum-raised",
    ),
    both(
        "microversion-minimum-raised",
        "breaking",
        "The lowest microversion was {before} and is {after} now.",
        "Callers who ask for one of those that are gone are refused; who asks for none "
        "gets a newer one.",
        "microversion-minimum-lowered",
    ),
    both(
        "microversion-minimum-lowered",
        "breaking",
        "The lowest microversion was {before} and is {after} now.",
        "Callers who ask for no microversion get an older one than before.",
        "microversion-minimum-raised",
    ),
    both(
        "microversion-header-changed",
        "breaking",
        "The microversion is asked for with {after} now, no longer with {before}.",
        "The header's name or the service type in its value is another.",
    ),
    both(
        "security-added",
        "breaking",
        "Requests need the header {after} now.",
        "Callers who don't prove who they are are refused.",
        "security-removed",
    ),
    both(
        "security-removed",
        "compatible",
        "Requests don't need the header {before} any more.",
        "Callers need not prove any more who they are.",
        "security-added",
    ),
    both(
        "security-changed",
        "breaking",
        "Callers prove who they are with {after} now, no longer with {before}.",
        "The credentials go into another header.",
    ),
    both(
        "common-status-added",
        "compatible",
        "The service may answer any call with {after} now, whichever extension is asked.",
        "An error has a code of its own that wasn't known to come.",
        "common-status-removed",
    ),
    both(
        "common-status-removed",
        "compatible",
        "The service doesn't answer calls with {before} any more before an extension is asked.",
        "An error isn't known to come any more, unless an operation declares it itself.",
        "common-status-added",
    ),
    both(
        "server-added",
        "documentation",
        "The server {after} is named now.",
        "The description names a server that it didn't name before.",
        "server-removed",
    ),
    both(
        "server-removed",
        "documentation",
        "The server {before} isn't named any more.",
        "The description doesn't name a server any more; whether it still serves isn't said.",
        "server-added",
    ),
    both(
        "title-changed",
        "documentation",
        "The API's title was {before} and is {after} now.",
        "The API is called otherwise.",
    ),
    both(
        "contact-changed",
        "documentation",
        "The contact was {before} and is {after} now.",
        "Others are to be asked about the API.",
    ),
    both(
        "license-changed",
        "documentation",
        "The license was {before} and is {after} now.",
        "The API's description may be used under other terms.",
    ),
    both(
        "extension-added",
        "compatible",
        "{thing} is new.",
        "The API has an extension more; its operations are reported one by one.",
        "extension-removed",
    ),
    both(
        "extension-removed",
        "documentation",
        "{thing} is gone.",
        "The API has an extension less. What went with it, operations or fields, is "
        "reported one by one, so this change alone breaks nobody.",
        "extension-added",
    ),
    both(
        "extension-renamed",
        "documentation",
        "{thing} was called {before} and is called {after} now.",
        "The extension's name is another; its alias is not.",
    ),
    both(
        "extension-moved",
        "documentation",
        "{thing} came with {before} and comes with {after} now.",
        "Another distribution provides the extension.",
    ),
)
