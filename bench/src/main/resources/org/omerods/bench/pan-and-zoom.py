"""Looks at a slide with OpenSlide as a person does: the overview, zooming in, panning, zooming out, another place.

Arguments: the slide. Prints the seconds and a digest of all pixels, so that two runs can be compared.
"""

import hashlib
import sys
import time

import openslide

SIDE = 512
STEPS = 6

digest = hashlib.sha256()
start = time.monotonic()
slide = openslide.OpenSlide(sys.argv[1])
width, height = slide.dimensions


def look(x, y, level):
    digest.update(slide.read_region((int(x), int(y)), level, (SIDE, SIDE)).tobytes())


for place_x, place_y in ((0.3, 0.4), (0.7, 0.55)):
    x, y = place_x * width, place_y * height
    for level in range(slide.level_count - 1, -1, -1):
        look(x, y, level)
    for step in range(STEPS):
        look(x + step * SIDE, y, 0)
    for step in range(STEPS):
        look(x + STEPS * SIDE, y + step * SIDE, 0)
    for level in range(slide.level_count):
        look(x, y, level)
slide.close()
print(time.monotonic() - start, digest.hexdigest())
