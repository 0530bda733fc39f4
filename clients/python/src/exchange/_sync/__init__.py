# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""The blocking interface. The asynchronous one, `_aio`, is what this is generated from."""
