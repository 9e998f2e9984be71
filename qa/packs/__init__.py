"""YAML -> nouns, or every error with file:line:column; nobody else reads YAML."""
