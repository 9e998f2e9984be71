"""Local, rule-driven quality monitoring and coaching for call centres."""

__version__ = "0.1.0"
