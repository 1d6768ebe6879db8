"""The key pair by which push services know this site (VAPID, RFC 8292)."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .encoding import decoded, encoded

HOLDS = timedelta(hours=12)  # a signature; services accept at most a day
_log = structlog.get_logger(__name__)
_CURVE = ec.SECP256R1()


def made() -> str:
    """A new private key: 32 bytes, base64url."""
    key = ec.generate_private_key(_CURVE)
    return encoded(key.private_numbers().private_value.to_bytes(32, "big"))


def place() -> Path:
    """The file of the private key, where no setting gives one."""
    return settings.DATA_DIR / "vapid-key"


def private() -> ec.EllipticCurvePrivateKey:
    """The key of the setting, or that of the data folder; made there if there is none.

    Raises ImproperlyConfigured for what is no key, OSError when the folder can't be used.
    """
    return _read(settings.VAPID_PRIVATE_KEY or _kept())


def public() -> str:
    """The other half, as browsers want it: 65 bytes, base64url. Empty when there can't be one:
    then nobody is asked to subscribe, and the log says why."""
    try:
        return encoded(point(private().public_key()))
    except (OSError, ImproperlyConfigured) as error:
        _log.error("push.no_key", kind=type(error).__name__)
        return ""


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as it goes over the line: 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def authorization(audience: str, *, at: datetime) -> str:
    """The header that says who sends. `audience` is the origin of the push service."""
    key = private()
    until = int((at + HOLDS).timestamp())
    claims = {"aud": audience, "exp": until, "sub": settings.PUSH_CONTACT}
    token = ".".join(_part(each) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(token.encode(), ec.ECDSA(SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={token}.{signature}, k={encoded(point(key.public_key()))}"


def _part(claims: Mapping[str, object]) -> str:
    return encoded(json.dumps(claims).encode())


@cache
def _read(text: str) -> ec.EllipticCurvePrivateKey:
    try:
        return ec.derive_private_key(int.from_bytes(decoded(text.strip()), "big"), _CURVE)
    except ValueError as error:
        raise ImproperlyConfigured(
            "DELIBERATION_VAPID_PRIVATE_KEY, or the file vapid-key in the data folder, is no key. "
            "Make one with: deliberation vapid --new"
        ) from error


def _kept() -> str:
    """Put in its place in one go, whole: of several processes that make one, the first wins."""
    if not place().exists():
        place().parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=place().parent, prefix="vapid-") as file:  # mode 600
            file.write(made())
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, place())
    return place().read_text()
