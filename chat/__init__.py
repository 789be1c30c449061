"""Hosting ChatKit: the endpoint, the turns, the page and the default assistant."""
