"""The secretariat gives programs their keys."""

from binglian.domain.clients.models import ApiClient
from binglian.domain.clients.queries import client_of_key

PAGE = "/a/historic/programs/"
GOOD = {
    "name": "随手拍",
    "contact": "desk@example.org",
    "scopes": ["read", "report"],
    "per_minute": "60",
}


def test_a_new_key_is_shown_once(client_of, secretariat) -> None:
    client = client_of(secretariat)

    client.post(PAGE, GOOD)
    first, second = client.get(PAGE), client.get(PAGE)

    key = first.context["new_key"]
    assert client_of_key(key) == ApiClient.objects.get()
    assert key in first.content.decode()
    assert key not in second.content.decode()


def test_a_program_without_a_scope_is_sent_back(client_of, secretariat) -> None:
    response = client_of(secretariat).post(PAGE, GOOD | {"scopes": []})

    assert response.status_code == 422
    assert "请至少选一项权限。" in response.content.decode()


def test_a_key_is_revoked_on_the_page(client_of, administrator) -> None:
    client = client_of(administrator)
    client.post("/platform/programs/", GOOD)
    program = ApiClient.objects.get()

    client.post(f"/platform/programs/{program.pk}/revoke/")

    assert ApiClient.objects.get().revoked_by == administrator
    assert "停用" in client.get("/platform/programs/").content.decode()
