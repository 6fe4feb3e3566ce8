"""A time-stamping authority on a free port: OpenSSL answers, so that not both sides are ours."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from binglian.papers.signing.authority import make_key

_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


@contextmanager
def time_authority(folder: Path) -> Iterator[tuple[str, x509.Certificate]]:
    """Its address and its root."""
    root = _prepare(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), _answering(folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa", root
        finally:
            server.shutdown()
            thread.join()


def _answering(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = folder / f"{threading.get_ident()}.tsq"
            asked.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            made = subprocess.run(
                ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-section", "one",
                 "-queryfile", asked],
                capture_output=True, check=True,
            ).stdout  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(made)))
            self.end_headers()
            self.wfile.write(made)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Answering


def _prepare(folder: Path) -> x509.Certificate:
    now, root_key, key = datetime.now(UTC), make_key(), make_key()
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time Root")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time")])

    def begun(subject: x509.Name, public) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(days=1))
        )

    root = (
        begun(root_name, root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        begun(name, key.public_key())
        .add_extension(stamping, critical=True)
        .sign(root_key, hashes.SHA256())
    )
    (folder / "tsa.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "tsa.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    return root
