"""People, organisations, roles, sign-in: one user store for everybody (统一用户)."""
