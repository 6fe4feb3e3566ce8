"""How long it takes to sign an agreement of 23 organisations, and how large it gets.

python -m benchmarks.signing [ORGANISATIONS]
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from binglian.papers.agreement import AgreementPaper, Clause, Party, typeset
from binglian.papers.signing.authority import Authority, make_key
from binglian.papers.signing.codes import PLATFORM
from binglian.papers.signing.examining import Trust, examine, is_sound
from binglian.papers.signing.keyrings import signer_from
from binglian.papers.signing.sealing import Party as Signing
from binglian.papers.signing.sealing import sign_all

Made = TypeVar("Made")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 23
    now = datetime.now(UTC)
    authority = Authority.found("Benchmark CA", now)
    parties = tuple(Party(f"N{n:06d}", f"第{n}商户服务有限责任公司") for n in range(1, count + 1))
    clauses = tuple(Clause("承诺与兑现", "各方按期兑现，接受评价。" * 12) for _ in range(12))
    paper = AgreementPaper("联盟", "共建协议", now, parties, clauses)

    def signing(code: str, name: str) -> Signing:
        key = make_key()
        certificate = authority.certify(code, key.public_key(), now)
        signer = signer_from(key, certificate, [authority.certificate])
        return Signing(code, name, signer, "电子确认", "10:00")

    everybody = [signing(party.code, party.name) for party in parties]
    seal = signing(PLATFORM, "平台")
    pdf = _timed("typeset", lambda: typeset(paper))
    signed = _timed(f"sign {count} + seal", lambda: sign_all(pdf, everybody, seal))
    found = _timed("verify", lambda: examine(signed, Trust((authority.certificate,))))
    print(f"{len(found)} signatures, sound: {is_sound(found)}")
    print(f"{len(pdf) / 1000:.0f} kB before signing, {len(signed) / 1000:.0f} kB after")


def _timed(what: str, make: Callable[[], Made]) -> Made:
    wall, cpu = time.perf_counter(), time.process_time()
    made = make()
    spent = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what}: {spent[0]:.2f} s, {spent[1]:.2f} s of computing")
    return made


if __name__ == "__main__":
    main()
