"""The nouns: frozen, validated, no input or output, one file a noun family."""
