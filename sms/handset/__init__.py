"""The phone in the browser, and the embedded carrier behind it. Embedded and development only."""
