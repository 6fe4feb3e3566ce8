"""A site's books at the desk."""

from django.urls import path

from . import (
    contract_views,
    goods_file_views,
    goods_views,
    observation_views,
    open_day_views,
    supervisor_views,
)

app_name = "books"
IN = "a/<slug:slug>"
CONTRACT = f"{IN}/contracts/<int:contract_pk>"
DONATION = f"{IN}/goods/<int:donation_pk>"
HAND_OUT = f"{IN}/goods/hand-outs/<int:hand_out_pk>"
DAY = f"{IN}/open-days/<int:day_pk>"

urlpatterns = [
    path(f"{IN}/contracts/", contract_views.contracts, name="contracts"),
    path(f"{IN}/contracts/new/", contract_views.contract_new, name="contract_new"),
    path(f"{CONTRACT}/", contract_views.contract, name="contract"),
    path(f"{CONTRACT}/sign/<int:organisation>/", contract_views.sign, name="sign"),
    path(f"{IN}/goods/", goods_views.goods, name="goods"),
    path(f"{IN}/goods/export/", goods_views.goods_export, name="goods_export"),
    path(f"{IN}/goods/import/", goods_file_views.goods_import, name="goods_import"),
    path(f"{IN}/goods/template/", goods_file_views.goods_template_file, name="goods_template"),
    path(f"{IN}/goods/new/", goods_views.donation_new, name="donation_new"),
    path(f"{DONATION}/", goods_views.donation, name="donation"),
    path(f"{DONATION}/publish/", goods_views.donation_publish, name="donation_publish"),
    path(f"{DONATION}/cancel/", goods_views.donation_cancel, name="donation_cancel"),
    path(f"{DONATION}/hand-out/", goods_views.good_hand_out, name="good_hand_out"),
    path(f"{HAND_OUT}/confirm/", goods_views.hand_out_confirm, name="hand_out_confirm"),
    path(f"{HAND_OUT}/take-back/", goods_views.hand_out_take_back, name="hand_out_take_back"),
    path(f"{IN}/open-days/", open_day_views.open_days, name="open_days"),
    path(f"{IN}/open-days/new/", open_day_views.open_day_new, name="open_day_new"),
    path(f"{DAY}/", open_day_views.open_day, name="open_day"),
    path(f"{DAY}/edit/", open_day_views.open_day_edit, name="open_day_edit"),
    path(f"{DAY}/cancel/", open_day_views.open_day_cancel, name="open_day_cancel"),
    path(f"{DAY}/record/", open_day_views.open_day_record, name="open_day_record"),
    path(f"{DAY}/contacts/", open_day_views.open_day_contacts, name="open_day_contacts"),
    path(
        f"{IN}/open-days/sign-ups/<int:sign_up_pk>/remove/",
        open_day_views.sign_up_remove,
        name="sign_up_remove",
    ),
    path(f"{IN}/supervisors/", supervisor_views.supervisors, name="supervisors"),
    path(
        f"{IN}/supervisors/nominate/",
        supervisor_views.supervisor_nominate,
        name="supervisor_nominate",
    ),
    path(
        f"{IN}/supervisors/<int:nomination_pk>/decide/",
        supervisor_views.nomination_decide,
        name="nomination_decide",
    ),
    path(f"{IN}/observations/new/", observation_views.observation_new, name="observation_new"),
    path(
        f"{IN}/observations/<int:observation_pk>/",
        observation_views.observation,
        name="observation",
    ),
    path(
        f"{IN}/observations/<int:observation_pk>/photo/",
        observation_views.observation_photo,
        name="observation_photo",
    ),
]
