"""What people read: a judged plan becomes one document tree, and renderers turn that tree into HTML, PDF and Word.

Nothing is computed here. Figures come with their derivations, findings with their reasons; this room chooses, orders
and words them.
"""
