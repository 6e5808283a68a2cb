"""Pages over TLS: read where somebody we trust vouches for the site, refused otherwise."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, open_site, rss


def certificate(folder: Path, *, address: str = "127.0.0.1", days: int = 10) -> Path:
    """A certificate that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=20))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("trusted", "address", "days", "problem"),
    [
        (True, "127.0.0.1", 10, None),
        (False, "127.0.0.1", 10, "certificate"),
        (True, "127.0.0.2", 10, "certificate"),
        (True, "127.0.0.1", -5, "certificate"),
    ],
    ids=["good", "nobody vouches", "another name", "expired"],
)
async def test_certificates_are_verified(tmp_path: Path, trusted: bool, address: str, days: int, problem: str | None) -> None:
    path = certificate(tmp_path, address=address, days=days)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(path)
    async with open_site(tls=tls) as site:
        desk = Desk(site)
        if trusted:
            desk.runner._net.ssl.load_verify_locations(path)
        site.pages |= {"/feed.xml": Page(rss(site.url("/a"))), "/a": article("A")}
        report = await desk.runner.crawl(desk.source("/feed.xml"))
        assert report.new == (problem is None)
        assert (problem is None) or report.message.endswith(f"({problem})")
        await desk.runner.stop()


async def test_a_site_that_does_not_speak_tls_is_named() -> None:
    async def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    site = Site()
    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    site.scheme, site.port = "https", server.sockets[0].getsockname()[1]
    desk = Desk(site)
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert report.message.endswith("(tls)")
    await desk.runner.stop()
    server.close()
    await server.wait_closed()
