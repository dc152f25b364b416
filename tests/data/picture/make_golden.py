#!/usr/bin/env python3
"""Golden pixels of the way from a picture to what ImageNet's models see: PIL's antialiased bilinear resizing, cut and
normalised by numpy. The pictures come from a formula that the test has too."""

import json

import numpy as np
import PIL
from PIL import Image

MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def picture(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return ((x * 7 + y * 13 + c * 50 + (x * y) % 31 * 3) % 256).astype(np.uint8)


def seen(rgb):
    height, width = rgb.shape[:2]
    if width >= height:
        size = (256 * width // height, 256)
    else:
        size = (256, 256 * height // width)
    resized = np.asarray(Image.fromarray(rgb).resize(size, Image.BILINEAR), dtype=np.float64)
    top, left = int(round((size[1] - 224) / 2)), int(round((size[0] - 224) / 2))
    return (resized[top:top + 224, left:left + 224] / 255 - MEAN) / DEVIATION


def main():
    cases = []
    for width, height in [(40, 30), (30, 41), (500, 300), (333, 777), (256, 256), (224, 224)]:
        pixels = seen(picture(width, height))
        points = [[y, x, c, round(float(pixels[y, x, c]), 5)] for y in range(0, 224, 37) for x in range(3, 224, 41)
                  for c in range(3)]
        cases.append({"width": width, "height": height, "mean": round(float(pixels.mean()), 6), "points": points})
    with open("seen.json", "w", encoding="utf-8") as f:
        json.dump({"made_with": f"Pillow {PIL.__version__}, numpy {np.__version__}", "cases": cases}, f)
        f.write("\n")


if __name__ == "__main__":
    main()
