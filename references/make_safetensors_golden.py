"""A small safetensors file of every supported type, written by the reference implementation.

Element i of a tensor is i modulo 2 for booleans and i otherwise. No randomness.

Made with Python 3.11, torch 2.13.0 (CPU), safetensors 0.8.0:
    python references/make_safetensors_golden.py src/test/resources/org/longpo/checkpoint/all-types.safetensors
"""

import sys

import torch
from safetensors.torch import save_file

TYPES = [
    torch.float64,
    torch.float32,
    torch.float16,
    torch.bfloat16,
    torch.int64,
    torch.int32,
    torch.int16,
    torch.int8,
    torch.uint8,
    torch.bool,
]


def counting(shape, dtype):
    count = torch.Size(shape).numel()
    values = torch.arange(count) % 2 if dtype == torch.bool else torch.arange(count)
    return values.to(dtype).reshape(shape)


def main():
    tensors = {}
    for dtype in TYPES:
        name = str(dtype).removeprefix("torch.")
        tensors["matrix." + name] = counting([3, 2], dtype)
        tensors["scalar." + name] = counting([], dtype)
        tensors["empty." + name] = counting([0, 5], dtype)
    tensors['quoted "name" \u00e9\u4e2d\\'] = counting([1], torch.float32)
    save_file(tensors, sys.argv[1], metadata={"format": "pt"})


if __name__ == "__main__":
    main()
