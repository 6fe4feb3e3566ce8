"""What anybody can fetch to verify our signatures."""

import pytest
from cryptography import x509
from django.test import Client

from binglian.domain.governance.actions import prepare_certificates, revoke_certificate
from binglian.domain.governance.models import Certificate

pytestmark = pytest.mark.django_db


def test_roots_and_revoked_certificates_are_public(giving):
    prepare_certificates(organisations=[giving], by=None)
    gone = Certificate.objects.get(organisation=giving)
    revoke_certificate(serial=gone.serial, is_compromised=True, by=None)

    client = Client()
    (root,) = x509.load_pem_x509_certificates(client.get("/signing/roots.pem").content)
    listed = x509.load_der_x509_crl(client.get("/signing/revoked.crl").content)

    assert listed.is_signature_valid(root.public_key())
    assert [entry.serial_number for entry in listed] == [gone.serial_number]


def test_the_list_is_signed_anew_only_when_something_is_revoked(giving, needing):
    prepare_certificates(organisations=[giving, needing], by=None)
    client = Client()

    def listed() -> bytes:
        return client.get("/signing/revoked.crl").content

    first, again = listed(), listed()
    for number, one in enumerate((giving, needing), 1):
        gone = Certificate.objects.get(organisation=one)
        revoke_certificate(serial=gone.serial, is_compromised=False, by=None)
        assert len(list(x509.load_der_x509_crl(listed()))) == number
    assert first == again


def test_certificates_say_where_the_list_is(giving, settings):
    prepare_certificates(organisations=[giving], by=None)
    certificate = Certificate.objects.get(organisation=giving).parsed

    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert [name.value for name in points[0].full_name] == [
        f"{settings.SITE_URL}/signing/revoked.crl"
    ]


@pytest.mark.parametrize("path", ["/signing/roots.pem", "/signing/revoked.crl"])
def test_before_the_first_certificate_there_is_nothing(path):
    assert Client().get(path).status_code == 404
