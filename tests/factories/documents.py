"""Official documents for tests, called by the services themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts.types import OrganisationInfo, Role
from backend.documents import services
from backend.documents.models import Document
from backend.documents.types import Act, Kind
from tests.factories import accounts as people

BODY = "各单位要加强组织领导，明确责任分工。\n请于月底前报送落实情况。"


class Office:
    """An organisation with somebody for each step, and acts in their names."""

    def __init__(self, code: str = "宿政务发") -> None:
        self.place: OrganisationInfo = people.organisation()
        self.code = code
        self.clerk = people.official(Role.DOCUMENT_CLERK, self.place, name="朱文书")
        self.drafter, self.checker, self.leader, self.helper, self.handler, self.reader = (
            people.official(Role.REVIEWER, self.place, name=name)
            for name in ("孙起草", "李核稿", "赵领导", "周会签", "吴承办", "郑阅知")
        )
        services.keep_code(actor=people.system(), organisation_id=self.place.id, code=code)

    def act(self, person: UUID, document: Document, what: Act, opinion: str = "", **wishes: Any) -> Document:
        """One act in somebody's name, on the document as it is now."""
        actor = accounts.actor_for(person)
        return services.act(actor=actor, document_id=document.id, what=what, opinion=opinion, **wishes)

    def draft(self, **more: Any) -> Document:
        """A notice that is being written."""
        wishes = {"kind": Kind.NOTICE, "title": "关于做好年末政务服务工作的通知", "body": BODY, "recipients": "各单位"}
        return services.draft(actor=accounts.actor_for(self.drafter), **{**wishes, **more})

    def issued(self, **more: Any) -> Document:
        """A notice that waits for its number."""
        made = self.draft(**more)
        self.act(self.drafter, made, Act.SUBMIT, checker_id=self.checker, leader_id=self.leader)
        self.act(self.checker, made, Act.CHECK)
        return self.act(self.leader, made, Act.ISSUE, "同意")

    def numbered(self, **more: Any) -> Document:
        """A notice with its number and page."""
        return self.act(self.clerk, self.issued(**more), Act.RECHECK)

    def received(self, **more: Any) -> Document:
        """Something that came in and was signed for."""
        wishes = {"sender": "江苏省政务服务管理办公室", "kind": Kind.NOTICE, "title": "关于报送年度总结的通知"}
        return services.receive(actor=accounts.actor_for(self.clerk), **{**wishes, **more})
