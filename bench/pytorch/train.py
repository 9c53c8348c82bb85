"""One rank of PyTorch's side of `./benchmark ddp-*`: a network, its data in memory, and one thread.

In: `train.py NETWORK GLOBAL_BATCH`, and the environment of torch.distributed (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT).
It says `ready` on standard output, then answers each line `N` on standard input with `SECONDS LOSS` when it has trained N
updates, and ends with its input. With one rank there is no process group and no DistributedDataParallel.
"""

import datetime
import os
import sys
import time

import torch
import torch.distributed as distributed
from torch.nn.functional import cross_entropy
from torch.nn.parallel import DistributedDataParallel

from networks import NETWORKS

PATIENCE = datetime.timedelta(seconds=60)


class Training:
    """The loop of bench/ParDsl.Benchmarks/ByHand: batches by index_select, AdamW, the loss read every step."""

    def __init__(self, network, global_batch, rank, world_size):
        torch.manual_seed(1)
        self.module, self.inputs, self.targets = network()
        # Views of the buckets as gradients save a copy each step.
        self.model = self.module if world_size == 1 else DistributedDataParallel(self.module, gradient_as_bucket_view=True)
        self.optimizer = torch.optim.AdamW(self.module.parameters(), lr=1e-3, weight_decay=1e-2)
        self.global_batch, self.rank, self.slice = global_batch, rank, global_batch // world_size
        # All ranks draw the same order, and each takes its slice of every batch.
        self.random = torch.Generator().manual_seed(1)
        self.new_epoch()

    def new_epoch(self):
        self.order, self.position = torch.randperm(len(self.inputs), generator=self.random), 0

    def indices(self):
        if self.position + self.global_batch > len(self.order):
            self.new_epoch()
        start = self.position + self.rank * self.slice
        self.position += self.global_batch
        return self.order[start : start + self.slice]

    def step(self):
        indices = self.indices()
        inputs, targets = self.inputs.index_select(0, indices), self.targets.index_select(0, indices)
        self.optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(self.model(inputs).flatten(0, -2), targets.flatten())
        loss.backward()
        self.optimizer.step()
        return loss.item()


def answer(training):
    print("ready", flush=True)
    for line in sys.stdin:
        start, loss = time.perf_counter(), 0.0
        for _ in range(int(line)):
            loss = training.step()
        print(f"{time.perf_counter() - start:.6f} {loss:.6f}", flush=True)


def main():
    torch.set_num_threads(1)
    rank, world_size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    if world_size > 1:
        distributed.init_process_group("gloo", timeout=PATIENCE)
    training = Training(NETWORKS[sys.argv[1]], int(sys.argv[2]), rank, world_size)
    try:
        answer(training)
    except BrokenPipeError:
        # Who asked is gone. Python flushes standard output once more at its end, and would complain of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


main()
