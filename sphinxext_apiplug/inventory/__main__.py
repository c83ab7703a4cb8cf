"""Write the JSON Schema file anew after a change of the model."""

from __future__ import annotations

from pathlib import Path

from sphinxext_apiplug.inventory.codec import written_schema

if __name__ == "__main__":
    Path(__file__).with_name("schema.json").write_bytes(written_schema())
