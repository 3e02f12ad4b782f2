"""Plain decisions of the accounts: numbers of people and bodies, passwords, limits. No Django."""
