"""Registering an address on the page; its secret is shown once, and a failure says why."""

from binglian.domain.clients.models import Webhook

PAGE = "/a/historic/webhooks/"
GOOD = {
    "name": "对接程序",
    "form": "program",
    "url": "http://127.0.0.1:1025/in",
    "topics": ["offers"],
}


def _register(client, **typed) -> str:
    response = client.post(PAGE, GOOD | typed)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_the_secret_is_shown_once_and_the_address_never(client_of, secretariat, settings) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    client = client_of(secretariat)

    where = _register(client)
    first, second = client.get(where), client.get(where)

    secret = first.context["new_secret"]
    assert secret in first.content.decode()
    assert secret not in second.content.decode()
    assert "1025" not in second.content.decode()
    assert "127.0.0.1" in second.content.decode()


def test_an_address_inside_is_refused_on_the_page(client_of, secretariat) -> None:
    response = client_of(secretariat).post(PAGE, GOOD)

    assert response.status_code == 409
    assert "内部网络" in response.content.decode()
    assert not Webhook.objects.exists()


def test_a_trial_that_nobody_takes_says_why(client_of, giver, giving, settings) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    client = client_of(giver)
    where = _register(client, organisation=giving.pk)

    page = client.post(f"{where}try/", follow=True).content.decode()

    assert "没有送达：连接不上对方。" in page


def test_a_member_must_say_for_which_of_its_own(client_of, giver, needing) -> None:
    client = client_of(giver)

    assert client.post(PAGE, GOOD).status_code == 422
    assert client.post(PAGE, GOOD | {"organisation": needing.pk}).status_code == 422
