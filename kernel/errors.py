"""The one way to say no: enumerated codes with texts in both languages, raised as `DomainError`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

CHINESE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people in Chinese (first) and English; `{name}` places are filled by `render`."""

    zh: str
    en: str

    def render(self, language: str, **params: Any) -> str:
        """Return the sentence for a language tag such as `zh-hans` or `en-GB`, with its places filled."""
        template = self.en if language.lower().startswith("en") else self.zh
        return template.format(**params) if params else template


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """What a code means: its stable name, HTTP status, a short title and a detail that says what to do."""

    code: str
    status: int
    title: Text
    detail: Text


def error(code: str, status: int, *, zh: tuple[str, str], en: tuple[str, str]) -> ErrorSpec:
    """Describe one error code; each language gives `(title, detail)`."""
    return ErrorSpec(code, status, Text(zh[0], en[0]), Text(zh[1], en[1]))


class ErrorCode(Enum):
    """Base of each app's error codes; the value of a member is its `ErrorSpec`."""

    @property
    def spec(self) -> ErrorSpec:
        """The description of this code."""
        spec: ErrorSpec = self.value
        return spec

    @property
    def code(self) -> str:
        """The stable name that clients branch on."""
        return self.spec.code


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault in the input: a JSON pointer to the field, a code, and what the person can do about it."""

    pointer: str
    code: str
    detail: Text
    params: Mapping[str, Any] = field(default_factory=dict)


class DomainError(Exception):
    """A refusal. Nothing was changed; the caller learns why and what to do.

    `params` fill the places of the detail text, `extra` goes into the problem document as it is (for example the
    current version of a stale resource), `headers` into the HTTP answer.
    """

    def __init__(
        self,
        code: ErrorCode,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code.code)
        self.code = code
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        self.params = params

    @property
    def status(self) -> int:
        """The HTTP status that stands for this refusal."""
        return self.code.spec.status


class CommonError(ErrorCode):
    """Refusals that any resource can give."""

    MALFORMED = error(
        "malformed_request",
        400,
        zh=("请求格式有误", "请检查提交的内容格式后重试。"),
        en=("Malformed request", "Check the format of what you sent and try again."),
    )
    VALIDATION = error(
        "validation_failed",
        400,
        zh=("填写的内容有误", "请按各项提示修改后重新提交。"),
        en=("Some fields need correction", "Correct the fields listed and send again."),
    )
    NOT_AUTHENTICATED = error(
        "not_authenticated",
        401,
        zh=("请先登录", "登录已失效或尚未登录，请登录后再试。"),
        en=("Sign in first", "You are not signed in, or the session has ended. Sign in and try again."),
    )
    FORBIDDEN = error(
        "forbidden",
        403,
        zh=("没有办理权限", "您当前的身份不能进行这项操作。"),
        en=("Not allowed", "Your current role does not allow this."),
    )
    MFA_REQUIRED = error(
        "mfa_required",
        403,
        zh=("请再次验证身份", "这项操作需要您重新输入动态验证码。"),
        en=("Confirm it is you", "This act needs a fresh code from your authenticator."),
    )
    NOT_FOUND = error(
        "not_found",
        404,
        zh=("没有找到", "您要找的内容不存在，或您无权查看。"),
        en=("Not found", "It does not exist, or is not yours to see."),
    )
    METHOD_NOT_ALLOWED = error(
        "method_not_allowed",
        405,
        zh=("不支持这种操作", "这个地址不接受该请求方式。"),
        en=("Method not allowed", "This address does not take that method."),
    )
    NOT_ACCEPTABLE = error(
        "not_acceptable",
        406,
        zh=("无法按所要的格式返回", "请使用 application/json。"),
        en=("Not acceptable", "Ask for application/json."),
    )
    CURSOR_UNKNOWN = error(
        "cursor_unknown",
        404,
        zh=("没有这一页", "翻页标识无效，请从第一页重新开始。"),
        en=("No such page", "This cursor is not one of ours. Start from the first page."),
    )
    CONFLICT = error(
        "conflict",
        409,
        zh=("情况已经变化", "请刷新后再试。"),
        en=("The situation has changed", "Refresh and try again."),
    )
    IN_PROGRESS = error(
        "request_in_progress",
        409,
        zh=("正在处理中", "同一请求正在处理，请稍候查看结果。"),
        en=("Still working", "The same request is being handled. Look again in a moment."),
    )
    STALE = error(
        "stale_version",
        412,
        zh=("内容已被更新", "您看到的不是最新内容，请刷新并核对后再操作。"),
        en=("It has changed meanwhile", "You are not looking at the latest version. Refresh, check and try again."),
    )
    TOO_LARGE = error(
        "too_large",
        413,
        zh=("内容过大", "请压缩或分次提交。"),
        en=("Too large", "Make it smaller or send it in parts."),
    )
    UNSUPPORTED_MEDIA = error(
        "unsupported_media_type",
        415,
        zh=("不支持的内容类型", "请使用文档中列明的内容类型。"),
        en=("Unsupported media type", "Use one of the documented content types."),
    )
    IDEMPOTENCY_REUSED = error(
        "idempotency_key_reused",
        422,
        zh=("请求标识重复", "同一 Idempotency-Key 已用于另一内容，请换用新的标识。"),
        en=("Key already used", "This Idempotency-Key was used with other content. Use a new key."),
    )
    PRECONDITION_REQUIRED = error(
        "precondition_required",
        428,
        zh=("缺少版本标识", "请先读取最新内容，并在 If-Match 中带上它的 ETag。"),
        en=("Version missing", "Read the resource first and send its ETag in If-Match."),
    )
    THROTTLED = error(
        "throttled",
        429,
        zh=("操作过于频繁", "请在 {seconds} 秒后再试。"),
        en=("Too many requests", "Try again in {seconds} seconds."),
    )
    INTERNAL = error(
        "internal_error",
        500,
        zh=("系统出现问题", "我们已经记录，请稍后再试；反映问题时请提供请求编号。"),
        en=(
            "Something went wrong",
            "It has been recorded. Try again later; quote the request id if you write to us.",
        ),
    )
    UNAVAILABLE = error(
        "temporarily_unavailable",
        503,
        zh=("服务暂时不可用", "您填写的内容没有丢失，请稍后重试。"),
        en=("Temporarily unavailable", "Nothing you entered is lost. Please try again shortly."),
    )
