"""Centres and calls with faults that are known because we planted them."""
