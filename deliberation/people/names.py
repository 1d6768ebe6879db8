"""Which names pass for another: look-alike letters, digits for letters, spacing. Pure.

A name is reduced to a skeleton: what is left when all that reads the same is written the same.
Unicode's own names and decompositions do most of the work; the tables add what they don't say.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters of other alphabets as a reader of Dutch sees them, capital and small apart: "Н" is an
# H, but "η" an n.
_LOOKS = dict(
    zip(
        # Cyrillic
        "АВЕЗКМНОРСТУФХЬЅІЈԌԚԜҮ" "авгезикмнопрстуфхьѕіјґԁԛԝһүљӏ"
        # Greek
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" "αβγεηικμνορστυχω"
        # Armenian, Cherokee, Coptic
        "ՍՏՕԼ" "ոսօհցյզք" "ᎪᏴᏟᎠᎬᎶᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃ" "ⲟⲥⲣ"
        # Latin letters whose name hides what they look like
        "ɑɩɡɪʏʀɴʙʜʟɢƽǃꞌ",
        "abeskmhopctyoxbsijgqwy" "abreeukmhonpctyoxbsijrdqwhyni"
        "abezhikmnoptyx" "abyenikuvopctuxw"
        "usol" "nuohgjqp" "abcdegmijklmprstdwz"[:0] + "abcdegmijklmprst" "vwz" "ocp"
        "aigiyrnbhlglii",
        strict=False,
    )
)
