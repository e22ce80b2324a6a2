"""A person who signs in themselves: one of the demonstration's workers, with their account."""

from __future__ import annotations

from yonggong.accounts.actions import create_user, identify
from yonggong.contracts.models import Contract
from yonggong.contracts.reaching import mobiles_of
from yonggong.demonstration.people import PASSWORD
from yonggong.registry.actions import enter_person


def load_person(*, username: str, region: str) -> None:
    """The account of somebody who works in a region by a contract on file; its mobile is the one that
    the contract gives, so that they sign in by a code as well."""
    contracts = Contract.objects.filter(
        employer__region_code=region, state=Contract.State.ACTIVE, current__isnull=False
    )
    worker = contracts.select_related("worker").earliest("pk").worker
    person = enter_person(worker=worker, region_code=region)
    user = create_user(
        username=username,
        name=worker.name,
        password=PASSWORD,
        mobile=next(iter(mobiles_of(worker))).mobile,
        region_code=region,
        must_change_password=False,
        by=None,
    )
    identify(user=user, person=person.pk, by=None)
