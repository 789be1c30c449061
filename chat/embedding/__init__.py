"""Other people's pages that show the chat: the element's frame, its options and its requests."""
