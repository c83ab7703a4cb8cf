"""Changes as documents: grouped, as JSON, Markdown and release notes."""
