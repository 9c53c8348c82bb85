"""Reads a safetensors file with Python's standard library alone, as an independent judge of the writer.

Prints one line a tensor: name, element type, shape, and its values.
"""
import json
import struct
import sys

FORMATS = {"F64": "d", "F32": "f", "F16": "e", "I64": "q", "I32": "i", "I16": "h", "I8": "b", "U8": "B", "BOOL": "?"}

with open(sys.argv[1], "rb") as file:
    length, = struct.unpack("<Q", file.read(8))
    header = json.loads(file.read(length))
    data = file.read()
assert length % 8 == 0, "the header is not padded"
for name, entry in sorted(header.items()):
    if name != "__metadata__":
        start, end = entry["data_offsets"]
        values = [value for value, in struct.iter_unpack("<" + FORMATS[entry["dtype"]], data[start:end])]
        print(name, entry["dtype"], entry["shape"], values)
