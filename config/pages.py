"""What search engines and link previews read: item pages with their own head, the map of the site, and robots.txt.

The app draws the page; what it says about itself is written into it here, so that nobody needs to run scripts to know
what /hall/items/<code> is. Data blocks (`application/ld+json`) are no scripts: the content security policy lets them
pass and nothing in them runs.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape as escape_xml

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from backend.powers import selectors as powers
from backend.powers.selectors import PowerPage
from backend.powers.types import LimitUnit, PowerVersionInfo, ProjectType
from config import frontends
from kernel.errors import DomainError

HALL = "hall"
CITY = "321300"
PLACES = (
    "/hall/",
    "/hall/powers",
    "/hall/plan",
    "/hall/statistics",
    "/hall/progress",
    "/hall/answered",
    "/hall/mailbox",
)
CLOSED = (
    "/api/",
    "/webhooks/",
    "/handset/",
    "/palm/",
    "/approval/",
    "/inquiry/",
    "/desk/",
    "/hall/me",
    "/hall/apply",
    "/hall/cases",
)
MAX_DESCRIPTION = 160
KEPT_SECONDS = 3600
UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天"}
_GENERAL = re.compile(r"\s*(<title>.*?</title>|<meta name=\"description\"[^>]*>)", re.DOTALL)
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponseBase:
    """The page of an item under its lasting address. An unknown code gets the app's page too, as 404."""
    index = settings.WEB_DIST / HALL / frontends.INDEX
    if not index.exists():
        return frontends.page(request, HALL)
    try:
        found = powers.power_page(powers.power_id_of(code))
    except DomainError:
        response = frontends.page(request, HALL)
        response.status_code = 404 if response.status_code == 200 else response.status_code
        return response
    page = _GENERAL.sub("", index.read_text(encoding="utf-8"))
    return _html(request, page.replace("</head>", f"{_head(found)}\n</head>", 1))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address of the web hall; items with the day from which their version holds."""
    places = [(_address(place), "") for place in PLACES]
    items = [(_item_address(code), since.isoformat() if since else "") for code, since in powers.public_codes()]
    lines = [_url(address, since) for address, since in (*places, *items)]
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
        )
    )
    return _plain(text, "application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public hall may be read by everybody, the rest has nothing to find."""
    closed = "\n".join(f"Disallow: {path}" for path in CLOSED)
    return _plain(f"User-agent: *\n{closed}\n\nSitemap: {_address('/sitemap.xml')}\n", "text/plain; charset=utf-8")


def service_data(found: PowerPage) -> dict[str, Any]:
    """An item as schema.org GovernmentService."""
    info = found.version
    address = _item_address(info.code)
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "identifier": info.code,
        "name": info.name,
        "alternateName": info.name_en,
        "description": describe(found),
        "serviceType": info.type_name,
        "inLanguage": ["zh-Hans", "en"],
        "provider": {"@type": "GovernmentOrganization", "name": found.organisation_name},
        "areaServed": _area(found.region_code),
        "audience": [{"@type": "Audience", "audienceType": kind} for kind in info.audience],
        "isAccessibleForFree": not info.is_fee,
        "serviceOutput": _named("GovernmentPermit" if info.result_type == "certificate" else "Thing", info.result_name),
        "availableChannel": _channels(info, address),
    }
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def describe(found: PowerPage) -> str:
    """One sentence for people who see the item in a list of results."""
    info = found.version
    if info.project_type == ProjectType.IMMEDIATE:
        limit = "当场办结"
    elif info.promised_limit:
        limit = f"承诺{info.promised_limit}{UNITS[LimitUnit(info.promised_unit)]}办结"
    else:
        limit = ""
    fee = "按标准收费" if info.is_fee else "不收费"
    online = "可网上申请" if info.is_online else "到窗口办理"
    visits = f"到现场{info.onsite_visits}次" if info.onsite_visits else "不用到现场"
    count = f"需{len(info.materials)}种材料" if info.materials else ""
    parts = [part for part in (limit, count, fee, online, visits) if part]
    return f"{info.name}（{found.organisation_name}）：{'，'.join(parts)}。"[:MAX_DESCRIPTION]


def _head(found: PowerPage) -> str:
    info = found.version
    title = f"{info.name} · {found.organisation_short_name or found.organisation_name} · 宿迁政务服务网上大厅"
    properties = {
        "og:type": "website",
        "og:site_name": "宿迁政务服务网上大厅",
        "og:locale": "zh_CN",
        "og:title": info.name,
        "og:description": describe(found),
        "og:url": _item_address(info.code),
        "og:image": _address("/hall/icon-512.png"),
    }
    data = json.dumps(service_data(found), ensure_ascii=False).translate(_ESCAPED)
    lines = [
        f"<title>{escape(title)}</title>",
        f'<meta name="description" content="{escape(describe(found))}" data-served>',
        f'<link rel="canonical" href="{escape(_item_address(info.code))}" data-served>',
        *(f'<meta property="{name}" content="{escape(value)}" data-served>' for name, value in properties.items()),
        f'<script type="application/ld+json" data-served>{data}</script>',
    ]
    return "\n".join(lines)


def _channels(info: PowerVersionInfo, address: str) -> list[dict[str, Any]]:
    phone = {"@type": "ContactPoint", "telephone": info.consult_phone, "contactType": "customer service"}
    online = {"@type": "ServiceChannel", "name": "网上办理", "serviceUrl": address}
    window = {
        "@type": "ServiceChannel",
        "name": "窗口办理",
        "serviceLocation": {"@type": "Place", "name": info.place} if info.place else None,
        "servicePhone": phone if info.consult_phone else None,
    }
    rows = [online] if info.is_online else []
    return [*rows, {name: value for name, value in window.items() if value is not None}]


def _area(region_code: str) -> dict[str, Any]:
    city: dict[str, Any] = {"@type": "City", "identifier": CITY, "name": "宿迁市"}
    return (
        city
        if region_code == CITY
        else {"@type": "AdministrativeArea", "identifier": region_code, "containedInPlace": city}
    )


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _item_address(code: str) -> str:
    return _address(f"/hall/items/{quote(code, safe='')}")


def _address(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{path}"


def _url(address: str, since: str) -> str:
    changed = f"<lastmod>{since}</lastmod>" if since else ""
    return f"<url><loc>{escape_xml(address)}</loc>{changed}</url>"


def _html(request: HttpRequest, page: str) -> HttpResponse:
    tag = f'W/"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
    headers = {**frontends.security_headers(), "Cache-Control": frontends.ASK_AGAIN, "ETag": tag}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(page, content_type="text/html; charset=utf-8", headers=headers)


def _plain(text: str, media_type: str) -> HttpResponse:
    return HttpResponse(text, content_type=media_type, headers={"Cache-Control": f"public, max-age={KEPT_SECONDS}"})
