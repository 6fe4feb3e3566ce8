"""``binglian search`` tells whether the index is in order, and puts it in order."""

from binglian.command.main import main
from binglian.domain.coupling.models import Offer


def test_the_index_is_looked_through_and_made_anew(make_offer, capsys):
    offer = make_offer(title="会议室")
    assert main(["search", "verify"]) == 0
    Offer.objects.update(title="展览厅")

    assert main(["search", "verify", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert f"offer {offer.pk}: outdated" in said
    assert "2 differences; binglian search rebuild mends them." in said
    assert main(["search", "rebuild"]) == 0
    assert main(["search", "verify"]) == 0
