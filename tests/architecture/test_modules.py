"""Sizes and habits that ruff cannot hold: files, functions, nesting, imports, names (style: "Sizes we keep")."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("config", "mobile_api", "webhooks", "backend", "sms", "kernel")
CHECKED = (*PRODUCT, "tests", "benchmarks")
FILE_LINES = 400
FUNCTION_LINES = 40
NESTING = 3
CONFTEST_LINES = 100
ATTICS = {"utils", "helpers", "common_utils", "misc"}
HTTP = {"django.http", "django.views", "django.urls", "django.shortcuts", "django.test"}
KNOWS_HTTP = ("sms/handset/",)  # the page of the embedded phone; off in production


def files(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def depth(node: ast.AST, level: int = 0) -> int:
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        deeper = isinstance(child, BLOCKS) and not is_elif
        deepest = max(deepest, depth(child, level + deeper))
    return deepest


def named(found: list[str], rule: str) -> str:
    return rule + ":\n  " + "\n  ".join(found)


def test_files_are_short() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {n}"
        for path in files(*CHECKED)
        if (n := len(path.read_text().splitlines())) > FILE_LINES
    ]
    assert not found, named(found, f"files over {FILE_LINES} lines: make a package of the same name")


def test_conftests_are_shorter_still() -> None:
    top = ROOT / "tests" / "conftest.py"
    assert len(top.read_text().splitlines()) <= CONFTEST_LINES


@pytest.mark.parametrize("folder", PRODUCT)
def test_functions_are_short(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {body_lines(function)}"
        for path in files(folder)
        for function in functions(parsed(path))
        if body_lines(function) > FUNCTION_LINES
    ]
    assert not found, named(found, f"functions over {FUNCTION_LINES} lines")


@pytest.mark.parametrize("folder", PRODUCT)
def test_nesting_is_flat(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {deepest}"
        for path in files(folder)
        for function in functions(parsed(path))
        if (deepest := depth(function)) > NESTING
    ]
    assert not found, named(found, f"nesting deeper than {NESTING}")


def imports(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom):
            yield inner.module or ""


def test_our_own_modules_are_imported_at_the_top() -> None:
    late = {"config/embedded/__main__.py"}  # `make run` must start without the clients that the demo needs
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {name}"
        for path in files(*PRODUCT)
        if str(path.relative_to(ROOT)) not in late
        for function in functions(parsed(path))
        if not (path.name == "apps.py" and function.name == "ready")  # Django's place for registering
        for name in imports(function)
        if name.split(".")[0] in PRODUCT
    ]
    assert not found, named(found, "first-party imports inside functions")


def test_stars_are_for_settings_only() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in files(*CHECKED)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert set(found) <= {"config/settings/embedded.py", "config/settings/production.py"}, found


def test_there_is_no_attic() -> None:
    found = [str(path.relative_to(ROOT)) for path in files(*PRODUCT) if ATTICS & {path.stem, *path.parts}]
    assert not found, named(found, "name what it does")


def test_the_municipality_knows_no_http() -> None:
    found = [
        f"{path.relative_to(ROOT)} {name}"
        for path in files("backend", "sms", "kernel")
        if not str(path.relative_to(ROOT)).startswith(KNOWS_HTTP)
        for name in imports(parsed(path))
        if any(name == http or name.startswith(f"{http}.") for http in HTTP)
    ]
    assert not found, named(found, "HTTP below the edge")


def test_time_comes_from_the_database() -> None:
    """kernel.clock decides (F19); `datetime.now` and `timezone.now` are for clocks that decide nothing."""
    elsewhere = {"backend/push/channels/webpush.py"}  # a VAPID token's end is judged by the push service's clock
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.func.value.id}.{node.func.attr}"
        for path in files("backend", "sms", "webhooks", "mobile_api")
        if str(path.relative_to(ROOT)) not in elsewhere
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr)
        in {("datetime", "now"), ("datetime", "utcnow"), ("timezone", "now"), ("date", "today"), ("time", "time")}
    ]
    assert not found, named(found, "use kernel.clock")


def test_public_functions_of_the_apps_say_what_they_mean() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in files(*PRODUCT)
        for function in parsed(path).body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and not function.name.startswith("_")
        and ast.get_docstring(function) is None
    ]
    assert not found, named(found, "public functions without a docstring")
