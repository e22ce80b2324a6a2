"""Pages of this portal, in the order of the manual."""

from django.urls import path

from yonggong.cases.pages import ITEM
from yonggong.portals.employer import (
    again,
    annual,
    annual_workbook,
    batch,
    batch_rows,
    cases,
    choosing,
    codes,
    contracts,
    declared,
    dispatches,
    disputes,
    forms,
    home,
    interface,
    items,
    looks,
    materials,
    offers,
    operators,
    orders,
    particulars,
    prefilled,
    records,
    registers,
    rosters,
    voiding,
)
from yonggong.portals.employer.desk import at_desk
from yonggong.portals.employer.kind_urls import listed_kinds, own_words
from yonggong.portals.navigation import BATCH_PAGES
from yonggong.portals.pages import again as shared_again
from yonggong.portals.pages import (
    authorities,
    choosing_materials,
    filling,
    service,
    signed_forms,
    uploads,
    workbook,
)

app_name = "employer"

# The kinds with a list of their own: begun from nothing, or on one of its rows.
_FRESH = tuple(word for word, (_, own) in listed_kinds().items() if not own.from_rows)
_LATER = tuple(word for word, (_, own) in listed_kinds().items() if own.from_rows)

urlpatterns = [
    path("", home.home, name="home"),
    path("choose/", choosing.choose, name="choose"),
    path("codes/", codes.page, name="codes"),
    path("operators/", operators.page, name="operators"),
    path("operators/invite/", operators.invite, name="operators-invite"),
    path("operators/invitations/<int:pk>/", operators.take_back, name="operators-take-back"),
    path("operators/claims/<int:pk>/", operators.accept, name="operators-accept"),
    path("operators/<int:grant>/", operators.act, name="operators-act"),
    path("operators/leave/", operators.leave, name="operators-leave"),
    # 1.2 单位基本信息
    path("particulars/", particulars.show, name="particulars"),
    path("particulars/begin/", particulars.begin, name="particulars-begin"),
    path("particulars/cancel/", particulars.cancel, name="particulars-cancel"),
    path("particulars/agencies/", particulars.agencies, name="particulars-agencies"),
    path("particulars/routing/", particulars.routing, name="particulars-routing"),
    path("declared/<str:what>/", declared.lines, name="declared"),
    path("declared/<str:what>/add/", declared.add, name="declared-add"),
    path("declared/<str:what>/load/", declared.load, name="declared-load"),
    path("declared/<str:what>/template/", declared.blank, name="declared-template"),
    path("declared/<str:what>/interface/", interface.page, name="declared-interface"),
    path("declared/<str:what>/interface/<int:pk>/end/", interface.end, name="declared-end-key"),
    # 1.3 劳动合同信息综合查询
    path("contracts/", contracts.everything, name="contracts"),
    path("case/<int:pk>/", cases.show, name="case"),
    path("case/<int:pk>/whole/", cases.reveal, name="case-whole"),
    path("case/<int:pk>/receipt/", cases.receipt_pdf, name="case-receipt"),
    path("case/<int:pk>/versions/<int:number>/", cases.version, name="case-version"),
    path(
        "case/<int:pk>/versions/<int:number>/print/",
        cases.print_version,
        name="case-version-print",
    ),
    path("case/<int:pk>/materials/<str:name>/", at_desk(uploads.answer), name="material"),
    path(
        "case/<int:pk>/materials/<str:name>/form.pdf",
        at_desk(signed_forms.pdf),
        name="material-sign",
    ),
    path(
        "case/<int:pk>/materials/<str:name>/choose/",
        at_desk(choosing_materials.page),
        name="material-choose",
    ),
    path(
        "case/<int:pk>/materials/<str:name>/remove/",
        at_desk(uploads.removed),
        name="material-remove",
    ),
    path("case/<int:pk>/withdraw/", at_desk(shared_again.take_back), name="case-withdraw"),
    path("case/<int:pk>/again/", again.begin_again, name="case-again"),
    path("case/<int:pk>/evaluate/", at_desk(service.evaluate), name="case-evaluate"),
    # 年度备案
    path("annual/", annual.home, name="annual"),
    path("survey/", annual.pay_survey, name="survey"),
    path("annual/begin/<str:kind>/", annual.begin, name="annual-begin"),
    path("annual/<int:pk>/fill/", annual.fill, name="annual-fill"),
    path("annual/<int:pk>/tally/", annual.tally, name="annual-tally"),
    path("annual/<int:pk>/differences/", annual.differences, name="annual-differences"),
    path("annual/<int:pk>/workbook/", annual_workbook.page, name="annual-workbook"),
    path("annual/<int:pk>/tables.xlsx", annual_workbook.filled, name="annual-filled"),
    path("annual/<int:pk>/blank.xlsx", annual_workbook.blank, name="annual-blank"),
    path("annual/<int:pk>/rows/<str:table>/", annual.rows, name="annual-rows"),
    path("annual/<int:pk>/rows/<str:table>/<int:number>/", annual.row, name="annual-row"),
    path("annual/<int:pk>/print/<str:table>/", annual.printed, name="annual-print"),
    # 委托代理
    path("looks/", looks.page, name="looks"),
    path("records/", records.page, name="records"),
    path("disputes/", disputes.page, name="disputes"),
    path("disputes/<int:pk>/", disputes.show, name="dispute"),
    path("disputes/<int:pk>/answer/", disputes.answer, name="dispute-answer"),
    path("disputes/<int:pk>/papers/<int:paper>/", disputes.paper, name="dispute-paper"),
    path("disputes/<int:pk>/counter/", disputes.counter, name="dispute-counter"),
    path("disputes/<int:pk>/bring/", disputes.bring, name="dispute-bring"),
    path("disputes/<int:pk>/materials/<str:name>/", disputes.material, name="dispute-material"),
    path("disputes/<int:pk>/evidence/<int:exhibit>/", disputes.exhibit, name="dispute-exhibit"),
    path("orders/", orders.page, name="orders"),
    path("orders/<int:pk>/", orders.show, name="orders-show"),
    path("orders/<int:pk>/paper/", orders.paper, name="orders-paper"),
    path("orders/<int:pk>/reply/", orders.reply, name="orders-reply"),
    path("authorities/", at_desk(authorities.listing), name="authorities"),
    path("authorities/give/", at_desk(authorities.give), name="authorities-give"),
    path("authorities/<int:authority>/", at_desk(authorities.show), name="authorities-one"),
    path(
        "authorities/<int:authority>/paper/",
        at_desk(authorities.paper),
        name="authorities-evidence",
    ),
    path("authorities/<int:authority>/end/", at_desk(authorities.end), name="authorities-end"),
    # 其他事项: kinds without pages of their own
    path("item/", items.listing, name="item"),
    path("offers/<str:kind>/begin/", offers.begin, name="offers-begin"),
    path("item/<str:kind>/begin/", items.begin, name="item-begin"),
    path("item/<int:pk>/workbook/", at_desk(workbook.page), name="item-workbook"),
    path("item/<int:pk>/workbook/blank.xlsx", at_desk(workbook.blank), name="item-workbook-blank"),
    path(
        "item/<int:pk>/workbook/filled.xlsx", at_desk(workbook.filled), name="item-workbook-filled"
    ),
    # 1.4 新订, 1.5 续订, 变更, 1.6 解除/终止
    *(path(f"{word}/", contracts.of_kind, {"word": word}, name=word) for word in listed_kinds()),
    *(
        path(f"{word}/{act}/", view, {"word": word}, name=f"{word}-{act}")
        for words, act, view in (
            (_FRESH, "add", contracts.add),
            (_FRESH, "amend", contracts.amend),
            (_LATER, "start", contracts.start),
        )
        for word in words
    ),
    # 派遣用工
    path("registers/", registers.show, name="registers"),
    path("dispatches/", dispatches.posted, name="dispatches"),
    path("dispatches/sent/", dispatches.sent, name="dispatches-sent"),
    path("dispatches/<int:pk>/change/", dispatches.change, name="dispatches-change"),
    path("dispatches/roster/", dispatches.roster, name="dispatches-roster"),
    # 1.7 合同新订(续订)备案批量, 1.8 合同解除/终止备案批量, and of all other items
    *(
        path(
            f"batch{'' if word == 'new' else f'-{word}'}/",
            batch.page,
            {"group": word},
            name=f"batch-{word}",
        )
        for word in BATCH_PAGES
    ),
    path("batch/template/<str:kind>/", batch.blank, name="batch-template"),
    path("batch/ending-soon/<str:kind>/", prefilled.prefilled, name="batch-ending-soon"),
    path("batch/<int:pk>/", batch.show, name="batch"),
    path("batch/<int:pk>/progress/", batch.progress, name="batch-progress"),
    path("batch/<int:pk>/mend/", batch_rows.mend, name="batch-mend"),
    path("batch/<int:pk>/aside/", batch_rows.put_aside, name="batch-aside"),
    path("batch/<int:pk>/take-up/", batch_rows.take_up, name="batch-take-up"),
    path("batch/<int:pk>/again/", batch.again, name="batch-again"),
    path("batch/<int:pk>/bad.xlsx", batch.bad_workbook, name="batch-bad"),
    path("batch/<int:pk>/confirm/", batch.confirm, name="batch-confirm"),
    path("batch/<int:pk>/cancel/", batch.cancel, name="batch-cancel"),
    path("batch/<int:pk>/undo/", batch.undo, name="batch-undo"),
    # 1.9 劳动合同申报作废
    path("void/", voiding.listing, name="void"),
    path("void/confirm/", voiding.confirm, name="void-confirm"),
    path("void/done/", voiding.done, name="void-done"),
    # 1.10 已办业务名册查询
    path("rosters/", rosters.papers, name="rosters"),
    path("rosters/<int:pk>/", rosters.paper, name="rosters-paper"),
    path("rosters/<int:pk>/pdf/", rosters.pdf, name="rosters-pdf"),
    # 1.11 实时名册打印
    path("roster-print/", rosters.printable, name="roster-print"),
    *(
        path(f"roster-print/{word}/", rosters.choose, {"word": word}, name=f"roster-print-{word}")
        for word in rosters.MAKINGS
    ),
    path("roster-print/<uuid:token>/", rosters.preview, name="roster-print-preview"),
    path("roster-print/<uuid:token>/pdf/", rosters.draft, name="roster-print-draft"),
    path("roster-print/<uuid:token>/save/", rosters.save, name="roster-print-save"),
    # The form of every kind of case, under the word of its kind so that the menu shows where one is
    *(
        path(f"{word}/<int:pk>/{part}", view, name=f"{word}-{name}")
        for word in (*own_words(), ITEM)
        for part, view, name in (
            ("", forms.form, "form"),
            ("draft/", at_desk(filling.keep_typing), "draft"),
            ("check/", at_desk(filling.check), "check"),
            ("discard/", at_desk(filling.discard), "discard"),
            ("materials/", materials.table, "materials"),
        )
    ),
]
