"""A person whom nobody filed yet is entered at a counter that saw their identity card: from then on they
apply there, and sign in by a code to the mobile noted."""

from __future__ import annotations

from django.db import transaction

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.identity import parse_id_number
from yonggong.codes.names import person_name
from yonggong.proofs import persons
from yonggong.registry.actions import enter_person, get_or_add_by_card
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.registry.queries import within


@transaction.atomic
def register_person(
    *, name: str, number: str, mobile: str, agency: Agency, by: User, address: str | None
) -> tuple[Party, bool]:
    """The person with this card, and whether an account was made for them; one who has an account
    keeps it as it is. `number` as `codes.identity` takes it. Raises `AccountProblem`, with nothing
    written, where they are registered under another name or in a region that is not the clerk's, or
    are the clerk."""
    worker = get_or_add_by_card(parse_id_number(number), name=person_name(name))
    if worker.name != person_name(name):
        raise AccountProblem("姓名与该证件登记的不一致，请先办理人员信息更正。", about="name")
    person = enter_person(worker=worker, region_code=agency.region_code)
    if person.pk == by.person_id:
        raise AccountProblem("不能为本人代录，请选择“个人办事”，以本人身份办理。", about="number")
    served = within(by.scope.regions(Power.FILE_FOR_OTHERS, department=None))
    if not Party.objects.filter(served, pk=person.pk).exists():
        raise AccountProblem("该人员登记在其他辖区，请到其登记地的窗口办理。", about="number")
    if persons.held_account(worker) is not None:
        return person, False
    persons.made(
        worker,
        region=agency.region_code,
        mobile=mobile,
        said=f"{agency.name}窗口核对身份证",
        by=by,
        address=address,
    )
    return person, True
