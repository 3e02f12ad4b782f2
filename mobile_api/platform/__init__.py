"""What every endpoint shares: errors, authentication, idempotency, versions, pages, throttles, contract."""
