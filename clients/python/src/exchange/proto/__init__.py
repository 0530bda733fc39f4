"""Generated from the schema in Protocol/ by clients/python/generate. Do not edit."""
