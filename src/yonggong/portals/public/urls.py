"""Pages open to anyone."""

from django.urls import path

from yonggong.portals.public import registration

urlpatterns = [path("register/", registration.register, name="register")]
