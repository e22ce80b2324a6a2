"""The platform's addresses and one page with the invented list."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from tests.listings.orchard import ORCHARD
from yonggong.listings.views import listing_view
from yonggong.portals.access import signed_in
from yonggong.urls import urlpatterns as platform


@signed_in
def orchard(request: HttpRequest) -> HttpResponseBase:
    return listing_view(request, ORCHARD, template="portals/list.html")


urlpatterns = [*platform, path("orchard/", orchard, name="orchard")]
handler404 = "yonggong.portals.errors.not_found"
