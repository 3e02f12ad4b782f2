"""Values of the accounts: roles, levels, what others see of an organisation or a person, and the refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from kernel.actors import Grant
from kernel.errors import ErrorCode, error


class Role(StrEnum):
    """What an official may be appointed to, always at an organisation."""

    WINDOW_CLERK = "window_clerk"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    LEGAL_OFFICER = "legal_officer"
    CATALOGUE_EDITOR = "catalogue_editor"
    AUDITOR = "auditor"
    SUPERVISOR = "supervisor"
    SYSTEM_MANAGER = "system_manager"
    SECURITY_MANAGER = "security_manager"
    AUDIT_MANAGER = "audit_manager"
    HOTLINE_OPERATOR = "hotline_operator"
    HOTLINE_DISPATCHER = "hotline_dispatcher"
    HOTLINE_LEADER = "hotline_leader"
    HOTLINE_OFFICE = "hotline_office"
    INQUIRY_HANDLER = "inquiry_handler"
    INQUIRY_DEPUTY = "inquiry_deputy"
    INQUIRY_HEAD = "inquiry_head"
    TENDER_EDITOR = "tender_editor"
    TENDER_REVIEWER = "tender_reviewer"
    TENDER_OPENER = "tender_opener"
    DOCUMENT_CLERK = "document_clerk"


MANAGER_ROLES = frozenset({Role.SYSTEM_MANAGER, Role.SECURITY_MANAGER, Role.AUDIT_MANAGER})


class Capacity(StrEnum):
    """In what capacity a person uses the platform; one person may have several."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    BIDDER = "bidder"
    TENDERER = "tenderer"


class Level(StrEnum):
    """Level of an organisation in the tree."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class CodeKind(StrEnum):
    """Kinds of further codes under which an organisation is known."""

    CREDIT = "credit"
    LEGACY = "legacy"
    OTHER = "other"


class RealNameLevel(IntEnum):
    """How sure we are of a name: phone only, name and ID number given and well-formed, or confirmed by the police."""

    PHONE = 1
    ID_CHECKED = 2
    ID_CONFIRMED = 3


class RepresentationKind(StrEnum):
    """In what position a person acts for a legal person."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    AGENT = "agent"


class EndReason(StrEnum):
    """Why a session ended."""

    LOGOUT = "logout"
    REMOVED = "removed"
    REUSE = "reuse"
    DISABLED = "disabled"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a secret
    PHONE_CHANGED = "phone_changed"
    FACTOR_CHANGED = "factor_changed"


class ClientKind(StrEnum):
    """What holds the refresh token: a browser (cookie) or a native app (secure storage)."""

    BROWSER = "browser"
    NATIVE = "native"


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that stands: whose, under which version of the person's rights, with which grants."""

    user_id: UUID
    token_version: int
    grants: frozenset[Grant]


@dataclass(frozen=True, slots=True)
class OrganisationInfo:
    """An organisation as others see it. `path` ends with a separator, so a prefix of it is an ancestor."""

    id: UUID
    code: str
    name: str
    short_name: str
    level: str
    region_code: str
    path: str
    parent_id: UUID | None


@dataclass(frozen=True, slots=True)
class IdentityInfo:
    """A person's real name as far as known; `id_number` is None below level ID_CHECKED."""

    name: str
    id_number: str | None
    level: int


@dataclass(frozen=True, slots=True)
class LegalPersonInfo:
    """A legal person somebody acts for."""

    id: UUID
    credit_code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class GrantInfo:
    """A role somebody holds today, with its organisation."""

    role: str
    organisation: OrganisationInfo


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A signed-in device of a person."""

    id: UUID
    device_name: str
    client: str
    address: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's own view of the account."""

    id: UUID
    username: str | None
    name: str
    phone: str | None
    capacities: tuple[str, ...]
    language: str
    preferences: dict[str, bool]
    level: int
    id_number: str | None
    grants: tuple[GrantInfo, ...]
    legal_persons: tuple[LegalPersonInfo, ...]
    has_second_factor: bool
    version: int


@dataclass(frozen=True, slots=True)
class Client:
    """Where a sign-in comes from. `device_token` is what an earlier sign-in on this device was given, empty if none."""

    address: str
    user_agent: str = ""
    device_name: str = ""
    device_token: str = ""
    kind: ClientKind = ClientKind.NATIVE


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session as the edge needs it to hand out tokens. `device_token` is None when the device was known."""

    session_id: UUID
    user_id: UUID
    token_version: int
    refresh: str
    refresh_expires_at: datetime
    client: ClientKind
    device_token: str | None = None
    is_new_person: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor to be set up: shown once, to be confirmed with a code."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class FactorRequested:
    """The password was right; the second factor is due."""

    mfa_token: str
    expires_at: datetime
    enrolment: Enrolment | None
    password_change_required: bool


@dataclass(frozen=True, slots=True)
class CodeSent:
    """The same answer for every number."""

    request_id: UUID
    expires_at: datetime
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody of the demo city, with the secrets given at the start; officials have all three, residents none."""

    user_id: UUID
    name: str
    phone: str
    username: str
    password: str
    totp_secret: str
    capacities: tuple[str, ...]
    grants: tuple[GrantInfo, ...]
    legal_persons: tuple[str, ...] = ()


