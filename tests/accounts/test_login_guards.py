"""F32: guessing at staff accounts is bounded, and cannot be turned into a lock against their owners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from backend.accounts import services
from backend.accounts.models import RefreshSession, SignInGuess, User
from backend.accounts.types import AccountError, Client, FactorRequested, SignedIn
from backend.journal.models import JournalLine
from kernel.errors import DomainError
from tests.accounts.parallel import at_once
from tests.api.auth.people import totp
from tests.factories import accounts as make

Travel = Callable[..., None]


def _login(username: str, password: str, address: str, device: str = "") -> FactorRequested:
    client = Client(address=address, user_agent="test", device_token=device)
    return services.login(username=username, password=password, client=client)


def _try(username: str, password: str, address: str, device: str = "") -> str:
    try:
        _login(username, password, address, device)
    except DomainError as refused:
        return refused.code.code
    return "right"


def _sign_in(username: str, address: str, *, device: str = "", steps: int = 0) -> SignedIn:
    client = Client(address=address, user_agent="test", device_token=device, device_name="phone")
    asked = services.login(username=username, password=make.PASSWORD, client=client)
    return services.confirm_factor(mfa_token=asked.mfa_token, code=totp(steps=steps), client=client)


@pytest.mark.django_db
def test_at_most_ten_guesses_in_a_quarter_of_an_hour_however_they_are_spread(travel: Travel) -> None:
    make.official(username="mayor")
    answers = [_try("mayor", f"guess {number}", f"198.{number}.1.1") for number in range(100)]
    assert answers.count("sign_in_failed") == 10
    assert answers.count("sign_in_limit_reached") == 90
    travel(minutes=15, seconds=1)
    assert _try("mayor", "another", "198.1.1.1") == "sign_in_failed"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_all_counted() -> None:
    make.official(username="mayor")
    answers = at_once([partial(_login, "mayor", f"guess {n}", f"198.{n}.1.1") for n in range(40)])
    assert answers.count("sign_in_failed") == 10
    assert answers.count("sign_in_limit_reached") == 30


@pytest.mark.django_db
def test_the_victim_of_a_deliberate_lock_out_gets_in_from_a_known_device() -> None:
    make.official(username="mayor")
    device = _sign_in("mayor", "203.0.113.1").device_token
    assert device
    for number in range(30):
        _try("mayor", "guess", f"198.{number}.1.1")
    assert _try("mayor", make.PASSWORD, "203.0.113.1") == "sign_in_limit_reached"
    assert _try("mayor", make.PASSWORD, "192.0.2.77", device) == "right"
    assert _sign_in("mayor", "192.0.2.77", device=device, steps=1).device_token is None


@pytest.mark.django_db
def test_a_known_device_of_somebody_else_helps_nobody() -> None:
    make.official(username="mayor")
    make.official(username="mole")
    device = _sign_in("mole", "203.0.113.1").device_token or ""
    answers = [_try("mayor", "guess", f"198.{number}.1.1", device) for number in range(20)]
    assert answers.count("sign_in_failed") == 10


@pytest.mark.django_db
def test_a_stolen_known_device_has_its_own_ten_guesses() -> None:
    make.official(username="mayor")
    device = _sign_in("mayor", "203.0.113.1").device_token or ""
    answers = [_try("mayor", "guess", "203.0.113.1", device) for number in range(20)]
    assert answers.count("sign_in_failed") == 10


@pytest.mark.django_db
def test_the_right_password_at_the_fourth_try_gets_in() -> None:
    make.official(username="mayor")
    for _ in range(3):
        assert _try("mayor", "guess", "198.51.100.1") == "sign_in_failed"
    assert _try("mayor", make.PASSWORD, "198.51.100.1") == "right"


@pytest.mark.django_db
def test_thirty_officials_behind_one_address_all_get_in() -> None:
    for number in range(30):
        make.official(username=f"clerk{number}")
    assert [_try(f"clerk{number}", make.PASSWORD, "203.0.113.50") for number in range(30)] == ["right"] * 30


@pytest.mark.django_db
def test_one_password_tried_on_many_accounts_is_slowed_and_the_neighbour_waits_seconds(travel: Travel) -> None:
    make.official(username="neighbour")
    answers = [_try(f"user{number}", "Suqian-2026!", "203.0.113.50") for number in range(300)]
    assert answers.count("sign_in_failed") <= 20 + 10
    travel(seconds=6)
    assert _try("neighbour", make.PASSWORD, "203.0.113.50") == "right"


@pytest.mark.django_db
def test_the_second_factor_cannot_be_guessed_either() -> None:
    make.official(username="mayor")
    client = Client(address="198.51.100.1", user_agent="test")
    right = totp()
    outcomes = []
    for number in range(20):
        try:
            asked = _login("mayor", make.PASSWORD, "198.51.100.1")
            wrong = f"{(int(right) + 7 + number) % 10**6:06d}"
            services.confirm_factor(mfa_token=asked.mfa_token, code=wrong, client=client)
        except DomainError as refused:
            outcomes.append(refused.code)
    assert outcomes.count(AccountError.CODE_INVALID) == 5
    assert not RefreshSession.objects.exists()


@pytest.mark.django_db
def test_a_challenge_dies_with_time_and_belongs_to_its_client(travel: Travel) -> None:
    make.official(username="mayor")
    asked = _login("mayor", make.PASSWORD, "198.51.100.1")
    thief = Client(address="198.51.100.1", user_agent="another program")
    with pytest.raises(DomainError) as refused:
        services.confirm_factor(mfa_token=asked.mfa_token, code=totp(), client=thief)
    assert refused.value.code is AccountError.CODE_INVALID
    travel(seconds=301)
    with pytest.raises(DomainError):
        services.confirm_factor(
            mfa_token=asked.mfa_token, code=totp(), client=Client(address="198.51.100.1", user_agent="test")
        )
    assert not RefreshSession.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_totp_code_at_once_opens_one_session() -> None:
    make.official(username="mayor")
    client = Client(address="198.51.100.1", user_agent="test")
    tokens = [_login("mayor", make.PASSWORD, "198.51.100.1").mfa_token for _ in range(4)]
    code = totp()
    results = at_once([partial(services.confirm_factor, mfa_token=t, code=code, client=client) for t in tokens])
    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert RefreshSession.objects.count() == 1


@pytest.mark.django_db
def test_failures_stand_in_the_journal_without_password_or_name() -> None:
    user = make.official(username="mayor")
    _try("mayor", "Secret-Guess-1", "198.51.100.1")
    _try("Typed-Password-2", "x", "198.51.100.1")
    lines = JournalLine.objects.filter(action="account.sign_in_failed").order_by("recorded_at")
    assert [line.subject_id for line in lines] == [user, None]
    assert not any(word in line.data for line in lines for word in ("Secret-Guess-1", "Typed-Password-2"))


@pytest.mark.django_db
def test_a_switched_off_official_cannot_sign_in() -> None:
    user = make.official(username="mayor")
    User.objects.filter(pk=user).update(is_active=False)
    assert _try("mayor", make.PASSWORD, "198.51.100.1") == "sign_in_failed"
    assert SignInGuess.objects.count() == 1
