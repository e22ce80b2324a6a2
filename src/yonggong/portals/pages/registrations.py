"""载入登记信息: what the registration authorities give, by a workbook (NMG-4); a bureau's supervisors and
the administrators of business do it, each for their regions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES
from yonggong.batch.template import template
from yonggong.employers import asking
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.files import workbook
from yonggong.portals.pages.policies import here
from yonggong.portals.pages.rows import brought
from yonggong.portals.uploading import takes_files
from yonggong.registry.feeding import FEED_FORM
from yonggong.registry.models import RegistrationFeed

# Taken in within a request.
MOST_ROWS = 20_000
# So many rows that are wrong are named.
_NAMED = 200
_SHOWN = 10


@needs(Power.TAKE_REGISTRATIONS)
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: the template, and where to put it. POST `file`: the rows taken in, and what is wrong."""
    user, now = user_of(request), timezone.now()
    context: dict[str, object] = {"most_rows": MOST_ROWS, "most_megabytes": MOST_MEGABYTES}
    status = 200
    if request.method == "POST":
        read = brought(request, FEED_FORM, most_rows=MOST_ROWS, nothing="没有载入任何登记信息")
        context |= {"said": read.said, "notices": read.notices, "seen": read.seen}
        status = 422
        if part := read.part:
            taken, asked = asking.take_in(
                columns=part.columns,
                numbers=part.numbers,
                source=f"工作簿：{read.name}"[:120],
                by=user,
                now=now,
                address=address_of(request),
            )
            status = 422 if taken.problems else 200
            bad = sorted(taken.problems.items())
            context |= {"taken": taken, "asked": asked, "bad": bad[:_NAMED], "bad_count": len(bad)}
    feeds = RegistrationFeed.objects.filter(by=user).order_by("-pk")
    context["feeds"] = feeds[:_SHOWN]
    context["template_url"] = here(request, "feed-template")
    return render(request, "portals/pages/registrations_load.html", context, status=status)


@needs(Power.TAKE_REGISTRATIONS)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """The template."""
    return workbook(template(FEED_FORM, explanations=False), "登记信息载入模板.xlsx")
