"""The htmx page: threads, items and widgets as HTML, from the same store as the endpoint."""
