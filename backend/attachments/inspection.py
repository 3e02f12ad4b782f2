"""Has a strange file opened in a process of its own and reads the outcome."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from backend.attachments.rules import sniff
from backend.attachments.types import AttachmentError, Limits, MediaType
from kernel.errors import DomainError

logger = logging.getLogger(__name__)

SECONDS = 45


def inspect(source: Path, head: bytes, target: Path, limits: Limits) -> MediaType:
    """Find the type by content and check the file; a picture is written anew to `target`.

    Raises the AttachmentError that names what is wrong; DAMAGED when the parser itself breaks.
    """
    kind = sniff(head)
    if kind is None:
        raise DomainError(AttachmentError.TYPE_UNKNOWN)
    job: dict[str, object] = {"kind": str(kind), "source": str(source), "target": str(target), "limits": asdict(limits)}
    answer = _run(job)
    if "refused" in answer:
        raise DomainError(AttachmentError[answer["refused"]], megapixels=limits.max_pixels // 1_000_000)
    return MediaType(answer["media_type"])


def _run(job: dict[str, object]) -> dict[str, str]:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "backend.attachments.inspector"],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(settings.BASE_DIR), "LANG": "C.UTF-8"},
        )
        answer: dict[str, str] = json.loads(done.stdout)
    except subprocess.CalledProcessError as exc:
        logger.warning("inspection_broke", extra={"status": exc.returncode, "kind": job["kind"]})
        raise DomainError(AttachmentError.DAMAGED) from exc
    except (subprocess.TimeoutExpired, ValueError) as exc:
        logger.warning("inspection_broke", extra={"error": type(exc).__name__, "kind": job["kind"]})
        raise DomainError(AttachmentError.DAMAGED) from exc
    return answer
