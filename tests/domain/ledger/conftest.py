"""Two chains with checkpoints, in a database and as a file."""

from pathlib import Path

import pytest
from django.db import transaction

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.ledger.actions import record, sign_checkpoint


@pytest.fixture
def two_chains(alliance: Alliance, secretariat: User, settings, tmp_path: Path) -> Path:
    """Six rows in each of two chains; checkpoints after the third and the fifth.

    What is returned is the latter one of the first chain, as a file kept elsewhere.
    """
    settings.LEDGER_KEY_FILE = tmp_path / "key.pem"
    port = Alliance(slug="port", name="港区联盟")
    kept = tmp_path / "historic.checkpoint.json"
    for number in range(1, 7):
        for one in (alliance, port):
            with transaction.atomic():
                record(
                    secretariat if number % 2 else None,
                    f"test.act_{number}",
                    alliance,
                    within=one,
                    organisation=alliance.lead_a,
                    change={"number": number},
                )
            if number in (3, 5):
                signed = sign_checkpoint(chain=one.slug, by=None)
                if one == alliance:
                    kept.write_text(signed.statement.as_json())
    return kept
