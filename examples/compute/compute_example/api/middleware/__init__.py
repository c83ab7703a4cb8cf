"""What a request passes before the API has it; ``api-paste.ini`` says in which order."""
