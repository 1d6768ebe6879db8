"""Which addresses we call. A browser names its push service, and whoever is a browser may lie:
without this, anyone could have us knock on doors inside our own network.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443
_TRANSLATED = IPv6Network("64:ff9b::/96")  # an IPv4 address in IPv6 clothes
# Of our own: a name server that does not answer holds up no end of a round.
_NAMES = ThreadPoolExecutor(4, thread_name_prefix="names")


class NotAllowed(Exception):
    """An address that we don't call; the text says why."""


class Target(NamedTuple):
    """A push service: `origin` is how it is called, `path` what is asked there."""

    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        return f"https://{self.host}" + ("" if self.port == HTTPS else f":{self.port}")


def target(endpoint: str) -> Target:
    """The parts of an endpoint. Raises NotAllowed."""
    try:
        found, port = urlsplit(endpoint), urlsplit(endpoint).port or HTTPS
    except ValueError as error:
        raise NotAllowed("not an address") from error
    host = found.hostname or ""
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise NotAllowed("not an address")
    if found.scheme != "https" or found.username is not None or not host:
        raise NotAllowed("not an https address")
    if host not in settings.PUSH_HOSTS and (port != HTTPS or not _is_name(host)):
        raise NotAllowed("not the name of a public host")
    path = (found.path or "/") + (f"?{found.query}" if found.query else "")
    return Target(host, port, path)


async def addresses(where: Target) -> list[str]:
    """Where the host is; call one of these, not the name again: it may answer otherwise.

    Raises NotAllowed if any of them is not public, OSError if it has none.
    """
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_NAMES, _look_up, where)
    if where.host not in settings.PUSH_HOSTS and not all(is_public(each) for each in found):
        raise NotAllowed("a host inside a network of its own")
    return found


def is_public(address: str) -> bool:
    """Whether everyone on the internet can call it; also if it is an IPv4 address in disguise."""
    found = ip_address(address.partition("%")[0])
    inner = _inside(found) if isinstance(found, IPv6Address) else None
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _look_up(where: Target) -> list[str]:
    found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _is_name(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        # Also of a number that a resolver takes for an address, as 2130706433.
        return "." in host.rstrip(".") and not host.rstrip(".").rpartition(".")[2].isdecimal()
    return False
