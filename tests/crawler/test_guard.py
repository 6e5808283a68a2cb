"""Nothing is dialled, and nothing is asked of the proxy, that is neither public nor allowed."""

from __future__ import annotations

import socket

import pytest

from crawler.net import Net
from crawler.problems import Trouble
from racewire.config import Crawl
from tests.crawler.conftest import Desk
from tests.crawler.site import Page, Site, article, open_site, rss

FORBIDDEN = [
    "http://127.0.0.1/", "http://localhost/", "http://localhost.:80/", "http://x.localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/",
    "http://127.1/", "http://１２７.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest", "http://10.0.0.1/",
    "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://168.63.129.16/", "https://127.0.0.1:8443/",
]  # fmt: skip


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:8899"])
@pytest.mark.parametrize("url", FORBIDDEN)
async def test_a_forbidden_address_in_any_spelling_is_refused(url: str, proxy: str | None) -> None:
    net = Net(Crawl.model_validate({"proxy": proxy} if proxy else {}))
    with pytest.raises(Trouble) as trouble:
        net.check(url)
    assert (trouble.value.problem, trouble.value.state) == ("forbidden-address", "refused")
    await net.close()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "data:text/html,x",
        "http:///x",
        "http://[1/",
        "http://a.example:99999/",
        "nothing",
    ],
)
async def test_what_is_no_web_address_is_refused(url: str) -> None:
    net = Net(Crawl())
    with pytest.raises(Trouble) as trouble:
        net.check(url)
    assert trouble.value.problem == "bad-scheme"
    await net.close()


async def test_what_is_allowed_by_name_and_port_may_be_asked() -> None:
    net = Net(Crawl.model_validate({"allow_private": ["127.0.0.1:8898"]}))
    net.check("http://127.0.0.1:8898/x")
    net.check("http://93.184.216.34/")
    net.check("https://paper.example/")
    with pytest.raises(Trouble):
        net.check("http://127.0.0.1:8897/x")
    await net.close()


def resolve_to(monkeypatch: pytest.MonkeyPatch, port: int, *addresses: str) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (one, port, 0, 0))
            if ":" in one
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("169.254.169.254",), ("10.1.2.3",), ("::1",), ("127.0.0.1", "10.0.0.1"), ("::1", "127.0.0.1", "fe80::1")],
)
async def test_a_name_that_resolves_to_private_addresses_is_not_dialled(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    async with open_site() as secret:
        resolve_to(monkeypatch, secret.port, *addresses)
        report = await desk.runner.crawl(
            desk.source("/").model_copy(update={"url": f"http://rebound.example:{secret.port}/feed.xml"})
        )
        assert report.problem == "robots-unreachable"
        assert report.message.endswith("(forbidden-address)")
        assert secret.asked == []


async def test_a_private_name_that_is_allowed_may_be_dialled(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(site, allow_private=[f"paper.internal:{site.port}"])
    resolve_to(monkeypatch, site.port, "127.0.0.1")
    site.pages |= {
        "/feed.xml": Page(rss(f"http://paper.internal:{site.port}/a", f"http://other.internal:{site.port}/b")),
        "/a": article("A"),
    }
    report = await desk.runner.crawl(desk.source("/").model_copy(update={"url": f"http://paper.internal:{site.port}/feed.xml"}))
    assert (report.outcome, report.new, report.failed) == ("ok", 1, 1)
    assert site.targets() == ["/feed.xml", "/a"]
    await desk.runner.stop()


async def test_a_redirect_to_another_loopback_port_is_not_followed(desk: Desk, site: Site) -> None:
    async with open_site() as secret:
        site.pages["/feed.xml"] = Page(rss(site.url("/a"), secret.url("/direct")))
        site.pages["/a"] = Page(status=302, headers={"Location": secret.url("/secret")})
        report = await desk.runner.crawl(desk.source("/feed.xml"))
        assert (report.new, report.refused) == (0, 2)
        assert {problem for _, problem, _ in desk.store.problems.values()} == {"forbidden-address"}
        assert secret.asked == []


async def test_all_goes_through_the_proxy_robots_txt_included(site: Site) -> None:
    desk = Desk(site, proxy=site.root, allow_private=())
    site.pages |= {
        "http://paper.example/feed.xml": Page(
            rss("http://paper.example/a", "http://169.254.169.254/latest", "http://localhost/x")
        ),
        "http://paper.example/a": article("A"),
    }
    report = await desk.runner.crawl(desk.source("/").model_copy(update={"url": "http://paper.example/feed.xml"}))
    assert (report.outcome, report.new, report.refused) == ("ok", 1, 2)
    assert [asked.target for asked in site.asked] == [
        "http://paper.example/robots.txt",
        "http://paper.example/feed.xml",
        "http://paper.example/a",
    ]
    await desk.runner.stop()


async def test_the_environment_names_no_proxy(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages |= {"/feed.xml": Page(rss(site.url("/a"))), "/a": article("A")}
    assert (await desk.runner.crawl(desk.source("/feed.xml"))).new == 1


async def test_a_certificate_that_nobody_vouches_for_is_refused(desk: Desk) -> None:
    assert desk.runner._net.ssl.check_hostname
    assert desk.runner._net.ssl.verify_mode.name == "CERT_REQUIRED"


async def test_no_download_goes_past_the_guard(desk: Desk, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    desk.runner._scrapy.settings.set(
        "DOWNLOAD_HANDLERS", {"http": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"}, priority="cmdline"
    )
    report = await desk.runner.crawl(desk.source("/feed.xml"))
    assert (report.outcome, report.problem) == ("failed", "internal")
    assert site.asked == []
    assert "guard" in caplog.text
