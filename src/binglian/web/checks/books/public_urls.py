"""A site's books for everybody."""

from django.urls import path

from . import public_open_day_views, public_views

app_name = "public_books"
IN = "p/<slug:slug>"
DAY = f"{IN}/open-days/<int:day_pk>"
MINE = "v/<str:visit_secret>"

urlpatterns = [
    path(f"{IN}/goods/", public_views.goods, name="goods"),
    path(f"{IN}/integrity/", public_views.promises, name="promises"),
    path(f"{IN}/integrity/<int:promise_pk>/", public_views.promise, name="promise"),
    path(f"{IN}/open-days/", public_open_day_views.open_days, name="open_days"),
    path(f"{IN}/open-days/calendar.ics", public_open_day_views.calendar, name="calendar"),
    path(f"{DAY}/", public_open_day_views.open_day, name="open_day"),
    path(f"{DAY}/open-day.ics", public_open_day_views.day_file, name="day_file"),
    path(f"{MINE}/", public_open_day_views.visit, name="visit"),
    path(f"{MINE}/withdraw/", public_open_day_views.withdraw, name="withdraw"),
]
