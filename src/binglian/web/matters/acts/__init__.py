"""Everything that can be done with a matter: who may, when, what is typed, what happens.

One table serves the buttons of a matter's page, the routes, and the lists of what waits for
whom, so that none of them can say something else than the others. The most pressing comes first.
"""

from .act import Act
from .answering import ANSWERING
from .assigning import ASSIGNING
from .intake import INTAKE
from .later import LATER
from .timing import TIMING
from .whistling import WHISTLING

ACTS: dict[str, Act] = INTAKE | WHISTLING | ASSIGNING | TIMING | ANSWERING | LATER

__all__ = ["ACTS", "Act"]
