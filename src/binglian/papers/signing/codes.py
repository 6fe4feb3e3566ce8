"""What stands for an organisation in certificates and signature fields."""

import re

from binglian.papers.refusal import PaperRefused, Said

#: The platform's code: its field, its certificate, its key.
PLATFORM = "platform"

_PREFIX = "signature-"
_CODE = re.compile(r"[0-9A-Za-z]{1,40}")


def field_of(code: str) -> str:
    """The name of the field that belongs to a code: letters and digits only, see RFC 3454."""
    if not _CODE.fullmatch(code):
        raise PaperRefused(
            Said("代码“%(code)s”只能由字母和数字组成。请核对单位的统一社会信用代码。", code=code)
        )
    return _PREFIX + code


def code_of(field: str) -> str:
    """The code a field belongs to; empty for a field that is none of ours."""
    return field.removeprefix(_PREFIX) if field.startswith(_PREFIX) else ""
