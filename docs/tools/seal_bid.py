"""Seal a bid offline, make and split a tender key. One file; needs Python 3.9 and `pip install cryptography`.

    python seal_bid.py seal --section ID --bidder ID --version 1 --key HEX --statement statement.json --out bid FILE…
    python seal_bid.py new-key

`seal` writes OUT.json (what is announced) and OUT.bin (what is uploaded). The format is described in bid-format.md.
`new-key` prints a public key and three shares of the private one; any two of them open. It is never stored.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import secrets
import struct
import sys

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

STEP = 64 * 1024
CURVE = ec.SECP256R1()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def point_of(public):
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(section, bidder, version, tender_key, statement, files):
    """Return (what is announced, the ciphertext)."""
    bound = f"suqian-bid-v1\n{section}\n{bidder}\n{version}".encode()
    ephemeral, content_key, salt = ec.generate_private_key(CURVE), secrets.token_bytes(32), secrets.token_bytes(32)
    point = point_of(ephemeral.public_key())
    shared = ephemeral.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, tender_key))
    info = b"suqian-bid-key-v1\n" + bound
    wrapping = HKDF(algorithm=hashes.SHA256(), length=32, salt=point, info=info).derive(shared)
    listed = [{"name": n, "size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in files]
    header = canonical({"statement": statement, "salt": base64.b64encode(salt).decode(), "files": listed})
    plain = struct.pack(">I", len(header)) + header + b"".join(data for _, data in files)
    plain += bytes(-len(plain) % STEP)
    count, cipher, body = len(plain) // STEP, AESGCM(content_key), bytearray()
    for index in range(count):
        step = plain[index * STEP : (index + 1) * STEP]
        body += cipher.encrypt(struct.pack(">IQ", 0, index), step, bound + struct.pack(">QQ", index, count))
    return {
        "section_id": section,
        "bidder_id": bidder,
        "bid_version": version,
        "key_id": hashlib.sha256(tender_key).hexdigest()[:16],
        "point": point.hex(),
        "wrapped": AESGCM(wrapping).encrypt(bytes(12), content_key, bound).hex(),
        "commitment": hashlib.sha256(salt + canonical(statement)).hexdigest(),
        "step_count": count,
        "sha256": hashlib.sha256(body).hexdigest(),
    }, bytes(body)


def times(left, right):
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = (left << 1) ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


def split(secret):
    """Three shares, any two of which give the secret back (Shamir over GF(256), the place in the last byte)."""
    slopes = secrets.token_bytes(len(secret))
    return [bytes(secret[i] ^ times(slopes[i], x) for i in range(len(secret))) + bytes([x]) for x in (1, 2, 3)]


def new_key():
    """Return the public key and the shares of the private one."""
    private = ec.generate_private_key(CURVE)
    shares = split(private.private_numbers().private_value.to_bytes(32, "big"))
    return {
        "public_key": point_of(private.public_key()).hex(),
        "shares": [{"share": share.hex(), "sha256": hashlib.sha256(share).hexdigest()} for share in shares],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("new-key")
    sealing = commands.add_parser("seal")
    for name in ("section", "bidder", "key", "statement", "out"):
        sealing.add_argument(f"--{name}", required=True)
    sealing.add_argument("--version", type=int, required=True)
    sealing.add_argument("files", nargs="*", type=pathlib.Path)
    given = parser.parse_args()
    if given.command == "new-key":
        sys.stdout.write(json.dumps(new_key(), indent=2) + "\n")
        return
    statement = json.loads(pathlib.Path(given.statement).read_text(encoding="utf-8"))
    files = [(path.name, path.read_bytes()) for path in given.files]
    announced, body = seal(given.section, given.bidder, given.version, bytes.fromhex(given.key), statement, files)
    pathlib.Path(given.out + ".json").write_text(json.dumps(announced, indent=2) + "\n", encoding="utf-8")
    pathlib.Path(given.out + ".bin").write_bytes(body)


if __name__ == "__main__":
    main()
