"""The store: the only place with SQL; nouns in, nouns out."""
