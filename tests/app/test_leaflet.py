"""``bangfu leaflet``: a code is printed only when a telephone can open it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.main import main

_HOST = "127.0.0.1"


class _Page(BaseHTTPRequestHandler):
    """Knows every village code, or none."""

    knows = True

    def do_GET(self) -> None:
        """Answer as the page behind a code does."""
        self.send_response(200 if self.knows and self.path.startswith("/v/V") else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the page over https with a certificate that this process trusts."""
    certificate = _certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = HTTPServer((_HOST, 0), _Page)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://{_HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Return what runs ``bangfu leaflet`` in 会宁县 under a public address."""

    def run(public: str, *words: str) -> Result:
        config = tmp_path / "config.toml"
        config.write_text(f'area = "甘肃省/白银市/会宁县"\n[web]\npublic_address = "{public}"\n')
        options = ["--config", str(config), "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out.pdf")]
        return CliRunner().invoke(main, ["leaflet", *words, *options])

    return run


def test_posters_of_a_township_have_a_page_for_each_of_its_villages(
    run: Callable[..., Result], address: str, tmp_path: Path
) -> None:
    result = run(address, "poster", "--area", "甘肃省/白银市/会宁县/会师镇")
    assert result.exit_code == 0, result.output
    pages = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert f"{len(pages)} 个村" in result.output
    assert any("南家咀头村" in page.get_textpage().get_text_range() for page in pages)


def test_the_leaflet_for_all_is_printed_for_the_county(
    run: Callable[..., Result], address: str, tmp_path: Path
) -> None:
    assert run(address, "report").exit_code == 0
    assert "会宁县" in pypdfium2.PdfDocument(tmp_path / "out.pdf")[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("public", "said"),
    [("", "要填 https://"), ("http://127.0.0.1:8600", "要填 https://"), ("https://127.0.0.1:1", "打不开")],
)
def test_no_code_is_printed_for_an_address_that_is_not_https_or_does_not_answer(
    run: Callable[..., Result], tmp_path: Path, public: str, said: str
) -> None:
    result = run(public, "poster", "--area", "甘肃省/白银市/会宁县/会师镇/南家咀头村")
    assert result.exit_code == 1
    assert said in result.output
    assert not (tmp_path / "out.pdf").exists()


def test_no_code_is_printed_when_another_installation_answers(
    run: Callable[..., Result], address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Page, "knows", False)
    result = run(address, "report")
    assert result.exit_code == 1
    assert "不认这个村码" in result.output
    assert not (tmp_path / "out.pdf").exists()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(_HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "page.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return file
