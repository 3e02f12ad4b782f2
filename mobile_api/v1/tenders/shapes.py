"""Bodies that go out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

S = serializers


def _text(**more: Any) -> S.CharField:
    return S.CharField(**more)


class TenderSectionShape(S.Serializer):
    """A section as everybody sees it. Money in fen."""

    id = S.UUIDField()
    number = _text()
    name = _text()
    state = _text()
    state_label = _text()
    suspended = S.BooleanField()
    estimate_fen = S.IntegerField(allow_null=True)
    max_price_fen = S.IntegerField(allow_null=True)
    bond_fen = S.IntegerField()
    opening_place = _text()
    required_documents = S.ListField(child=_text())
    documents_from = S.DateTimeField(allow_null=True)
    documents_until = S.DateTimeField(allow_null=True)
    bids_until = S.DateTimeField(allow_null=True)
    deadline_version = S.IntegerField()
    revision = S.IntegerField()
    publicity_until = S.DateTimeField(allow_null=True)
    opened_at = S.DateTimeField(allow_null=True)
    key_id = _text()
    public_key = _text(help_text="Uncompressed point on P-256, hexadecimal; empty before there is one.")
    candidates = S.ListField(child=S.DictField())
    winner = S.DictField(allow_null=True)
    contract = S.DictField(allow_null=True)


class TenderProjectRowShape(S.Serializer):
    """A row of the list."""

    id = S.UUIDField()
    number = _text()
    ocid = _text()
    name = _text()
    category = _text()
    region_code = _text()
    law = _text()
    method = _text()
    buyer_id = S.UUIDField(allow_null=True)
    buyer_name = _text()
    agent_name = _text()
    amount_fen = S.IntegerField(allow_null=True)
    state = _text()
    state_label = _text()
    next_deadline = S.DateTimeField(allow_null=True)
    published_at = S.DateTimeField(allow_null=True)
    source = _text()  # type: ignore[assignment]


class TenderProjectPageShape(S.Serializer):
    """One page; `now` is the clock that decides, for countdowns."""

    items = TenderProjectRowShape(many=True)
    next = _text(allow_null=True)
    now = S.DateTimeField()


class MomentShape(S.Serializer):
    """A point of the story."""

    kind = _text()
    title = _text()
    at = S.DateTimeField()
    past = S.BooleanField()
    notice_id = S.UUIDField(allow_null=True)
    section_no = _text()


class TenderProjectShape(TenderProjectRowShape):
    """A project's page."""

    sections = TenderSectionShape(many=True)
    story = MomentShape(many=True)
    share_url = _text()
    now = S.DateTimeField()


class TenderFileShape(S.Serializer):
    """A file of a notice."""

    id = S.UUIDField()
    filename = _text()
    media_type = _text()
    size = S.IntegerField()
    sha256 = _text()


class TenderNoticeShape(S.Serializer):
    """A notice."""

    id = S.UUIDField()
    project_id = S.UUIDField()
    project_name = _text()
    number = _text(allow_null=True)
    kind = _text()
    kind_label = _text()
    state = _text()
    title = _text()
    section_ids = S.ListField(child=S.UUIDField())
    content = S.DictField()
    files = TenderFileShape(many=True)
    review_note = _text()
    published_at = S.DateTimeField(allow_null=True)
    version = S.IntegerField()


class AnsweredQuestionShape(S.Serializer):
    """A question and its answer, without who asked."""

    id = S.UUIDField()
    text = _text()
    asked_at = S.DateTimeField()
    answer = _text()
    answered_at = S.DateTimeField(allow_null=True)


class AnsweredQuestionsShape(S.Serializer):
    """Questions of a section."""

    items = AnsweredQuestionShape(many=True)


class SigningKeyShape(S.Serializer):
    """The public key of receipts and opening records."""

    algorithm = _text()
    public_key = _text(help_text="base64 of 32 bytes")


class CompanyShape(S.Serializer):
    """A company one acts for."""

    id = S.UUIDField()
    credit_code = _text()
    name = _text()
    kind = _text()


class CompaniesShape(S.Serializer):
    """The companies one acts for."""

    items = CompanyShape(many=True)


class AuthorisedShape(S.Serializer):
    """Who was authorised."""

    person_id = S.UUIDField()


class QualificationShape(S.Serializer):
    """A qualification document."""

    id = S.UUIDField()
    kind = _text()
    name = _text()
    number = _text()
    expires_on = S.DateField(allow_null=True)
    has_file = S.BooleanField()
    added_at = S.DateTimeField()


class QualificationsShape(S.Serializer):
    """A company's qualification documents."""

    items = QualificationShape(many=True)


class TakenShape(S.Serializer):
    """The documents were taken."""

    taken_at = S.DateTimeField()


