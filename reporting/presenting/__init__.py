"""From the figures of one draw to what a page shows. Knows declarations, and no single figure."""

from .page import Page, present

__all__ = ["Page", "present"]
