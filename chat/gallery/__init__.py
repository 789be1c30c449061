"""The gallery: every item type and every widget component, with its variants, on one page."""
