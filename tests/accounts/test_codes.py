"""F30, F31: codes cannot be guessed, replayed or pumped, and nothing tells who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from backend.accounts import services
from backend.accounts.models import Identity, OtpCode, RefreshSession, User
from backend.accounts.services import guesses
from backend.accounts.types import AccountError, Client, SignedIn
from kernel import clock
from kernel.errors import DomainError
from sms.models import Message
from tests.accounts.parallel import at_once
from tests.factories import accounts as make

Travel = Callable[..., None]
HERE = Client(address="203.0.113.9", user_agent="test")


def _code_for(phone: str) -> str:
    message = next(row for row in Message.objects.order_by("-queued_at", "-id") if row.to_number == phone)
    found = re.search(r"\d{6}", message.text)
    assert found is not None
    return found.group(0)


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def _refusal(act: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value


def _send(phone: str, address: str = "203.0.113.9") -> object:
    return services.send_code(phone=phone, client=Client(address=address))


@pytest.mark.django_db
def test_five_wrong_tries_spoil_the_code_from_wherever_they_come() -> None:
    phone = make.mobile()
    _send(phone)
    code = _code_for(phone)
    for number in range(5):
        client = Client(address=f"198.51.{number}.7")
        refused = _refusal(partial(services.verify_code, phone=phone, code=_wrong(code), client=client))
        assert refused.code is AccountError.CODE_INVALID
    refused = _refusal(partial(services.verify_code, phone=phone, code=code, client=HERE))
    assert refused.code is AccountError.CODE_INVALID
    assert not RefreshSession.objects.exists()


@pytest.mark.django_db
def test_the_fifth_try_still_counts_when_it_is_right() -> None:
    phone = make.mobile()
    _send(phone)
    code = _code_for(phone)
    for _ in range(4):
        _refusal(partial(services.verify_code, phone=phone, code=_wrong(code), client=HERE))
    assert services.verify_code(phone=phone, code=code, client=HERE).is_new_person


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_five_tries() -> None:
    phone = make.mobile()
    _send(phone)
    code = _code_for(phone)
    wrong = [f"{number:06d}" for number in range(100) if f"{number:06d}" != code]
    at_once([partial(services.verify_code, phone=phone, code=guess, client=HERE) for guess in wrong])
    assert OtpCode.objects.get().attempts == 5
    refused = _refusal(partial(services.verify_code, phone=phone, code=code, client=HERE))
    assert refused.code is AccountError.CODE_INVALID


@pytest.mark.django_db(transaction=True)
def test_the_right_code_eight_times_at_once_opens_one_session() -> None:
    phone = make.mobile()
    _send(phone)
    act = partial(services.verify_code, phone=phone, code=_code_for(phone), client=HERE)
    results = at_once([act] * 8)
    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert results.count("code_invalid") == 7
    assert (RefreshSession.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_code_is_bound_to_number_request_and_time(travel: Travel) -> None:
    first, second = make.mobile(), make.mobile()
    sent = services.send_code(phone=first, client=HERE)
    other = services.send_code(phone=second, client=HERE)
    code = _code_for(first)
    for act in (
        partial(services.verify_code, phone=second, code=code, client=HERE),
        partial(services.verify_code, phone=first, code=code, client=HERE, request_id=other.request_id),
    ):
        assert _refusal(act).code is AccountError.CODE_INVALID
    travel(seconds=61)
    services.send_code(phone=first, client=HERE)
    newer = _code_for(first)
    old = partial(services.verify_code, phone=first, code=code, client=HERE, request_id=sent.request_id)
    assert _refusal(old).code is AccountError.CODE_INVALID
    travel(seconds=301)
    late = partial(services.verify_code, phone=first, code=newer, client=HERE)
    assert _refusal(late).code is AccountError.CODE_INVALID
    assert not RefreshSession.objects.exists()


@pytest.mark.django_db
def test_a_switched_off_person_cannot_sign_in_by_code() -> None:
    phone = make.mobile()
    user = make.citizen(phone=phone)
    services.deactivate(actor=make.system(), user_id=user, reason="test")
    _send(phone)
    refused = _refusal(partial(services.verify_code, phone=phone, code=_code_for(phone), client=HERE))
    assert refused.code is AccountError.CODE_INVALID


@pytest.mark.django_db
def test_the_code_does_not_stand_in_its_table() -> None:
    phone = make.mobile()
    _send(phone)
    code = _code_for(phone).encode()
    row = OtpCode.objects.values().get()
    assert not any(code in bytes(value) for value in row.values() if isinstance(value, bytes | memoryview))


@pytest.mark.django_db
def test_one_a_minute_five_an_hour_ten_a_day(travel: Travel) -> None:
    phone = make.mobile()
    sent = 0
    refusals: list[DomainError] = []
    for _ in range(3 * 60):
        try:
            _send(phone, address=f"198.{sent % 200}.1.1")
            sent += 1
        except DomainError as refused:
            refusals.append(refused)
        travel(seconds=30)
    assert sent == 10
    assert {refused.code for refused in refusals} == {AccountError.CODE_LIMIT}
    assert all(refused.params["reason"] for refused in refusals)
    waits = [int(refused.headers["Retry-After"]) for refused in refusals]
    assert waits[0] in range(28, 33)
    assert max(waits) > 20 * 3600
    travel(seconds=max(waits))
    _send(phone)


@pytest.mark.django_db(transaction=True)
def test_asking_thirty_times_at_once_sends_one_code() -> None:
    phone = make.mobile()
    results = at_once([partial(_send, phone, f"198.51.{number}.1") for number in range(30)])
    assert results.count("code_limit_reached") == 29
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_twenty_an_hour_from_one_address_forty_from_its_neighbourhood() -> None:
    assert _sent_of([("203.0.113.9", make.mobile()) for _ in range(60)]) == 20
    near = [(f"198.51.100.{number}", make.mobile()) for number in range(100)]
    assert _sent_of(near) == 40
    assert _sent_of([("192.0.2.1", make.mobile())]) == 1


@pytest.mark.django_db
def test_consecutive_numbers_are_stopped_wherever_they_are_asked_from() -> None:
    numbers = [f"+861377777{number:04d}"[:14] for number in range(9000, 9200)]
    assert len({number[:10] for number in numbers}) == 1
    assert _sent_of([(f"198.{number % 250}.{number % 7}.1", phone) for number, phone in enumerate(numbers)]) <= 50


@pytest.mark.django_db
def test_neighbours_who_use_their_codes_do_not_count() -> None:
    for _ in range(30):
        phone = make.mobile()
        _send(phone)
        services.verify_code(phone=phone, code=_code_for(phone), client=HERE)
    assert RefreshSession.objects.count() == 30


@pytest.mark.django_db
def test_the_breaker_opens_when_few_codes_are_used_and_closes_again(travel: Travel) -> None:
    _fill(sent=200, used=59)
    refused = _refusal(partial(_send, make.mobile()))
    assert (refused.code, refused.headers["Retry-After"]) == (AccountError.CODES_PAUSED, "61")
    travel(minutes=11)
    _send(make.mobile())


@pytest.mark.django_db
@pytest.mark.parametrize(("sent", "used"), [(199, 0), (200, 60)])
def test_the_breaker_stays_closed_at_its_edges(sent: int, used: int) -> None:
    _fill(sent=sent, used=used)
    _send(make.mobile())


@pytest.mark.django_db
def test_known_and_unknown_numbers_take_the_same_steps_and_nobody_looks_for_an_account() -> None:
    known, unknown = make.mobile(), make.mobile()
    make.citizen(phone=known)
    of_known = _statements_of(partial(_send, known, "198.51.100.1"))
    of_unknown = _statements_of(partial(_send, unknown, "192.0.2.1"))
    assert of_known == of_unknown
    assert any(OtpCode._meta.db_table in text for text in of_known)
    accounts = [f'"{model._meta.db_table}"' for model in (User, Identity)]
    assert not [text for text in of_known if any(table in text for table in accounts)]


def _statements_of(act: Callable[[], object]) -> list[str]:
    """What an act says to the database, without the values and the savepoints, which have numbers."""
    said: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "SAVEPOINT" not in sql:
            said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        act()
    return said


def _sent_of(asked: list[tuple[str, str]]) -> int:
    refusals: list[DomainError] = []
    for address, phone in asked:
        try:
            _send(phone, address)
        except DomainError as refused:
            refusals.append(refused)
    assert {refused.code for refused in refusals} <= {AccountError.CODE_LIMIT, AccountError.CODES_PAUSED}
    assert all(int(refused.headers["Retry-After"]) >= 1 for refused in refusals)
    return len(asked) - len(refusals)


def _fill(*, sent: int, used: int) -> None:
    moment = clock.now() - timedelta(seconds=5)
    OtpCode.objects.bulk_create(
        OtpCode(
            phone_index=number.to_bytes(32, "big"),
            prefix_index=number.to_bytes(32, "big"),
            address_index=number.to_bytes(32, "big"),
            network_index=number.to_bytes(32, "big"),
            salt=b"0" * 16,
            digest=b"0" * 32,
            sent_at=moment,
            expires_at=moment + timedelta(minutes=5),
            used_at=moment if number < used else None,
        )
        for number in range(sent)
    )


@pytest.mark.django_db
def test_guards_forget_after_two_days(travel: Travel) -> None:
    _send(make.mobile())
    guesses.reserve(account="somebody", client=HERE, device_id=None)
    travel(hours=47)
    services.forget_old_guards()
    assert OtpCode.objects.count() == 1
    travel(hours=2)
    services.forget_old_guards()
    assert (OtpCode.objects.count(), guesses.SignInGuess.objects.count()) == (0, 0)
