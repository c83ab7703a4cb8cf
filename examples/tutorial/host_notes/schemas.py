"""What is sent and answered."""

NOTE = {
    "type": "string",
    "minLength": 1,
    "maxLength": 255,
    "description": "What the next operator should know.",
}
ENTRY = {
    "type": "object",
    "properties": {
        "host": {"type": "string", "description": "The host's name."},
        "note": NOTE,
    },
    "required": ["host", "note"],
    "additionalProperties": False,
}
INDEX_ANSWER = {
    "type": "object",
    "properties": {
        "host_notes": {
            "type": "array",
            "description": "One for each host that has a note.",
            "items": ENTRY,
        }
    },
    "required": ["host_notes"],
    "additionalProperties": False,
}
UPDATE = {
    "type": "object",
    "properties": {
        "host_note": {
            "type": "object",
            "description": "The note on the host.",
            "properties": {"note": NOTE},
            "required": ["note"],
            "additionalProperties": False,
        }
    },
    "required": ["host_note"],
    "additionalProperties": False,
}
UPDATE_ANSWER = {
    "type": "object",
    "properties": {"host_note": {**ENTRY, "description": "The note on the host."}},
    "required": ["host_note"],
    "additionalProperties": False,
}
