"""OpenAPI documents, ours or others', as inventories that can be compared."""
