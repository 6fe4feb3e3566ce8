"""Routes of lists, imports, runs and commitments."""

from . import list_urls, run_urls

app_name = "coupling"

urlpatterns = [*list_urls.urlpatterns, *run_urls.urlpatterns]
