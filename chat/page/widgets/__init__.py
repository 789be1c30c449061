"""ChatKit widgets as HTML: one view function and one template for each component."""
