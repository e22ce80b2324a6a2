"""Pages of the administrators' portal."""

from django.urls import path

from yonggong.portals.access import portal
from yonggong.portals.admin import (
    asked,
    home,
    item_doubts,
    item_editing,
    items,
    looks,
    operators,
    orders,
    persons,
    proofs,
    users,
    watching,
)
from yonggong.portals.pages import days_off, policies, registrations

_in_portal = portal("admin")

app_name = "admin"

urlpatterns = [
    path("", home.home, name="home"),
    path("users/", users.listing, name="users"),
    path("users/add/", users.add, name="users-add"),
    path("users/<int:pk>/", users.show, name="users-show"),
    path("users/<int:pk>/person/", persons.identify, name="users-person"),
    path("users/<int:pk>/person/undo/", persons.undo, name="users-person-undo"),
    path("users/<int:pk>/proofs/", proofs.bind, name="users-proofs"),
    path("users/<int:pk>/proofs/<int:binding_pk>/end/", proofs.end, name="users-proofs-end"),
    path("users/<int:pk>/holder/", persons.hold, name="users-holder"),
    path("users/<int:pk>/act/", users.act, name="users-act"),
    path("users/<int:pk>/hand-over/", users.hand_over, name="users-hand-over"),
    path("users/<int:pk>/grants/", users.give, name="users-give"),
    path("users/<int:pk>/grants/<int:grant>/remove/", users.take_back, name="users-take-back"),
    path("operators/", operators.page, name="operators"),
    path("operators/<int:pk>/", operators.show, name="operators-show"),
    path("operators/<int:pk>/appoint/", operators.appoint, name="operators-appoint"),
    path("operators/<int:pk>/<int:grant>/remove/", operators.remove, name="operators-remove"),
    path("orders/", orders.page, name="orders"),
    path("orders/<int:pk>/create/", orders.create, name="orders-create"),
    path("orders/<int:pk>/grant/", orders.grant, name="orders-grant"),
    path("asked/", asked.page, name="asked"),
    path("asked/<int:pk>/", asked.decide, name="asked-decide"),
    path("watching/", watching.page, name="watching"),
    path("watching/<int:pk>/act/", watching.act, name="watching-act"),
    path("watching/act/", watching.act_on_named, name="watching-named"),
    path("roles/", home.roles, name="roles"),
    path("policy/", _in_portal(policies.page), name="policy"),
    path("policy/confirm/", _in_portal(policies.confirm), name="policy-confirm"),
    path("policy/documents/<int:pk>/", _in_portal(policies.document), name="policy-document"),
    path("days-off/", _in_portal(days_off.page), name="days-off"),
    path("days-off/<int:pk>/", _in_portal(days_off.document), name="days-off-document"),
    path("registrations/load/", _in_portal(registrations.page), name="feed"),
    path("registrations/load/template/", _in_portal(registrations.blank), name="feed-template"),
    path("items/", items.listing, name="items"),
    path("items/doubts/", item_doubts.page, name="items-doubts"),
    path("items/add/", items.propose, name="items-add"),
    path("items/<int:pk>/", items.show, name="items-show"),
    path("items/<int:pk>/content/", items.content, name="items-content"),
    path("items/<int:pk>/propose/", items.propose, name="items-propose"),
    path("items/<int:pk>/edit/", item_editing.edit, name="items-edit"),
    path("items/<int:pk>/preview/", item_editing.preview, name="items-preview"),
    path(
        "items/proposals/<int:pk>/preview/",
        item_editing.preview_proposal,
        name="items-proposal-preview",
    ),
    path("items/proposals/<int:pk>/", items.proposal, name="items-proposal"),
    path("items/proposals/<int:pk>/decide/", items.decide, name="items-decide"),
    path("log/", users.log, name="log"),
    path("unusual/", looks.unusual, name="unusual"),
    path("unusual/<int:pk>/", looks.unusual_one, name="unusual-one"),
    path("unusual/<int:pk>/conclude/", looks.conclude, name="unusual-conclude"),
    path("operations/", users.operations, name="operations"),
]
