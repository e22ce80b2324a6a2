"""The trees of agencies of the three provinces, made from the region table."""

from __future__ import annotations

from yonggong.codes import tables
from yonggong.registry.models import Agency, AgencyItem
from yonggong.staff.offices import INFORMATION

PROVINCES = ("14", "15", "22")
_LEVELS = {1: Agency.Level.PROVINCE, 2: Agency.Level.PREFECTURE, 3: Agency.Level.COUNTY}
_OFFICES = {1: "人力资源和社会保障厅劳动关系处", 2: "人力资源和社会保障局劳动关系科",
            3: "人力资源和社会保障局劳动关系股"}  # fmt: skip


def load_agencies() -> None:
    """One reviewing agency for every province, prefecture and county of the three provinces; it
    takes all lines of 人社, since no other is there."""
    made: dict[str, Agency] = {}
    # Lines such as 市辖区 only group what lies below them; nobody works there.
    regions = [
        code
        for code in tables.table("region")
        if code.code[:2] in PROVINCES and code.extras.get("grouping") != "yes"
    ]
    for depth in (1, 2, 3):
        batch = [
            Agency(
                name=f"{code.name}{_OFFICES[depth]}",
                level=_LEVELS[depth],
                region_code=code.code,
                parent=made.get(code.parent or ""),
            )
            for code in regions
            if code.level == depth
        ]
        for agency in Agency.objects.bulk_create(batch):
            made[agency.region_code] = agency
    _load_keepers(made)


# Who keeps the systems, and opines on applications for accounts; nothing is filed there.
_KEEPERS = {
    "140100": "太原市人力资源和社会保障信息中心",
    "150000": "内蒙古自治区劳动信息中心",
}


def _load_keepers(agencies: dict[str, Agency]) -> None:
    """The information centres of a city and of a region."""
    for region, name in _KEEPERS.items():
        keeper = Agency.objects.create(
            name=name,
            level=agencies[region].level,
            region_code=region,
            parent=agencies[region],
            reviews=False,
        )
        AgencyItem.objects.create(agency=keeper, item=INFORMATION)
