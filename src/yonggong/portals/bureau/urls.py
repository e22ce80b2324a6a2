"""Pages of this portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from yonggong.portals.access import portal

app_name = "bureau"


@portal("bureau")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/base.html")


urlpatterns = [path("", home, name="home")]
