"""The client library: calls to the service, in a session of keystoneauth's.

A command gets one :class:`Client`; nothing is sent until something is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

import requests
from keystoneauth1 import adapter, discover, exceptions, session

from compute_example.cli.errors import ClientError, error_from
from compute_example.cli.versions import Microversion, newest_common, parse

SERVICE_TYPE: Final = "compute"
_MAJOR: Final = "2.1"


class Client:
    """Calls to one service.

    :param connection: the session, with its authentication
    :param endpoint: the service's address, with or without ``/v2.1``
    :param microversion: the version to ask for; default: the newest that both know
    """

    def __init__(
        self,
        connection: session.Session,
        endpoint: str,
        microversion: Microversion | None = None,
    ) -> None:
        self._connection = connection
        self._endpoint = endpoint
        self._chosen = microversion

    @cached_property
    def microversion(self) -> Microversion:
        """The version that calls ask for: the chosen one, else the newest that both know."""
        if self._chosen is not None:
            return self._chosen
        oldest, newest = self.discovered.min_microversion, self.discovered.max_microversion
        if oldest is None or newest is None:
            raise ClientError(f"the service at {self._endpoint} doesn't say what it speaks")
        return newest_common(Microversion(*map(int, oldest)), Microversion(*map(int, newest)))

    @cached_property
    def discovered(self) -> discover.VersionData:
        """What version discovery says of the API that these commands call."""
        try:
            data = self._discovery.versioned_data_for(min_version=_MAJOR, max_version="2.latest")
        except TypeError as error:
            raise _stranger(self._endpoint, error) from error
        if data is None:
            raise ClientError(f"the service at {self._endpoint} has no API of version {_MAJOR}")
        return data

    def versions(self) -> list[discover.VersionData]:
        """All versions of the API that the service tells of at the address that was given."""
        try:
            return self._discovery.version_data()
        except TypeError as error:
            raise _stranger(self._endpoint, error) from error

    @cached_property
    def _discovery(self) -> discover.Discover:
        address = self._endpoint.rstrip("/") + "/"
        try:
            return discover.Discover(self._connection, address, authenticated=True)
        except (exceptions.DiscoveryFailure, TypeError) as error:
            raise _stranger(self._endpoint, error) from error
        except exceptions.HttpError as error:
            raise _refused(error, self._endpoint) from error
        except (exceptions.ClientException, requests.RequestException) as error:
            raise _unreachable(error, self._endpoint) from error

    def require(self, what: str, *, since: str = "", until: str = "") -> None:
        """Say early that something isn't in the microversion that is spoken.

        :param what: an option or a command, as the person wrote it
        :param since: the first microversion that has it, such as ``2.2``
        :param until: the last one
        :raises ClientError: if :attr:`microversion` is older or newer
        """
        spoken = self.microversion
        newer = since and spoken < parse(since)
        if newer or (until and spoken > parse(until)):
            needed = f"{since} or newer" if newer else f"{until} or older"
            asked = "what you asked for" if self._chosen else "the newest that both sides speak"
            raise ClientError(f"{what} needs microversion {needed}; {spoken} is {asked}")

    def get(self, path: str, query: Mapping[str, object] | None = None) -> Any:
        """What is at *path*: an answer's JSON.

        :param path: below the base path, quoted: ``/servers/…``
        :param query: parameters; those that are ``None`` are left out
        :raises ClientError: as :meth:`call`
        """
        return self.call("GET", path, query=query)

    def pages(
        self, path: str, query: Mapping[str, object] | None = None, *, key: str
    ) -> Iterator[dict[str, Any]]:
        """All items of a collection, however many pages the service makes of them.

        :param query: parameters of the first call; links to further pages have theirs
        :param key: what the items stand under, as in ``servers``; links in ``servers_links``
        """
        asked = dict(query or {})
        seen: list[dict[str, object]] = []
        while asked not in seen:
            seen.append(asked)
            answer = self.get(path, asked)
            yield from member(answer, key)
            links = answer.get(f"{key}_links") or ()
            following = next((link["href"] for link in links if link.get("rel") == "next"), None)
            if following is None:
                return
            # Where the service believes itself to be may not be where it can be reached.
            asked = dict(parse_qsl(urlsplit(following).query))
        raise ClientError(f"the pages of {path} lead back to one that was read already")

    def call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Any:
        """One call.

        :param body: what to send as JSON
        :param query: parameters; those that are ``None`` are left out
        :returns: the answer's JSON; ``None`` if it has no content
        :raises NotFoundError: for 404
        :raises ClientError: for every other refusal, and if nobody answers
        """
        version = str(self.microversion)
        sent = {name: value for name, value in (query or {}).items() if value is not None}
        try:
            response = self._adapter.request(
                path, method, json=body, params=sent, microversion=version, raise_exc=False
            )
        except (exceptions.ClientException, requests.RequestException) as error:
            raise _unreachable(error, self._endpoint) from error
        if response.status_code >= 400:
            raise error_from(response, version)
        return _json_of(response)

    @cached_property
    def _adapter(self) -> adapter.Adapter:
        return adapter.Adapter(
            self._connection,
            service_type=SERVICE_TYPE,
            endpoint_override=self.discovered.url.rstrip("/"),
        )


def at(*parts: str) -> str:
    """A path of segments, each quoted: ``at("servers", "a/b")`` is ``/servers/a%2Fb``.

    :raises ClientError: for a segment that would lead elsewhere
    """
    for part in parts:
        if part in {"", ".", ".."}:
            raise ClientError(f"{part!r} is no name and no id")
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def member(answer: Any, key: str) -> Any:
    """What an answer has under its one key.

    :raises ClientError: if the answer is of another shape
    """
    if not isinstance(answer, dict) or key not in answer:
        raise ClientError(f"the service's answer has no {key!r}: is it the service you meant?")
    return answer[key]


def _json_of(response: requests.Response) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except requests.exceptions.JSONDecodeError as error:
        raise ClientError(
            f"the answer of {response.url} is not JSON: is it the service you meant?"
        ) from error


def _stranger(endpoint: str, error: Exception) -> ClientError:
    """Somebody answers version discovery, but not as the service does."""
    return ClientError(f"what answers at {endpoint} is not this service: {error}")


def _refused(error: exceptions.HttpError, endpoint: str) -> ClientError:
    """Version discovery was answered with an error."""
    if error.response is None:
        return ClientError(f"the service at {endpoint} failed: {error}")
    return error_from(error.response)


def _unreachable(error: Exception, endpoint: str) -> ClientError:
    """Nobody answered, or not in time."""
    match error:
        case exceptions.ConnectTimeout():
            why = "it doesn't answer in time"
        case exceptions.SSLError():
            why = f"its certificate is not trusted ({error})"
        case exceptions.ConnectFailure():
            why = "nothing answers there; is the service running?"
        case _:
            why = str(error)
    return ClientError(f"can't reach the service at {endpoint}: {why}")
