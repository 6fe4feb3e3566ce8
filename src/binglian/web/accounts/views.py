"""The reader's own pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/home.html")


def preferences(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/home.html")


inbox = roles = preferences
