"""Whether an item's content works as a kind of case: its form, its steps and its kind are built
before it is taken, and what cannot be is told by its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from yonggong.cases.catalogued import kind_of
from yonggong.cases.item_forms import applicant_form, office_form
from yonggong.cases.procedure import procedure_of
from yonggong.catalogue.items import Item
from yonggong.catalogue.mistakes import Mistake, mistakes
from yonggong.catalogue.places import named
from yonggong.catalogue.versions import Content, read_version
from yonggong.forms import Form
from yonggong.forms.checks import CheckRefused, named_check


def mistakes_in(content: Content) -> list[Mistake]:
    """Every mistake that keeps the content from being taken; none for one that works."""
    found = mistakes(content)
    if found:
        return found
    item = read_version(content, region="", since=None)
    found = [*_forms(item, content), *_procedure(item)]
    return found or list(_checks(item))


def _forms(item: Item, content: Content) -> Iterator[Mistake]:
    """Printed forms that cannot be drawn, each by itself; then all of them together."""
    wrong = False
    for place, form in enumerate(item.forms):
        alone = replace(item, forms=(form,), checks=())
        if not (_works(applicant_form, alone) and _works(office_form, alone)):
            wrong = True
            message = "不能据此生成表单，请检查本表各字段的编码、类型和选项"
            yield Mistake(named(("forms", place), content), f"forms/{place}", message)
    plain = replace(item, checks=())
    if not wrong and not (_works(applicant_form, plain) and _works(office_form, plain)):
        message = "各表的字段编码互相冲突（平台自用 f1_、f2_rows 一类编码），请改用别的编码"
        yield Mistake("表单", "forms", message)


def _works(build: Callable[[Item], Form | None], item: Item) -> bool:
    """Whether a form can be built, kept as data and read again."""
    try:
        form = build(item)
        if form is not None:
            Form.from_data(form.to_data())
    except (ValueError, KeyError):
        return False
    return True


def _procedure(item: Item) -> Iterator[Mistake]:
    try:
        procedure_of(item)
    except ValueError:
        yield Mistake("办理流程", "procedure", "申请之后应有由工作人员办理的环节")


def _checks(item: Item) -> Iterator[Mistake]:
    """Checks that there are not, or that are told what cannot be; then the kind as a whole."""
    form = kind_of(replace(item, checks=())).form
    for place, check in enumerate(item.checks):
        try:
            named_check({"name": check.name, "with": check.told}, form.fields_by_name)
        except CheckRefused as refused:
            yield Mistake(f"表单校验第 {place + 1} 项", f"checks/{place}", str(refused))
