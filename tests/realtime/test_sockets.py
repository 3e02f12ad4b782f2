"""F38, F28, F05 on a real WebSocket process: who gets in, what ends a connection, and that nothing is lost."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from django.conf import settings as configured
from django.db import transaction
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from config.embedded.services import start_valkey
from kernel import realtime
from kernel.ids import uuid7
from mobile_api.realtime import tickets
from tests.factories import accounts, sessions
from tests.realtime.conftest import ORIGIN, Server, close_code, free_port, receive, ticket_of

pytestmark = pytest.mark.slow


def publish(*people: UUID, scope: realtime.Scope | None = None, text: str = "x") -> None:
    with transaction.atomic():
        realtime.publish(
            people, event_id=uuid7(), type="test.happened", subject=("case", uuid4()), scope=scope,
            data={"set": {"text": text}},
        )  # fmt: skip


def refused(server: Server, person: object, **options: object) -> int:
    with pytest.raises(InvalidStatus) as raised:
        server.open(person, **options)  # type: ignore[arg-type]
    status: int = raised.value.response.status_code
    assert raised.value.response.headers["content-type"] == "application/problem+json"
    assert json.loads(raised.value.response.body)["status"] == status
    return status


def test_events_arrive_live_in_order_and_as_documented(server: Server) -> None:
    person = sessions.citizen()
    with server.open(person, since=0) as client:
        assert client.subprotocol == "v1.events"
        publish(person.id, text="一")
        publish(person.id, text="二")
        first, second = receive(client, 2)
    assert set(first) == {"seq", "id", "type", "subject", "data", "at"}
    assert (first["seq"], second["seq"]) == (1, 2)
    assert first["data"] == {"set": {"text": "一"}}
    assert first["subject"]["kind"] == "case"
    assert first["at"].endswith("+08:00")


def test_only_the_person_concerned_hears(server: Server) -> None:
    one, other = sessions.citizen(), sessions.citizen()
    with server.open(one) as client, server.open(other) as foreign:
        publish(one.id)
        assert len(receive(client, 1)) == 1
        with pytest.raises(TimeoutError):
            foreign.recv(timeout=1)


def test_a_thousand_missed_events_come_after_a_restart(server: Server) -> None:
    person = sessions.citizen()
    with server.open(person) as client:
        publish(person.id)
        assert receive(client, 1)[0]["seq"] == 1
        server.stop(signal.SIGKILL)
    for _ in range(1000):
        publish(person.id)
    server.start()
    with server.open(person, since=1) as client:
        publish(person.id)
        seqs = [event["seq"] for event in receive(client, 1001)]
    assert seqs == list(range(2, 1003))


def test_nothing_is_lost_while_valkey_forgets_and_cuts(server: Server) -> None:
    person = sessions.citizen()
    valkey = redis.Redis.from_url(configured.REDIS_URL)
    with server.open(person) as client:
        publish(person.id)
        receive(client, 1)
        valkey.flushall()
        valkey.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        for _ in range(20):
            publish(person.id)
        seqs = [event["seq"] for event in receive(client, 20, within=10)]
    assert seqs == list(range(2, 22))


def test_a_wake_up_reaches_the_socket_fast(server: Server) -> None:
    person = sessions.citizen()
    delays = []
    with server.open(person) as client:
        for _ in range(30):
            started = time.perf_counter()
            publish(person.id)
            receive(client, 1)
            delays.append(time.perf_counter() - started)
    assert sorted(delays)[15] < 1, delays


def test_server_stop_says_1012(server: Server) -> None:
    person = sessions.citizen()
    client = server.open(person)
    output = server.stop()
    assert close_code(client) == 1012
    assert "Traceback" not in output
    assert "panicked" not in output


# -- who gets in (F38)


@pytest.mark.parametrize(
    "origin",
    ["null", "http://hall.test.example", "https://hall.test.example:8443", "https://a.hall.test.example",
     "https://evil.example", "https://hall.test.example.evil.example", "hall.test.example", "*"],
)  # fmt: skip
def test_other_origins_are_refused(server: Server, origin: str) -> None:
    assert refused(server, sessions.citizen(), origin=origin) == 403


def test_no_origin_is_refused_without_the_access_token(server: Server) -> None:
    person, other = sessions.citizen(), sessions.citizen()
    assert refused(server, person, origin=None) == 403
    wrong = {"Authorization": f"Bearer {other.token}"}
    assert refused(server, person, origin=None, additional_headers=wrong) == 403
    with server.open(person, origin=None, additional_headers={"Authorization": f"Bearer {person.token}"}) as client:
        publish(person.id)
        assert receive(client, 1)


def test_tickets_are_needed_and_good_once(server: Server) -> None:
    person = sessions.citizen()
    assert refused(server, person, subprotocols=["v1.events"]) == 403
    assert refused(server, person, subprotocols=["v1.events", "ticket.AAAAAAAAAAAAAAAAAAAAAA"]) == 403
    ticket = ticket_of(person)
    with server.open(person, ticket=ticket):
        assert refused(server, person, ticket=ticket) == 403


def test_twenty_at_once_with_one_ticket_one_gets_in(server: Server) -> None:
    person = sessions.citizen()
    ticket = ticket_of(person)

    def attempt(_: int) -> ClientConnection | None:
        try:
            return server.open(person, ticket=ticket)
        except InvalidStatus:
            return None

    with ThreadPoolExecutor(20) as pool:
        got_in = [client for client in pool.map(attempt, range(20)) if client]
    assert len(got_in) == 1
    got_in[0].close()


def test_a_ticket_lives_thirty_seconds_and_not_through_a_flush(server: Server) -> None:
    person = sessions.citizen()
    valkey = redis.Redis.from_url(configured.REDIS_URL)
    valkey.flushall()
    ticket = ticket_of(person)
    (name,) = valkey.keys("realtime:ticket:*")
    assert ticket.encode() not in name
    assert 28 <= valkey.ttl(name) <= 30
    valkey.flushall()
    assert refused(server, person, ticket=ticket) == 403


def test_a_ticket_of_an_ended_session_opens_nothing(server: Server) -> None:
    person = sessions.citizen()
    ticket = ticket_of(person)
    sessions.end(person)
    assert refused(server, person, ticket=ticket) == 403


def test_a_token_in_the_address_is_refused_and_not_logged(server: Server) -> None:
    person = sessions.citizen()
    ticket = ticket_of(person)
    for query in (f"&token={person.token}", f"&access_token={person.token}", f"&ticket={ticket}", "&topic=case.1"):
        with pytest.raises(InvalidStatus) as raised:
            server.open(person, since=f"0{query}")  # type: ignore[arg-type]
        assert raised.value.response.status_code == 403
    output = server.stop()
    assert "realtime_refused" in output
    assert person.token not in output.replace(f"GET /ws/v1/events?since=0&token={person.token}", "")


def test_other_addresses_are_refused(server: Server) -> None:
    for path in ("/ws/v1/other", "/ws/v1/events/", "/", "/api/v1/me"):
        with pytest.raises(InvalidStatus):
            connect(f"ws://127.0.0.1:{server.port}{path}", origin=ORIGIN, subprotocols=["v1.events"])
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/api/v1/me", timeout=2)
    assert raised.value.code == 404


# -- what ends a connection


def test_a_cursor_too_old_or_never_given_out(server: Server) -> None:
    person = sessions.citizen()
    publish(person.id)
    for since in ("7", "-1", "x", "99999999999999999999"):
        with server.open(person, since=since) as client:  # type: ignore[arg-type]
            assert close_code(client) == 4409


def test_ended_session_closes_within_five_seconds(server: Server) -> None:
    person = sessions.citizen()
    with server.open(person) as client:
        started = time.monotonic()
        sessions.end(person)
        assert close_code(client) == 4401
    assert time.monotonic() - started < 5


def test_changed_rights_close_within_five_seconds(server: Server) -> None:
    person = sessions.official("approver")
    with server.open(person) as client:
        started = time.monotonic()
        sessions.take_role(person, "approver")
        assert close_code(client) == 4403
    assert time.monotonic() - started < 5


def test_an_expired_access_token_closes(server: Server, settings: Any) -> None:
    settings.JWT_ACCESS_SECONDS = 3
    person = sessions.citizen()
    with server.open(person) as client:
        assert close_code(client, within=8) == 4401


def test_scoped_events_need_the_right_at_delivery(server: Server) -> None:
    person = sessions.official("approver")
    below = accounts.organisation(parent=person.organisation)
    mine, foreign = realtime.Scope("approver", below.path), realtime.Scope("approver", accounts.organisation().path)
    with server.open(person) as client:
        publish(person.id, scope=foreign, text="foreign")
        publish(person.id, scope=mine, text="mine")
        (event,) = receive(client, 1)
    assert event["data"] == {"set": {"text": "mine"}}


def test_ten_connections_and_the_eleventh_is_too_many(server: Server) -> None:
    person = sessions.citizen()
    clients = [server.open(person) for _ in range(10)]
    with server.open(person) as eleventh:
        assert close_code(eleventh) == 4429
    publish(person.id)
    assert all(receive(client, 1) for client in clients)
    clients.pop().close()
    time.sleep(0.3)
    with server.open(person) as again:
        assert receive(again, 1)
    for client in clients:
        client.close()


def test_sixty_messages_a_minute(server: Server) -> None:
    person = sessions.citizen()
    with server.open(person) as client:
        for _ in range(60):
            client.send('{"ack": 0}')
        publish(person.id)
        assert receive(client, 1)
        client.send('{"ack": 1}')
        assert close_code(client, within=8) == 4429


@pytest.mark.parametrize(
    ("message", "code"),
    [("x" * (16 * 1024 + 1), 1009), ("国" * 6000, 1009), (b"\x00", 1003), ("hello", 1008), ('{"ack": 5}', 1008),
     ('{"ack": true}', 1008), ('{"subscribe": "case:1"}', 1008), ("[" * 10000, 1008)],
)  # fmt: skip
def test_messages_that_the_protocol_does_not_know(server: Server, message: str | bytes, code: int) -> None:
    with server.open(sessions.citizen()) as client:
        client.send(message)
        assert close_code(client, within=8) == code


def test_a_huge_frame_and_broken_utf8_end_the_connection(server: Server) -> None:
    person = sessions.citizen()
    with server.open(person) as client:
        client.socket.sendall(b"\x81\x82\x00\x00\x00\x00\xff\xfe")
        close_code(client, within=8)
    with server.open(person) as client:
        client.socket.sendall(b"\x81\xff" + (17_000_000).to_bytes(8, "big") + b"\x00" * 4 + b"a" * 65536)
        close_code(client, within=8)
    with server.open(person) as client:
        publish(person.id)
        assert receive(client, 1)


def test_a_reader_that_stops_is_cut_and_disturbs_nobody(server: Server) -> None:
    slow, quick = sessions.citizen(), sessions.citizen()
    stuck = server.open(slow, max_queue=1, compression=None)
    with server.open(quick) as client:
        for _ in range(400):
            publish(slow.id, text="y" * 100_000)
        started = time.perf_counter()
        publish(quick.id)
        receive(client, 1)
        assert time.perf_counter() - started < 5
    close_code(stuck, within=10)
    output = server.stop()
    assert '"code": "4408"' in output
    assert "Traceback" not in output


def test_hundreds_leave_at_once_without_an_error(server: Server) -> None:
    people = [sessions.citizen() for _ in range(60)]
    clients = [server.open(person) for person in people for _ in range(5)]
    for client in clients:
        client.socket.shutdown(socket.SHUT_RDWR)
    time.sleep(1)
    person = people[0]
    with server.open(person) as client:
        publish(person.id)
        assert receive(client, 1)
    output = server.stop()
    assert "Traceback" not in output
    assert '"level": "error"' not in output


def test_without_valkey_a_look_every_two_seconds_brings_the_events(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = start_valkey(tmp_path / "valkey")
    monkeypatch.setenv("REDIS_URL", own.url)
    monkeypatch.setattr(tickets, "_client", redis.Redis.from_url(own.url))
    server = Server(free_port(), tmp_path)
    server.start()
    person = sessions.citizen()
    try:
        with server.open(person) as client:
            own.stop()
            publish(person.id)
            assert receive(client, 1, within=6)
            publish(person.id)
            assert receive(client, 1, within=6)
        output = server.stop()
        assert "Traceback" not in output
    finally:
        if server.process and server.process.poll() is None:
            server.stop(signal.SIGKILL)
        own.stop()
