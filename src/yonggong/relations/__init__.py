"""The labour relations items of the service standard, with their own rules, papers and registers."""