class ReceiptShape(S.Serializer):
    """The signed receipt (docs/bid-format.md)."""

    receipt_no = _text()
    section_id = S.UUIDField()
    section_no = _text()
    bid_id = S.UUIDField()
    bid_version = S.IntegerField()
    bidder = _text(help_text="A mark of the company in this section; it names nobody.")
    received_at = S.DateTimeField()
    deadline = S.DateTimeField()
    deadline_version = S.IntegerField()
    size = S.IntegerField()
    ciphertext_sha256 = _text()
    commitment = _text()
    key_id = _text()
    signature = _text()


class OwnBidShape(S.Serializer):
    """One's own bid."""

    id = S.UUIDField()
    section_id = S.UUIDField()
    state = _text()
    bid_version = S.IntegerField()
    step_count = S.IntegerField()
    missing_steps = S.ListField(child=S.IntegerField(), help_text="At most 200 places.")
    needs_confirmation = S.BooleanField()
    received_at = S.DateTimeField(allow_null=True)
    reason = _text()
    receipt = ReceiptShape(allow_null=True)


class StandingShape(S.Serializer):
    """Where a company stands in a section."""

    section_id = S.UUIDField()
    company_id = S.UUIDField()
    taken_at = S.DateTimeField(allow_null=True)
    missing_documents = S.ListField(child=_text())
    next_version = S.IntegerField()
    questions_until = S.DateTimeField(allow_null=True)
    bids = OwnBidShape(many=True)
    now = S.DateTimeField()


class StepsShape(S.Serializer):
    """Which steps are still missing."""

    missing_steps = S.ListField(child=S.IntegerField())


class OwnObjectionShape(S.Serializer):
    """An objection."""

    id = S.UUIDField()
    stage = _text()
    arguments = _text()
    remedy = _text()
    filed_at = S.DateTimeField()
    due_on = S.DateField()
    answer = _text(allow_null=True)
    upheld = S.BooleanField(allow_null=True)
    answered_at = S.DateTimeField(allow_null=True)


class OwnObjectionsShape(S.Serializer):
    """Objections of a section."""

    items = OwnObjectionShape(many=True)


class SeenObjectionShape(OwnObjectionShape):
    """An objection as a company sees it. Of others' queries in procurement only the answer is told."""

    is_own = S.BooleanField()
    complain_until = S.DateField(
        allow_null=True, help_text="Last day of a complaint to the finance department, in procurement."
    )


class SeenObjectionsShape(S.Serializer):
    """Objections of a section as a company sees them."""

    items = SeenObjectionShape(many=True)


class SubscriptionShape(S.Serializer):
    """A saved search."""

    id = S.UUIDField()
    name = _text()
    categories = S.ListField(child=_text())
    regions = S.ListField(child=_text())
    min_fen = S.IntegerField(allow_null=True)
    max_fen = S.IntegerField(allow_null=True)
    keyword = _text()
    buyer_id = S.UUIDField(allow_null=True)
    pace = _text()
    by_sms = S.BooleanField()
    active = S.BooleanField()
    version = S.IntegerField()


class SubscriptionsShape(S.Serializer):
    """Saved searches."""

    items = SubscriptionShape(many=True)


class AlertShape(S.Serializer):
    """What one was told of, and why."""

    id = S.UUIDField()
    kind = _text()
    title = _text()
    reason = _text()
    project_id = S.UUIDField()
    subscription_id = S.UUIDField(allow_null=True)
    keyword = _text(help_text="Of the saved search that fitted; muting ends it. Empty: muting ends the category.")
    category = _text(help_text="Of the project.")
    muted = S.BooleanField(help_text="The saved search no longer tells of such projects.")
    due_at = S.DateTimeField()


class AlertPageShape(S.Serializer):
    """One page of alerts."""

    items = AlertShape(many=True)
    next = _text(allow_null=True)


class DeskProjectShape(TenderProjectRowShape):
    """A project on the desk."""

    version = S.IntegerField()
    sections = TenderSectionShape(many=True)
    notices = TenderNoticeShape(many=True)


class PossibilityShape(S.Serializer):
    """Whether a notice may come out now, and why not."""

    kind = _text()
    label = _text()  # type: ignore[assignment]
    allowed = S.BooleanField()
    reason = _text()
    earliest = S.DateField(allow_null=True)
    basis = _text(help_text="The article that forbids it now. May be empty.")


class BroughtShape(S.Serializer):
    """How the opening stands after a share was brought."""

    section_id = S.UUIDField()
    state = _text()
    brought = S.IntegerField()
    needed = S.IntegerField()


class OpenedBidShape(S.Serializer):
    """An opened bid."""

    id = S.UUIDField()
    name = _text()
    credit_code = _text()
    state = _text()
    reason = _text()
    reason_label = _text()
    received_at = S.DateTimeField(allow_null=True)
    statement = S.DictField(allow_null=True)
    files = S.ListField(child=S.DictField())
    commitment = _text()
    ciphertext_sha256 = _text()


class OpenedBidsShape(S.Serializer):
    """The opened bids of a section."""

    items = OpenedBidShape(many=True)


class ImportedShape(S.Serializer):
    """Processes taken in."""

    items = TenderProjectRowShape(many=True)
