"""The web apps of web/dist, each under its name (/palm/, /hall/, …, /handset/), and the front door.

Files come with the compressed copies the build put beside them. Names with a hash are kept for ever; everything else
is asked for again each time (ETag). An address without a file belongs to the app's own router: it gets the app's page.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from whitenoise.base import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware

from kernel.errors import CommonError, DomainError

APPS = ("palm", "approval", "hall", "inquiry", "tender", "desk", "office")
INDEX = "index.html"
HASHED = "assets/"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
_METHODS = ("GET", "HEAD")
_NOT_BUILT = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>页面尚未构建</title>'
    "<p>页面尚未构建，请在项目目录运行 <code>make web</code>。</p>"
    '<p lang="en">This app has not been built yet: run <code>make web</code> in the project folder.</p></html>'
)


@dataclass(frozen=True)
class Site:
    """The files of one built app as they were when its page was written."""

    folder: Path
    built_at: int

    @cached_property
    def files(self) -> dict[str, Any]:
        """Files by their path inside the app."""
        noise = WhiteNoise(None, allow_all_origins=False, add_headers_function=self._add_headers)
        noise.add_files(str(self.folder))
        return {url.removeprefix("/"): file for url, file in noise.files.items()}

    def _add_headers(self, headers: Any, path: str, url: str) -> None:
        headers["Cache-Control"] = FOR_EVER if url.startswith(f"/{HASHED}") else ASK_AGAIN
        headers["ETag"] = f'W/"{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:32]}"'
        for name, value in security_headers().items():
            headers[name] = value


_sites: dict[Path, Site] = {}


def page(request: HttpRequest, app: str, rest: str = "") -> HttpResponseBase:
    """A file of an app, or its page for an address of its router. Raises NOT_FOUND for a file that is not there."""
    _allow(request)
    site = _site(settings.WEB_DIST / app)
    if site is None:
        return HttpResponse(_NOT_BUILT, status=503, headers={"Cache-Control": "no-store", "Retry-After": "60"})
    file = site.files.get(rest) or (None if _names_a_file(rest) else site.files[INDEX])
    if file is None:
        raise DomainError(CommonError.NOT_FOUND)
    response: HttpResponseBase = WhiteNoiseMiddleware.serve(file, request)
    return response


def front_door(request: HttpRequest) -> HttpResponse:
    """`/`: the palm hall on phones, the web hall elsewhere."""
    _allow(request)
    wants_palm = _is_phone(request) or not (settings.WEB_DIST / "hall" / INDEX).exists()
    response = HttpResponseRedirect("/palm/" if wants_palm else "/hall/")
    response["Cache-Control"] = "no-store"
    response["Vary"] = "User-Agent, Sec-CH-UA-Mobile"
    return response


def security_headers() -> dict[str, str]:
    """What a page of ours may load and do: own files, own API, own socket; nothing inline, nothing from elsewhere."""
    socket = urlsplit(settings.REALTIME_PUBLIC_URL)
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": " ".join(("'self' data: blob:", *_tile_origin())),
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "connect-src": f"'self' blob: {socket.scheme}://{socket.netloc}",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()",
    }


def _tile_origin() -> tuple[str, ...]:
    """Where map pictures come from, as the policy names it: `{s}` stands for any of the provider's machines."""
    parts = urlsplit(settings.MAP_TILES)
    return (f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}",) if parts.netloc else ()


def _site(folder: Path) -> Site | None:
    """The app in a folder, read again when it was built anew; None when it was not built."""
    try:
        built_at = (folder / INDEX).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    known = _sites.get(folder)
    if known is None or known.built_at != built_at:
        known = _sites[folder] = Site(folder, built_at)
    return known


def _names_a_file(rest: str) -> bool:
    return rest.startswith(HASHED) or "." in rest.rsplit("/", 1)[-1]


def _is_phone(request: HttpRequest) -> bool:
    hint = request.headers.get("Sec-CH-UA-Mobile")
    return hint == "?1" if hint else "Mobi" in request.headers.get("User-Agent", "")


def _allow(request: HttpRequest) -> None:
    if request.method not in _METHODS:
        raise DomainError(CommonError.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(_METHODS)})
