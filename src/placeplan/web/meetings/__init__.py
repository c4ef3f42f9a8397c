"""Boards and their meetings: agenda, attendance, declarations, minutes, decisions and actions that stay open."""
