"""Themes: a municipality's own colours and corners, by design tokens alone.

Owns: which tokens a theme may set, what they may be, whether words stay readable, and the style
sheet that sets them. May import: the standard library. Never: other styles than tokens, so that
no theme can hide, move or load anything.

A theme is a JSON file: `{"name": …, "light": {token: value}, "dark": {token: value}}`. What it
leaves out is as in `frontend/src/styles/tokens.css`.
"""

from .loading import BUILT_IN, NotATheme, Theme, theme

__all__ = ["BUILT_IN", "NotATheme", "Theme", "theme"]
