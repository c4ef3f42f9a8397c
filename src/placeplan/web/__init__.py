"""The workspace: a planning team makes, checks, signs and publishes a plan together.

Apps are named after what users do. In each, ``models`` hold rows, ``actions`` write, ``selectors`` read, and ``views``
answer requests. A write asks for the right, and appends an audit event in the same transaction.
"""
