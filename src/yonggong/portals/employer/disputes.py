"""劳动争议: what the employer applied for, and what was served on it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.disputes import register
from yonggong.disputes.listings import COLUMNS, CONDITIONS
from yonggong.disputes.models import Dispute
from yonggong.listings import Listing
from yonggong.listings.views import listing_view
from yonggong.portals.employer.desk import Desk, of_labour
from yonggong.portals.pages import disputes
from yonggong.portals.uploading import takes_files


def _rows(user: User) -> QuerySet[Dispute]:
    return register.of_side(user.scope.employers(Power.FILE))


DISPUTES = Listing(
    name="employer-disputes",
    title="劳动争议",
    columns=COLUMNS,
    rows=_rows,
    conditions=CONDITIONS,
    row_link=lambda row: reverse("employer:dispute", args=[row.pk]),
    empty="没有劳动争议。申请仲裁、调解在“其他事项”中办理；受理后送达本单位的案件显示在这里。",
)


@of_labour
def page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The disputes of the employer."""
    return listing_view(request, DISPUTES, template="portals/list.html")


@of_labour
@require_GET
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One of them."""
    own = [desk.employer.pk]
    return disputes.show(request, desk, disputes.found(own, pk), own)


@of_labour
@require_POST
@takes_files(disputes.MEGABYTES)
def answer(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Answer what was served, with evidence."""
    own = [desk.employer.pk]
    return disputes.answer(request, desk, disputes.found(own, pk), own)


@of_labour
@require_POST
@takes_files(disputes.MEGABYTES)
def bring(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Hand in evidence."""
    own = [desk.employer.pk]
    return disputes.bring(request, desk, disputes.found(own, pk), own)


@of_labour
@require_GET
def exhibit(request: HttpRequest, desk: Desk, pk: int, exhibit: int) -> HttpResponse:
    """Evidence that somebody who takes part brought."""
    return disputes.exhibit(request, disputes.found([desk.employer.pk], pk), exhibit, by=desk.user)


@of_labour
@require_GET
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Evidence that came with the application."""
    return disputes.material(request, disputes.found([desk.employer.pk], pk), name, by=desk.user)


@of_labour
@require_GET
def paper(request: HttpRequest, desk: Desk, pk: int, paper: int) -> HttpResponse:
    """A paper that was served on all who take part."""
    return disputes.paper(request, disputes.found([desk.employer.pk], pk), paper, by=desk.user)


@of_labour
@require_POST
def counter(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Begin a counter-application to what was served."""
    own = [desk.employer.pk]
    dispute = disputes.found(own, pk)
    return disputes.counter(request, desk, dispute, own, by=desk.employer.party)
