"""Connections: only to checked addresses outside, with valid certificates and no proxy."""

import ssl
from dataclasses import replace

import pytest
from misbehaving_server import make_certificate, serving

from pipelines.raw.transport import NetworkEnvironment

pytest_plugins = ["downloads"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0"])
def test_this_machine_is_refused(host, server, refused, waits) -> None:
    world = NetworkEnvironment(wait=waits.append)
    refused("not a public address", server.at("good.csv", host), network=world)
    assert server.asked.total() == 0
    assert waits == []


def test_a_redirect_to_this_machine_is_refused(server, refused, network) -> None:
    inside = replace(network, resolve=lambda host: [host.replace("localhost", "127.0.0.2")])
    refused("localhost is at 127.0.0.2", server.at("to-loopback"), network=inside)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("table.csv", "neither http nor https"), ("http://[::x]/", "no sound address"),
        ("ftp://data.example/", "neither http nor https"), ("http:///x", "neither http nor https"),
        ("https://me:secret@data.example/", "password in the address"),
        ("http://data.example:x\n/", "no sound address"), (f"http://{'x' * 64}/", "no sound"),
    ],
)  # fmt: skip
def test_an_unsound_address_is_refused(address, words, refused) -> None:
    refused(f"^(?!.*secret).*{words}", address, network=NetworkEnvironment())


def test_a_name_is_resolved_once_and_the_checked_address_is_dialled(server, get, network) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    rebinding = replace(network, resolve=lambda _: answers.pop(0))
    got = get(server.at("good.csv", "data.example"), network=rebinding)
    assert got and got.address == server.at("good.csv", "data.example")
    assert answers == [["10.0.0.1"]]


def test_each_attempt_checks_addresses_anew(server, refused, network) -> None:
    answers = [["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]]
    rebinding = replace(network, resolve=lambda _: answers.pop(0))
    refused("10.0.0.1, not a public", server.at("once-500", "data.example"), network=rebinding)


def test_no_proxy_of_the_environment_is_used(server, get, monkeypatch) -> None:
    for name in ("http_proxy", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert get(server.at("good.csv"))


def test_certificates_are_those_of_the_requested_host(
    get, refused, network, tmp_path_factory
) -> None:
    certificate = make_certificate(tmp_path_factory.mktemp("tls") / "both.pem")
    unknown = replace(network, resolve=lambda _: ["127.0.0.1"])
    known = replace(unknown, trusted=lambda: ssl.create_default_context(cafile=certificate))
    with serving(certificate) as secure, serving() as plain:
        named = secure.at("good.csv", "data.example")
        refused("certificate of data.example is not valid .*self.signed", named, network=unknown)
        other = secure.at("good.csv", "other.example")
        refused("certificate of other.example is not valid", other, network=known)
        downgrade = secure.at(f"to?{plain.at('good.csv')}", "data.example")
        refused("from https to open http", downgrade, network=known)
        assert get(named, network=known)
        assert secure.names[-1] == "data.example"
