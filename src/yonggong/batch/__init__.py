"""Workbooks in and out, for any form and any kind of case."""
