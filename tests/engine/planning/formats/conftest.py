"""One Java machine for all tests that let MPXJ read."""

from typing import Any

import jpype
import mpxj  # noqa: F401  # puts its archives on the path of the machine to be started
import pytest


@pytest.fixture(scope="session")
def mpxj_reader() -> Any:
    """MPXJ's reader of project files of any kind."""
    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        pytest.skip("MPXJ needs Java: as root, apt-get install default-jre-headless")
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx256m", "-Xrs", convertStrings=True)
    return jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
