"""Official documents (公文): the API area."""
