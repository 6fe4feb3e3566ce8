"""A dataset with places as GeoJSON (RFC 7946): WGS-84, longitude first, rings by the right hand."""

import json

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.dataset import LATITUDE, LONGITUDE, Dataset


def as_geojson(dataset: Dataset, alliance: Alliance) -> bytes:
    """Every row is a feature; one whose place nobody knows has a null geometry."""
    features = []
    for row in dataset.each(alliance):
        properties = dataset.read(row)
        for axis in (LONGITUDE, LATITUDE):
            properties.pop(axis, None)
        feature = {
            "type": "Feature",
            "id": row.pk,
            "geometry": dataset.place(row),
            "properties": properties,
        }
        features.append(json.dumps(feature, ensure_ascii=False))
    inner = "\n" + ",\n".join(features) + "\n" if features else ""
    return f'{{"type": "FeatureCollection", "features": [{inner}]}}\n'.encode()
