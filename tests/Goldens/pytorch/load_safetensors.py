"""Reads a safetensors file with the reference library and PyTorch: prints what read_safetensors.py prints."""
import sys

from safetensors.torch import load_file

TYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "int64": "I64", "int32": "I32", "int16": "I16", "int8": "I8", "uint8": "U8", "bool": "BOOL"}

for name, tensor in sorted(load_file(sys.argv[1]).items()):
    print(name, TYPES[str(tensor.dtype).removeprefix("torch.")], list(tensor.shape), tensor.flatten().tolist())
