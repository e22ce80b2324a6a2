"""The tree of reviewing agencies, as choices of the field 送审机构 (JL-1)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from yonggong.codes import pinyin
from yonggong.employers.queries import kind_of
from yonggong.forms import Option
from yonggong.forms.reading import read_key
from yonggong.registry.handling import able
from yonggong.registry.models import Agency

# No agency has it.
_NO_KEY = 0


class AgencyChoices:
    """Agencies that handle employers' filings, level by level; codes are their keys."""

    def find(self, code: str) -> Option | None:
        """The agency with this key."""
        key = read_key(code)
        return self._one(self._agencies().filter(pk=key)) if key else None

    def by_name(self, text: str) -> Option | None:
        """The one agency of this name; None where several share it."""
        found = list(self._agencies().filter(name=text.strip())[:2])
        return _option(found[0]) if len(found) == 1 else None

    def search(self, text: str, limit: int) -> Sequence[Option]:
        """Agencies whose name contains `text`, or is spelled so in pinyin or initials."""
        if not pinyin.is_spelled(text):
            found = list(self._agencies().filter(name__contains=text)[:limit])
        else:
            ranked = [(pinyin.rank(text, agency.name), agency) for agency in self._agencies()]
            named = [(rank, agency) for rank, agency in ranked if rank is not None]
            found = [agency for _, agency in sorted(named, key=lambda item: item[0])[:limit]]
        return [_option(agency) for agency in found]

    def children(self, parent: str | None) -> Sequence[Option]:
        """The agencies right below `parent`."""
        # Of what is no key there are none below; without a parent, the topmost.
        above = (read_key(parent) or _NO_KEY) if parent else None
        return [_option(agency) for agency in self._agencies().filter(parent=above)]

    def path(self, code: str) -> Sequence[Option]:
        """The agency of `code` with all above it, topmost first."""
        above: list[Option] = []
        key = read_key(code)
        while key is not None:
            agency = self._agencies().filter(pk=key).first()
            if agency is None:
                return []
            above.insert(0, _option(agency))
            key = agency.parent_id
        return above

    def _agencies(self) -> QuerySet[Agency]:
        handling = able(kind_of("initial").matter)
        below = Agency.objects.filter(handling, parent=OuterRef("pk"))
        return (
            Agency.objects.filter(handling)
            .annotate(has_children=Exists(below))
            .order_by("region_code", "name")
        )

    def _one(self, agencies: QuerySet[Agency]) -> Option | None:
        agency = agencies.first()
        return _option(agency) if agency else None


def _option(agency: Agency) -> Option:
    return Option(
        code=str(agency.pk),
        label=agency.name,
        has_children=agency.has_children,  # type: ignore[attr-defined]
    )
