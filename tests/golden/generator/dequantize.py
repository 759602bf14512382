"""Writes ../dequantize.json: random blocks of every tensor type as llama.cpp's ggml dequantizes them; see README.md."""

import base64
import ctypes
import json
import random
import struct
from pathlib import Path

HERE = Path(__file__).parent
BINARIES = HERE / "node_modules/@node-llama-cpp/linux-x64/bins/linux-x64"
SEED = 20240101

# Type: values in a block, bytes of a block, offsets of its halves, blocks to make, ggml's function.
TYPES = {
    "F16": (1, 2, [0], 256, "ggml_fp16_to_fp32_row"),
    "BF16": (1, 2, [], 256, "ggml_bf16_to_fp32_row"),
    "Q8_0": (32, 34, [0], 10, "dequantize_row_q8_0"),
    "Q4_0": (32, 18, [0], 10, "dequantize_row_q4_0"),
    "Q4_1": (32, 20, [0, 2], 10, "dequantize_row_q4_1"),
    "Q5_0": (32, 22, [0], 10, "dequantize_row_q5_0"),
    "Q5_1": (32, 24, [0, 2], 10, "dequantize_row_q5_1"),
    "Q2_K": (256, 84, [80, 82], 5, "dequantize_row_q2_K"),
    "Q3_K": (256, 110, [108], 5, "dequantize_row_q3_K"),
    "Q4_K": (256, 144, [0, 2], 5, "dequantize_row_q4_K"),
    "Q5_K": (256, 176, [0, 2], 5, "dequantize_row_q5_K"),
    "Q6_K": (256, 210, [208], 5, "dequantize_row_q6_K"),
}

# How to draw a half's magnitude.
KINDS = {
    "usual": lambda draw: draw.randrange(0x0C00, 0x2C00),
    "finite": lambda draw: draw.randrange(0x7C00),
    "subnormal": lambda draw: draw.randrange(1, 0x400),
    "zero": lambda draw: 0,
}
# The kinds of a block's first and second half, block after block.
SCALES = [
    ("usual", "usual"),
    ("subnormal", "usual"),
    ("zero", "finite"),
    ("finite", "subnormal"),
    ("usual", "zero"),
]


def random_blocks(name, draw):
    """Blocks of random bytes whose halves are finite."""
    _, size, halves, blocks, _ = TYPES[name]
    out = bytearray(draw.randbytes(size * blocks))
    for block in range(blocks):
        for kind, offset in zip(SCALES[block % len(SCALES)], halves):
            half = draw.choice([0, 0x8000]) | KINDS[kind](draw)
            struct.pack_into("<H", out, block * size + offset, half)
        if name == "BF16":
            upper = draw.choice([0, 0x8000]) | draw.randrange(0x7F80)
            struct.pack_into("<H", out, block * size, upper)
    return bytes(out)


def random_floats(draw):
    """256 finite f32 of any size."""
    bits = [draw.choice([0, 1 << 31]) | draw.randrange(0x7F800000) for _ in range(256)]
    return struct.pack("<256I", *bits)


def text(data):
    return base64.b64encode(data).decode()


def main():
    ggml = ctypes.CDLL(str(BINARIES / "libggml-base.so"))
    draw = random.Random(SEED)
    floats = random_floats(draw)
    # ggml has no function for F32: a row is its values.
    rows = {"F32": {"columns": 256, "blocks": text(floats), "values": text(floats)}}
    for name, (values, _, _, blocks, function) in TYPES.items():
        data = random_blocks(name, draw)
        columns = values * blocks
        out = (ctypes.c_float * columns)()
        dequantize = ggml[function]
        dequantize.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
        dequantize.restype = None
        dequantize(data, out, columns)
        rows[name] = {"columns": columns, "blocks": text(data), "values": text(bytes(out))}

    package = json.loads((HERE / "package.json").read_text())
    build = json.loads((BINARIES / "_nlcBuildMetadata.json").read_text())
    made_with = {
        "generator": "tests/golden/generator/dequantize.py",
        "nodeLlamaCpp": package["dependencies"]["node-llama-cpp"],
        "llamaCpp": build["buildOptions"]["llamaCpp"]["release"],
        "library": "libggml-base",
        "seed": SEED,
    }
    content = json.dumps({"madeWith": made_with, "rows": rows}, separators=(",", ":"))
    (HERE.parent / "dequantize.json").write_text(content + "\n")


main()
