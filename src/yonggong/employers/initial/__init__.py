"""The initial filing of an employer (初次备案)."""
