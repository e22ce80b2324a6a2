"""All addresses: the shell, the forms' own endpoints, and one package a portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("yonggong.portals.shell.urls")),
    path("forms/", include("yonggong.forms.urls")),
    path("employer/", include("yonggong.portals.employer.urls")),
    path("person/", include("yonggong.portals.person.urls")),
    path("bureau/", include("yonggong.portals.bureau.urls")),
    path("admin/", include("yonggong.portals.admin.urls")),
    path("messages/", include("yonggong.portals.messages.urls")),
    path("guide/", include("yonggong.portals.guide.urls")),
    path("", include("yonggong.portals.public.urls")),
]

handler400 = "yonggong.portals.errors.bad_request"
handler403 = "yonggong.portals.errors.permission_denied"
handler404 = "yonggong.portals.errors.not_found"
handler500 = "yonggong.portals.errors.server_error"
