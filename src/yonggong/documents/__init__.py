"""Papers: rosters, certificates, receipts, with their numbers; saved once, never changed."""
