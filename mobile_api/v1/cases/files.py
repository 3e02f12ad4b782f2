"""Serving a document: as an attachment, sandboxed, in ranges, never by a public address."""

from __future__ import annotations

from uuid import UUID

from django.http import StreamingHttpResponse
from rest_framework.request import Request

from backend.cases import selectors
from kernel.actors import Actor


def content_response(request: Request, actor: Actor, case_id: UUID, material_id: UUID) -> StreamingHttpResponse:
    """The bytes of a material for somebody who may see them."""
    delivery, content = selectors.material_content(actor, case_id, material_id, request.headers.get("Range"))
    response = StreamingHttpResponse(content, status=delivery.status)
    for name, value in delivery.headers.items():
        response[name] = value
    return response
