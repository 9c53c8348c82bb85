"""The networks of bench/ParDsl.Benchmarks/Specs in PyTorch, each with random data of the size of its spec's."""

import torch
from torch import nn
from torch.nn.functional import gelu, linear

SAMPLES = 20_000
CLASSES = 10
# Those of examples/06-gpt.
BLOCKS, LENGTH, VOCABULARY = 5723, 64, 62
FEATURES, HEADS, DEPTH, DROPOUT = 128, 4, 4, 0.1


class Block(nn.Module):
    """[batch, length, features], kept."""

    def __init__(self):
        super().__init__()
        self.first_norm, self.second_norm = nn.LayerNorm(FEATURES), nn.LayerNorm(FEATURES)
        self.combined, self.joined = nn.Linear(FEATURES, 3 * FEATURES), nn.Linear(FEATURES, FEATURES)
        self.wide, self.narrow = nn.Linear(FEATURES, 4 * FEATURES), nn.Linear(4 * FEATURES, FEATURES)
        self.dropout = nn.Dropout(DROPOUT)
        # No buffer: each process makes it, and gloo has no need to send it every step.
        self.future = torch.full((LENGTH, LENGTH), float("-inf")).triu(1)

    def forward(self, value):
        value = value + self.dropout(self.attend(self.first_norm(value)))
        return value + self.dropout(self.narrow(gelu(self.wide(self.second_norm(value)))))

    def attend(self, value):
        batch, length, features = value.shape
        parts = self.combined(value).view(batch, length, 3, HEADS, features // HEADS)
        query, key, given = parts.permute(2, 0, 3, 1, 4).unbind(0)  # [batch, heads, length, features / heads]
        if hasattr(nn.functional, "scaled_dot_product_attention"):
            attended = nn.functional.scaled_dot_product_attention(query, key, given, is_causal=True)
        else:
            # PyTorch 1.13 has no public kernel for it.
            scores = (query * (features // HEADS) ** -0.5) @ key.transpose(-2, -1)
            attended = (scores + self.future).softmax(-1) @ given
        return self.joined(attended.transpose(1, 2).reshape(batch, length, features))


class Gpt(nn.Module):
    """Tokens [batch, length] to logits [batch, length, vocabulary]; the head is the embedding's weight."""

    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, FEATURES)
        nn.init.normal_(self.tokens.weight, std=0.02)
        self.positions = nn.Parameter(torch.randn(LENGTH, FEATURES) * 0.02)
        self.dropout = nn.Dropout(DROPOUT)
        self.blocks = nn.Sequential(*(Block() for _ in range(DEPTH)))
        self.norm = nn.LayerNorm(FEATURES)

    def forward(self, tokens):
        value = self.dropout(self.tokens(tokens) + self.positions)
        return linear(self.norm(self.blocks(value)), self.tokens.weight)


def mlp():
    module = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, CLASSES))
    return module, *classified(784)


def conv():
    module = nn.Sequential(
        *(nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Dropout(0.25)),
        nn.Linear(128, CLASSES),
    )
    return module, *classified(1, 28, 28)


def gpt():
    tokens = (torch.randint(VOCABULARY, (BLOCKS, LENGTH)) for _ in range(2))
    return Gpt(), *tokens


def classified(*shape):
    """Samples [samples, shape...] and their classes [samples]."""
    return torch.randn(SAMPLES, *shape), torch.randint(CLASSES, (SAMPLES,))


NETWORKS = {"mlp": mlp, "conv": conv, "gpt": gpt}
