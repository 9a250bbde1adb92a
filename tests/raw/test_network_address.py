"""Addresses: which hosts are outside."""

import pytest

from pipelines.raw.network_address import is_public

PUBLIC = (
    "93.184.216.34 2606:2800:220:1::1 ::ffff:93.184.216.34 2002:5db8:d822::1 64:ff9b::5db8:d822"
)
INSIDE = """10.0.0.1 172.16.0.1 192.168.1.1 127.8.8.8 169.254.169.254 100.64.0.1 224.0.0.1 240.0.0.1
    0.0.0.0 255.255.255.255 198.18.0.1 ::1 :: fe80::1%lo fd00::1 fec0::1 ff02::1 2001:db8::1 2001::1
    ::ffff:127.0.0.1 ::127.0.0.1 2002:7f00:1::1 64:ff9b::a00:1 64:ff9b:1::5db8:d822"""


@pytest.mark.parametrize("address", [*PUBLIC.split(), *INSIDE.split()])
def test_only_addresses_outside_are_public(address: str) -> None:
    assert is_public(address) is (address in PUBLIC.split())
