"""劳务派遣经营许可: applied for, checked on site, issued, extended, changed, cancelled."""
