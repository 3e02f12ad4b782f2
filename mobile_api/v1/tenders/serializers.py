"""Bodies that come in."""

from __future__ import annotations

from rest_framework import serializers

from backend.tenders.types import Category, DocumentKind, Law, Less, Method, NoticeKind, ObjectionStage, Pace
from mobile_api.platform.serializers import StrictSerializer

MAX_FEN = 10**15


def _names(kind: type) -> list[str]:
    return [member.value for member in kind]  # type: ignore[attr-defined]


class EmptyBody(StrictSerializer):
    """A body without fields."""


class LessBody(StrictSerializer):
    """How to hear less: once a day and then not at all, or nothing more of the keyword or category that fitted."""

    how = serializers.ChoiceField(choices=_names(Less), required=False, default=Less.SLOWER.value)


class CompanyBody(StrictSerializer):
    """For which company."""

    company_id = serializers.UUIDField()


class QuestionBody(CompanyBody):
    """A question about the documents."""

    text = serializers.CharField(max_length=2000)


class ObjectionBody(CompanyBody):
    """An objection: against what, why, and what is asked for."""

    stage = serializers.ChoiceField(choices=_names(ObjectionStage))
    arguments = serializers.CharField(max_length=5000)
    remedy = serializers.CharField(max_length=2000)


class AnswerBody(StrictSerializer):
    """An answer to a question."""

    answer = serializers.CharField(max_length=5000)


class ObjectionAnswerBody(AnswerBody):
    """An answer to an objection."""

    upheld = serializers.BooleanField()


class RegisterCompanyBody(StrictSerializer):
    """One's company."""

    credit_code = serializers.RegexField(r"^[0-9A-Z]{18}$")
    name = serializers.CharField(max_length=120)


class AuthoriseBody(StrictSerializer):
    """Who else may act for the company: by mobile number."""

    phone = serializers.RegexField(r"^(\+86)?1[0-9]{10}$")


class QualificationBody(StrictSerializer):
    """A qualification document."""

    kind = serializers.ChoiceField(choices=_names(DocumentKind))
    name = serializers.CharField(max_length=200)
    number = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    expires_on = serializers.DateField(required=False, default=None)
    file = serializers.FileField(required=False, default=None)


_HEX64 = r"^[0-9a-f]{64}$"


class BidBody(CompanyBody):
    """A sealed bid, announced (docs/bid-format.md). Hexadecimal in lower case."""

    key_id = serializers.RegexField(r"^[0-9a-f]{16}$")
    point = serializers.RegexField(r"^04[0-9a-f]{128}$")
    wrapped = serializers.RegexField(r"^[0-9a-f]{96}$")
    commitment = serializers.RegexField(_HEX64)
    step_count = serializers.IntegerField(min_value=1, max_value=100_000)
    sha256 = serializers.RegexField(_HEX64)
    bid_version = serializers.IntegerField(min_value=1, max_value=10_000)


class SubscriptionBody(StrictSerializer):
    """A saved search; empty lists and nulls mean: any."""

    name = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    categories = serializers.ListField(
        child=serializers.ChoiceField(choices=_names(Category)), max_length=5, required=False, default=list
    )
    regions = serializers.ListField(
        child=serializers.RegexField(r"^[0-9]{2,12}$"), max_length=20, required=False, default=list
    )
    min_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN, required=False, allow_null=True, default=None)
    max_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN, required=False, allow_null=True, default=None)
    keyword = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    buyer_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    pace = serializers.ChoiceField(choices=_names(Pace), required=False, default=Pace.AT_ONCE.value)
    by_sms = serializers.BooleanField(required=False, default=False)
    active = serializers.BooleanField(required=False, default=True)


class SectionBody(StrictSerializer):
    """A section of a new project. Money in fen."""

    name = serializers.CharField(max_length=300)
    estimate_fen = serializers.IntegerField(
        min_value=0, max_value=MAX_FEN, required=False, allow_null=True, default=None
    )
    max_price_fen = serializers.IntegerField(
        min_value=0, max_value=MAX_FEN, required=False, allow_null=True, default=None
    )
    bond_fen = serializers.IntegerField(min_value=0, max_value=MAX_FEN, required=False, default=0)
    opening_place = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    required_documents = serializers.ListField(
        child=serializers.ChoiceField(choices=_names(DocumentKind)), max_length=6, required=False, default=list
    )


class ProjectBody(StrictSerializer):
    """A new project."""

    organisation_id = serializers.UUIDField()
    name = serializers.CharField(max_length=300)
    category = serializers.ChoiceField(choices=_names(Category))
    region_code = serializers.RegexField(r"^[0-9]{6,12}$")
    law = serializers.ChoiceField(choices=_names(Law))
    method = serializers.ChoiceField(choices=_names(Method))
    agent_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    public_funds = serializers.BooleanField(required=False, default=True)
    sections = serializers.ListField(child=SectionBody(), min_length=1, max_length=50)


class OpenerBody(StrictSerializer):
    """Who holds a share, and the SHA-256 of the share; the share itself never comes here before the opening."""

    person_id = serializers.UUIDField()
    title = serializers.CharField(max_length=40)
    share_digest = serializers.RegexField(_HEX64)


class KeyBody(StrictSerializer):
    """The public key of a section and the holders of the three shares of the private one."""

    public_key = serializers.RegexField(r"^04[0-9a-f]{128}$")
    openers = serializers.ListField(child=OpenerBody(), min_length=3, max_length=3)


class ShareBody(StrictSerializer):
    """A share of the key, after the deadline."""

    share = serializers.RegexField(r"^[0-9a-f]{66}$")


class NoticeBody(StrictSerializer):
    """A notice's draft. `content` holds what the kind requires."""

    kind = serializers.ChoiceField(choices=_names(NoticeKind))
    section_ids = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False, default=list)
    title = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    content = serializers.DictField(child=serializers.JSONField(allow_null=True))


class NoticeChangeBody(StrictSerializer):
    """A draft, written anew."""

    title = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    content = serializers.DictField(child=serializers.JSONField(allow_null=True))


class ReturnBody(StrictSerializer):
    """What is to be mended in a draft."""

    note = serializers.CharField(max_length=500)


class NoticeFileBody(StrictSerializer):
    """A file of a draft."""

    file = serializers.FileField(allow_empty_file=True)


class PackageBody(serializers.Serializer):
    """An OCDS release package; what it holds beside `releases` is kept as it is."""

    releases = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=500)
