"""The WebSocket process: one hub, many sockets, one durable log a person."""
