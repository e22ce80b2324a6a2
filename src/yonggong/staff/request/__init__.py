"""账号申请（变更）单: an agency applies for an account of one of its people, or for its change."""
