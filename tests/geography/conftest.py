"""Files of outlines, written by hand."""

import json

import numpy as np
import pytest

from binglian.geography.coordinates import System, from_wgs84
from binglian.geography.outlines import as_geojson
from binglian.geography.sketch import sketch


@pytest.fixture
def feature():
    """A feature of one ring, or of the geometry given."""

    def make(ring=None, *, name="台东街道", geometry=None, **properties):
        geometry = geometry or {"type": "Polygon", "coordinates": [ring]}
        return {
            "type": "Feature",
            "properties": {"name": name, **properties},
            "geometry": geometry,
        }

    return make


@pytest.fixture
def collection():
    """The bytes of a file of features."""

    def make(*features, **members):
        whole = {"type": "FeatureCollection", "features": features, **members}
        return json.dumps(whole, ensure_ascii=False).encode()

    return make


@pytest.fixture
def box():
    """A square of so many degrees, its south-west corner given, wound counter-clockwise."""

    def make(west, south, size=0.01):
        east, north = round(west + size, 6), round(south + size, 6)
        return [[west, south], [east, south], [east, north], [west, north], [west, south]]

    return make


@pytest.fixture
def shibei(feature, collection):
    """The sub-districts of Shibei as cells around their middles, in a system."""

    def make(system=System.WGS84):
        features = []
        for outline in sketch("370203").outlines:
            drawn = as_geojson(outline.shape)
            drawn["coordinates"] = [
                [from_wgs84(np.array(ring), system).tolist() for ring in polygon]
                for polygon in drawn["coordinates"]
            ]
            features.append(feature(name=outline.name, geometry=drawn, code=outline.code))
        return collection(*features)

    return make
