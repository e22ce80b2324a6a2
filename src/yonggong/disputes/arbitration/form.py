"""What is filled in to apply for arbitration."""

from __future__ import annotations

from yonggong.catalogue.book import book
from yonggong.disputes.asking import BROKEN_ON, KNOWN_ON, SUSPENDED_DAYS, figures
from yonggong.disputes.printed import form_with

ITEM = book().get("labour-dispute-arbitration-application")
FORM = form_with(ITEM, figures(KNOWN_ON, BROKEN_ON, SUSPENDED_DAYS), "claims")
