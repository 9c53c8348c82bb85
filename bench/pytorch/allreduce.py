"""One rank of PyTorch's side of `./benchmark mpi-allreduce`: gloo, one thread.

In: `allreduce.py BYTES`, and the environment of torch.distributed. It says `ready`, then answers each line `N` on standard input
with `SECONDS 0` when it has summed so many bytes of float32 N times, and ends with its input.
"""

import datetime
import sys
import time

import torch
import torch.distributed as distributed


def main():
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", timeout=datetime.timedelta(seconds=60))
    tensor = torch.zeros(int(sys.argv[1]) // 4)
    distributed.all_reduce(tensor)
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        for _ in range(int(line)):
            distributed.all_reduce(tensor)
        print(f"{time.perf_counter() - start:.9f} 0", flush=True)


main()
