"""Everything the page's templates may read, prepared so that they need not compute.

One module a kind of page. Only light modules are imported by them: the start page is answered
before the others are loaded.
"""
