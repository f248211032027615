"""Maps as GDAL reads them, and lines judged on a sphere apart from the program's ellipsoid."""
import json
import math
import subprocess

STEP_KM = 100
SPHERE_KM = 6371.0088
FLATTENING = 0.0034  # distances on the sphere and on the ellipsoid differ by less than this part


def read_layer(path, layer=None):
    """The features of a layer, turned into GeoJSON by ogr2ogr, with all decimals there are."""
    command = ['ogr2ogr', '-f', 'GeoJSON', '-lco', 'COORDINATE_PRECISION=6', '/vsistdout/', path]
    done = subprocess.run(command + ([layer] if layer else []), check=True, capture_output=True, timeout=60)
    if done.stderr:
        raise SystemExit(f'ogr2ogr: {done.stderr.decode()[:500]}')
    features = json.loads(done.stdout)['features']
    for feature in features:  # GDAL writes a text that looks like an object as one
        for key, value in feature['properties'].items():
            if isinstance(value, dict):
                feature['properties'][key] = json.dumps(value)
    return features


def distance_km(a, b):
    """Haversine; points as [lon, lat]."""
    lon1, lat1, lon2, lat2 = (math.radians(x) for x in (*a[:2], *b[:2]))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * SPHERE_KM * math.asin(math.sqrt(min(1, h)))


def same_place(a, b):
    """Whether two points are one to the last decimal that is written, 180 east being 180 west."""
    return abs(a[1] - b[1]) < 1.5e-6 and min(abs(a[0] - b[0]), 360 - abs(a[0] - b[0])) < 1.5e-6


def lines_of(geometry):
    if geometry['type'] == 'LineString':
        return [geometry['coordinates']]
    if geometry['type'] == 'GeometryCollection':
        return [line for part in geometry['geometries'] for line in lines_of(part)]
    assert geometry['type'] == 'MultiLineString', geometry['type']
    return geometry['coordinates']


def check_track(what, geometry, start, end, checks):
    """start, end: [lon, lat] of the airfields."""
    lines = lines_of(geometry)
    checks.true(f'{what}: begins at its airfield', same_place(lines[0][0], start))
    checks.true(f'{what}: ends at its airfield', same_place(lines[-1][-1], end))
    whole, flown = distance_km(start, end), 0
    for line in lines:
        checks.true(f'{what}: two points a line', len(line) >= 2)
        for a, b in zip(line, line[1:]):
            step = distance_km(a, b)
            flown += step
            checks.true(f'{what}: dense, {step} km', step <= STEP_KM * (1 + FLATTENING))
            checks.true(f'{what}: no line round the world, {a} {b}', abs(a[0] - b[0]) < 180)
    checks.true(f'{what}: no detour, {flown} km for {whole}', abs(flown - whole) <= whole * FLATTENING + 1e-4)
    for one, other in zip(lines, lines[1:]):
        a, b = one[-1], other[0]
        checks.true(f'{what}: cut at the antimeridian or a pole, {a} {b}', same_place(a, b) and abs(a[0]) == abs(b[0]) == 180
                    or abs(a[1]) == 90 and a[1] == b[1])
    return len(lines)
