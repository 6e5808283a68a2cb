"""What may be dialled: the ranges, the spellings, and the addresses that the config names."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.addresses import Policy, is_public, literal_address, split_host_port

FORBIDDEN = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2002:7f00:1::1 2002:c0a8:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1
"""
PUBLIC = """
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 198.17.255.255 198.20.0.1 223.255.255.255
2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
"""


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Policy().permits(address, 80)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_permitted(address: str) -> None:
    assert Policy().permits(address, 443)


LOOPBACK = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.0.0.1. [127.0.0.1] １２７.０.０.１ 127。0。0。1
localhost LOCALHOST. news.localhost
"""


@pytest.mark.parametrize("host", LOOPBACK.split())
def test_every_spelling_of_loopback_is_seen(host: str) -> None:
    assert literal_address(host) == IPv4Address("127.0.0.1")
    assert not Policy().permits_host(host, 80)


@pytest.mark.parametrize(
    "host", ["example.org", "0x7f.example", "1.2.3.4.5", "256.1.1.1", "1.2.3.999", "09.1.1.1", "", "-1", "1_0.0.0.1"]
)
def test_names_are_no_addresses(host: str) -> None:
    assert literal_address(host) is None


def test_only_the_named_port_of_a_private_address_is_allowed() -> None:
    policy = Policy(["127.0.0.1:8898", "[::1]:25", "mail.internal:587"])
    assert policy.permits("127.0.0.1", 8898)
    assert policy.permits("::ffff:127.0.0.1", 8898)
    assert not policy.permits("127.0.0.1", 8899)
    assert not policy.permits("127.0.0.2", 8898)
    assert policy.permits("::1", 25)
    assert policy.permits("10.0.0.5", 587, name="mail.internal")
    assert not policy.permits("10.0.0.5", 587)
    assert not policy.permits("10.0.0.5", 587, name="evil.example")
    assert not policy.permits("no address", 587)


def test_localhost_allows_both_loopbacks_when_asked_by_name() -> None:
    policy = Policy(["localhost:25"])
    assert policy.permits("127.0.0.1", 25)
    assert policy.permits("::1", 25, name="localhost")
    assert not policy.permits("::1", 25)


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", ":80", "host:", "host:99999", "http://host:80", "host:80/x", "u@host:80", "[::1", ""]
)
def test_a_wrong_entry_is_told(entry: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        Policy([entry])
    with pytest.raises(ValueError):
        split_host_port(entry)


@given(st.ip_addresses(v=4))
def test_wrapping_never_changes_the_answer(address: IPv4Address) -> None:
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"):
        assert is_public(ip_address(wrapped)) == is_public(address)


@given(st.text(max_size=40))
def test_any_text_is_answered(host: str) -> None:
    literal_address(host)
    Policy().permits(host, 80)
    Policy().permits_host(host, 80)


@given(st.ip_addresses(v=4))
def test_number_spellings_agree(address: IPv4Address) -> None:
    for spelling in (str(int(address)), hex(int(address)), "0" + oct(int(address))[2:]):
        assert literal_address(spelling) == address
