"""What fields of the platform's own forms may be known from, beside what the standard's say
(`prefilling.SOURCES`): whom to reach of whoever applies."""

CONTACT, CONTACT_PHONE = "contact.name", "contact.phone"
