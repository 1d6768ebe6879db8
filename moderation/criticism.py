"""Whether a message may be criticism of the municipality: then nobody hides it alone. Pure.

It only has to be careful: a message that is taken for criticism by mistake gets a second look.
"""

import re

_ABOUT = re.compile(
    r"\b(gemeente\w*|wethouder\w*|burgemeester\w*|raadslid|raadsleden|gemeenteraad\w*|"
    r"stadhuis|stadskantoor|ambtena\w+|college van b|municipalit\w+|city council|town hall|"
    r"mayor\w*|alderm[ae]n|councillor\w*|civil servants?|officials?)\b",
    re.IGNORECASE,
)


def may_be_criticism(text: str) -> bool:
    """Whether the municipality, its people or its work is named in it."""
    return _ABOUT.search(text) is not None
