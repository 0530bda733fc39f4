"""The asynchronous interface. The blocking one, `_sync`, is generated from it."""
