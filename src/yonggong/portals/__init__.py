"""The pages: a shell that every portal shares, and one package a portal."""
