"""Pages that every portal shows alike; a portal says where its own stand (`Site`)."""
