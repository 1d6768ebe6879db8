"""What we send, so that only the browser can read it (RFC 8291: aes128gcm in one record)."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .keys import point

RECORD = 4096  # bytes; what every push service takes
MOST = RECORD - 17 - 86  # bytes of plain text: without the mark, the seal and the head
_LAST = b"\x02"  # no record comes after this one


def reader(p256dh: bytes) -> ec.EllipticCurvePublicKey:
    """The browser's public key. Raises ValueError for what is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)


def sealed(
    plain: bytes,
    *,
    p256dh: bytes,
    auth: bytes,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of the request. `ours` and `salt` are chance: new for each message."""
    if len(plain) > MOST:
        raise ValueError("too long for one record")
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    sender = point(ours.public_key())
    shared = ours.exchange(ec.ECDH(), reader(p256dh))
    secret = _derived(auth, b"WebPush: info\0" + p256dh + sender, 32, shared)
    key = _derived(salt, b"Content-Encoding: aes128gcm\0", 16, secret)
    nonce = _derived(salt, b"Content-Encoding: nonce\0", 12, secret)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return head + AESGCM(key).encrypt(nonce, plain + _LAST, None)


def _derived(salt: bytes, info: bytes, length: int, secret: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
