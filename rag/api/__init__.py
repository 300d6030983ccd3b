"""The HTTP face of the assistant: `/v1`, `/healthz`, `/readyz`, `/docs`."""
