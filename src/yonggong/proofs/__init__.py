"""Who somebody is, proven elsewhere: by a certificate of an authority, by a provider of identities."""
