"""Ed25519 signatures: one private key signs, anybody with the public key checks."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from storage.errors import PublicKeyError

_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)


@dataclass(frozen=True)
class PublicKey:
    """The half that checks. ``fingerprint`` names it in the rows that it checks."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """The first half of the hash of the key, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()[:32]

    @property
    def pem(self) -> str:
        """The key as a PEM file, as other tools read it."""
        return (
            Ed25519PublicKey.from_public_bytes(self.raw)
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    def holds(self, signature: bytes, text: str) -> bool:
        """Tell whether *signature* was made over *text* with the private half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode(errors="surrogatepass"))
        except InvalidSignature:
            return False
        return True


class Signer:
    """The private half, from 32 random bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._tagging = HKDF(hashes.SHA256(), length=32, salt=None, info=b"bangfu tag").derive(seed)
        self.public = PublicKey(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text: str) -> bytes:
        """Return the signature over *text*."""
        return self._key.sign(text.encode())

    def tag(self, text: str) -> bytes:
        """Return 32 bytes that only who has this key can make of *text*: short where a signature is too long."""
        return hmac.new(self._tagging, text.encode(), hashlib.sha256).digest()


def read_public_keys(content: bytes) -> tuple[PublicKey, ...]:
    """Return the public keys of a PEM file; after a change of keys it holds the old ones too.

    Raises:
        PublicKeyError: there is no Ed25519 public key in it, or one of another kind.
    """
    keys = []
    for block in _PEM.findall(content):
        try:
            key = load_pem_public_key(block)
        except ValueError as error:
            raise PublicKeyError("a damaged public key") from error
        if not isinstance(key, Ed25519PublicKey):
            raise PublicKeyError("a public key that is not Ed25519")
        keys.append(PublicKey(key.public_bytes(Encoding.Raw, PublicFormat.Raw)))
    if not keys:
        raise PublicKeyError("no public key in the file")
    return tuple(keys)
