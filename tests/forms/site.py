"""A site of one page: the club's form, served for tests in a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import include, path

from tests.forms.club import CLUB
from tests.forms.outing import OUTING
from yonggong.forms.page import Action, FormPage
from yonggong.forms.uploads import UploadedFile, UploadSlot, slot_response
from yonggong.forms.view import sections
from yonggong.portals.uploading import takes_files

_BARE = """{% load static forms %}<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
<title>{{ page.title }}</title>
<link rel="stylesheet" href="{% static 'vendor/tabler/css/tabler.min.css' %}">
</head><body><main class="container-xl py-3"><h1>{{ page.title }}</h1>
{% if sections %}{% form_view sections %}{% else %}{% form_page page %}{% endif %}
</main></body></html>"""

drafts: list[dict[str, str]] = []


@dataclass(frozen=True)
class Found:
    """A finding of an invented rule."""

    rule: str = "club.training"
    message: str = "每周训练超过 20 小时"
    remedy: str = "请核对训练时间"
    basis: str = "《村体育俱乐部章程》第三条"
    field: str = "hours"
    severity: str | None = "warn"


def _findings(values: dict[str, object]) -> list[Found]:
    hours = values["hours"]
    return [Found()] if hours is not None and hours > 20 else []  # type: ignore[operator]


def _slot(*files: UploadedFile) -> UploadSlot:
    return UploadSlot(
        name="photo",
        label="一寸照片",
        required=True,
        accept=".jpg,.png",
        max_bytes=1024 * 1024,
        upload_url="/upload",
        files=files,
    )


def _page(request: HttpRequest) -> HttpResponse:
    extra = {
        "autosave_url": "/draft",
        "check_url": "/check",
        "uploads": [_slot()],
        "idempotency_key": "0d1f",
        "actions": [Action(label="提交备案", primary=True), Action(label="存为草稿", name="keep")],
    }
    sent = request.POST if request.method == "POST" else None
    if sent is None:
        page = FormPage(CLUB, **extra)
        return _render(request, {"page": page})
    cleaned = CLUB.clean(sent)
    if cleaned.ok:
        return _render(request, {"page": None, "sections": sections(CLUB, cleaned.values)})
    findings = _findings(cleaned.values)
    page = FormPage(CLUB, raw=sent, problems=cleaned.problems, findings=findings, **extra)
    return _render(request, {"page": page})


def _render(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(_BARE).render(context, request))


def _check(request: HttpRequest) -> HttpResponse:
    cleaned = CLUB.clean(request.POST)
    page = FormPage(
        CLUB, raw=request.POST, problems=cleaned.problems, findings=_findings(cleaned.values)
    )
    return page.check_response(request)


def _draft(request: HttpRequest) -> HttpResponse:
    drafts.append(request.POST.dict())
    return HttpResponse(status=204)


@takes_files(2)
def _upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    if not file.name.endswith(".png"):
        return HttpResponse("只收 PNG 图片", status=400, content_type="text/plain; charset=utf-8")
    return slot_response(
        request, _slot(UploadedFile(name=file.name, size=file.size, view_url="/photo"))
    )


def _outing(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _render(request, {"page": FormPage(OUTING, check_url="/outing/check")})
    cleaned = OUTING.clean(request.POST)
    if cleaned.ok:
        return _render(request, {"page": None, "sections": sections(OUTING, cleaned.values)})
    page = FormPage(OUTING, raw=request.POST, problems=cleaned.problems, check_url="/outing/check")
    return _render(request, {"page": page})


def _check_outing(request: HttpRequest) -> HttpResponse:
    problems = OUTING.clean(request.POST).problems
    return FormPage(OUTING, raw=request.POST, problems=problems).check_response(request)


urlpatterns = [
    path("", _page),
    path("outing", _outing),
    path("outing/check", _check_outing),
    path("check", _check),
    path("draft", _draft),
    path("upload", _upload),
    path("forms/", include("yonggong.forms.urls")),
]


def strict_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The platform's policy on where scripts and styles may come from."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
        return response

    return middleware


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """Serve the site; gives its address."""
    middleware = [
        "tests.forms.site.strict_policy",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    with override_settings(
        ROOT_URLCONF="tests.forms.site",
        MIDDLEWARE=middleware,
        TEMPLATES=templates,
        DEBUG=True,
        SESSION_COOKIE_SECURE=False,
    ):
        # In threads, as browsers open connections on which they say nothing for a while.
        server = make_server(
            "127.0.0.1",
            port,
            StaticFilesHandler(WSGIHandler()),
            server_class=ThreadedWSGIServer,
            handler_class=_Quiet,
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
