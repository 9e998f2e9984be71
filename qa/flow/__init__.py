"""The stages composed, and the runners that carry nouns between files, workers and the store."""