class AccountError(ErrorCode):
    """Refusals of the accounts."""

    TOKEN_INVALID = error(
        "token_invalid",
        401,
        zh=("登录已失效", "请重新登录。"),
        en=("The session has ended", "Please sign in again."),
    )
    SIGN_IN_FAILED = error(
        "sign_in_failed",
        401,
        zh=("用户名或密码不正确", "请核对后重试；忘记密码请联系本单位系统管理员。"),
        en=("Wrong user name or password", "Check both and try again, or ask your system manager for a new password."),
    )
    CODE_INVALID = error(
        "code_invalid",
        401,
        zh=("验证码不正确或已失效", "请核对最新收到的验证码，或重新获取。"),
        en=("The code is wrong or no longer valid", "Check the latest code you received, or ask for a new one."),
    )
    CODE_LIMIT = error(
        "code_limit_reached",
        429,
        zh=("获取验证码过于频繁", "{reason}请在 {until} 之后再试。"),
        en=("Too many codes", "{reason_en}Try again after {until}."),
    )
    GUESS_LIMIT = error(
        "sign_in_limit_reached",
        429,
        zh=("尝试次数过多", "为保护账号安全，请在 {until} 之后再试，或使用曾经登录过的设备。"),
        en=("Too many attempts", "To protect the account, try again after {until}, or use a device you signed in on."),
    )
    CODES_PAUSED = error(
        "codes_paused",
        503,
        zh=("验证码短信暂停发送", "系统发现异常请求，验证码短信暂停发送，请在 {until} 之后再试。"),
        en=("Code messages are paused", "Unusual requests were seen. Try again after {until}."),
    )
    PASSWORD_CHANGE_REQUIRED = error(
        "password_change_required",
        403,
        zh=("请设置新密码", "首次登录或密码到期，请同时提交 new_password。"),
        en=("A new password is needed", "First sign-in or password expired: send new_password with the code."),
    )
    PASSWORD_REFUSED = error(
        "password_refused",
        422,
        zh=("新密码不符合要求", "请按提示重新设置密码。"),
        en=("The new password is not acceptable", "Choose another one as the hints say."),
    )
    ORIGIN_REFUSED = error(
        "origin_refused",
        403,
        zh=("请求来源不被允许", "请从官方网站登录。"),
        en=("Origin not allowed", "Sign in from the official site."),
    )
    IDENTITY_REFUSED = error(
        "identity_not_confirmed",
        422,
        zh=("身份信息未能核验", "请核对姓名和公民身份号码；仍有问题请到窗口办理。"),
        en=("Identity not confirmed", "Check the name and the ID number, or come to a service window."),
    )
    IDENTITY_FIXED = error(
        "identity_already_confirmed",
        409,
        zh=("已完成实名核验", "如需更正，请携带证件到窗口办理。"),
        en=("Identity is already confirmed", "To correct it, bring your ID card to a service window."),
    )
    IDENTITY_LIMIT = error(
        "identity_limit_reached",
        429,
        zh=("核验次数过多", "请在 {until} 之后再试。"),
        en=("Too many attempts", "Try again after {until}."),
    )
    SESSION_NOT_FOUND = error(
        "session_not_found",
        404,
        zh=("没有找到这个登录设备", "它可能已经退出。"),
        en=("No such session", "It may have ended already."),
    )
    USER_NOT_FOUND = error(
        "user_not_found",
        404,
        zh=("没有找到这个用户", "请核对后重试。"),
        en=("No such person", "Check and try again."),
    )
    ORGANISATION_NOT_FOUND = error(
        "organisation_not_found",
        404,
        zh=("没有找到这个单位", "请核对单位代码。"),
        en=("No such organisation", "Check its code."),
    )
    CODE_TAKEN = error(
        "organisation_code_taken",
        409,
        zh=("单位代码已被使用", "请核对单位代码。"),
        en=("Organisation code in use", "Check the code."),
    )
    NAME_TAKEN = error(
        "username_taken",
        409,
        zh=("用户名已被使用", "请换一个用户名。"),
        en=("User name in use", "Choose another one."),
    )
    PHONE_TAKEN = error(
        "phone_not_usable",
        409,
        zh=("不能使用这个手机号", "请换一个手机号，或到窗口办理。"),
        en=("This number cannot be used", "Use another one, or come to a service window."),
    )
    CREDIT_CODE_INVALID = error(
        "credit_code_invalid",
        422,
        zh=("统一社会信用代码不正确", "请核对 18 位代码。"),
        en=("Invalid credit code", "Check the 18 characters."),
    )
    MANAGERS_SEPARATE = error(
        "manager_roles_separate",
        422,
        zh=("管理员角色须分离", "系统管理员、安全管理员、审计管理员互不兼任，也不得兼任业务岗位。"),
        en=(
            "Manager roles are kept apart",
            "A system, security or audit manager holds no other manager role and no business role.",
        ),
    )


@dataclass(frozen=True, slots=True)
class OfficialInfo:
    """An official in office and the organisation where the first of today's posts is held."""

    id: UUID
    name: str
    organisation: OrganisationInfo
