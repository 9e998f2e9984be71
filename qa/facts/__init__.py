"""Transcript in, facts out: what was said and heard in a call, measured and never judged."""
