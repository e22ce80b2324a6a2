"""Pages of persons who apply for themselves, or let somebody apply for them."""
