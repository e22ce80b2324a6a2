"""What is filled in to apply for mediation."""

from __future__ import annotations

from yonggong.catalogue.book import book
from yonggong.disputes.asking import figures
from yonggong.disputes.printed import form_with

ITEM = book().get("labour-dispute-mediation-application")
FORM = form_with(ITEM, figures(), "dispute_matters", "claimed_amount")
