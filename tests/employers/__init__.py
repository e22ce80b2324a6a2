"""Tests of the room of employers."""
