"""The contract itself, for whoever builds a client."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from mobile_api.platform.views import ApiView
from mobile_api.v1.contract import schema
from mobile_api.v1.contract.generation import contract_path

UNCHANGED = OpenApiResponse(description="Not changed since If-None-Match.")


class YamlRenderer(BaseRenderer):
    """Passes the contract's text on, under the media type of RFC 9512."""

    media_type = "application/yaml"
    format = "yaml"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        """The text as it is."""
        return data


class ContractView(ApiView):
    """GET /openapi.yaml"""

    public = True
    renderer_classes = [YamlRenderer]

    @extend_schema(**schema.READ, responses={(200, "application/yaml"): OpenApiTypes.STR, 304: UNCHANGED})
    def get(self, request: Request) -> HttpResponse:
        """The committed contract; unchanged since If-None-Match: 304."""
        text, tag = _contract()
        if request.headers.get("If-None-Match") == tag:
            return HttpResponse(status=304, headers={"ETag": tag})
        headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
        return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@cache
def _contract() -> tuple[bytes, str]:
    text = contract_path().read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
