#!/usr/bin/env python3
"""Trains small models with PyTorch and writes what came out to references.json, beside this file.

Each case's `data`, `model` and `train` are lines of a spec that says the same; inputs, targets and first weights come
from closed formulas that the test computes too (samples and parameters below). Everything is in float64.
"""
import json
import math
import os
from collections import OrderedDict

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
SAMPLES, BATCH, STEPS, VOCABULARY = 16, 6, 10, 7  # an epoch is 6 + 6 + 4 samples


class Residual(nn.Sequential):
    def forward(self, value):
        return value + super().forward(value)


class Projected(nn.Module):
    """A residual whose bypass is projected; its layers are named as ParDsl names them."""

    def __init__(self, projection, *layers):
        super().__init__()
        for place, layer in enumerate(layers):
            self.add_module(str(place), layer)
        self.projection = projection
        self.layers = layers

    def forward(self, value):
        return self.projection(value) + nn.Sequential(*self.layers)(value)


class Branched(nn.Module):
    """Named values and branches; only the layers with parameters have names."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(2, 4, 3, padding=1)
        self.add_module("2", Projected(
            nn.Conv2d(4, 6, 1, 2, bias=False), nn.Conv2d(4, 6, 3, 2, 1), nn.BatchNorm2d(6)))
        self.add_module("4", nn.Sequential(nn.Conv2d(6, 6, 1)))
        self.add_module("6", nn.ModuleDict({"0": nn.Sequential(nn.Conv2d(12, 6, 1)), "gate": nn.Sequential(nn.Conv2d(12, 6, 1))}))
        self.add_module("8", nn.ModuleDict({"2": nn.Sequential(nn.Conv2d(6, 6, 1))}))
        self.add_module("11", Projected(nn.Linear(54, 7, bias=False), nn.Linear(54, 7), nn.ReLU()))
        self.add_module("12", nn.Linear(7, 3))

    def forward(self, value):
        part = dict(self.named_children())
        enc = part["2"](self.stem(value).relu()).relu()
        value = torch.cat([part["4"](enc).relu(), enc], 1)
        value = part["6"]["0"](value).sigmoid() * part["6"]["gate"](value)
        value = value + enc + enc
        value = torch.cat([value, value.tanh(), part["8"]["2"](value)], 3)
        value = nn.functional.avg_pool2d(value, (1, 3)).flatten(1)
        return part["12"](part["11"](value))


def samples(width):
    return torch.tensor([[math.sin(0.37 * (i * width + j) + 0.1) for j in range(width)] for i in range(SAMPLES)])


def classes(count):
    return torch.tensor([(7 * i + 3) % count for i in range(SAMPLES)])


def values(width):
    return torch.tensor([[0.5 + 0.5 * math.cos(0.21 * (i * width + j)) for j in range(width)] for i in range(SAMPLES)])


def tokens(length):
    run = torch.tensor([(k * k + k // 3) % VOCABULARY for k in range(SAMPLES * length + 1)])
    return run[:-1].view(SAMPLES, length), run[1:].view(SAMPLES, length)


def causal(length):
    return torch.full((length, length), -math.inf).triu(1)


class Attention(nn.MultiheadAttention):
    def __init__(self, features, heads, is_causal, **options):
        super().__init__(features, heads, batch_first=True, **options)
        self.is_causal = is_causal

    def forward(self, value):
        mask = causal(value.shape[1]) if self.is_causal else None
        return super().forward(value, value, value, need_weights=False, attn_mask=mask)[0]


class Positions(nn.Module):
    def __init__(self, length, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(length, features))

    def forward(self, value):
        return value + self.weight


class Waves(nn.Module):
    def forward(self, value):
        length, features = value.shape[1:]
        table = torch.zeros(length, features)
        for place in range(length):
            for feature in range(features):
                angle = place / 10000 ** ((feature - feature % 2) / features)
                table[place, feature] = math.cos(angle) if feature % 2 else math.sin(angle)
        return value + table


class RootMeanSquareNorm(nn.Module):
    # PyTorch 1.13 has no RMSNorm; this is the paper's formula (Zhang and Sennrich 2019)
    def __init__(self, features, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(features)), epsilon

    def forward(self, value):
        return value / torch.sqrt((value * value).mean(-1, keepdim=True) + self.epsilon) * self.weight


class Gpt(nn.Sequential):
    # the last layer's weight is that of the first, which the spec labels `tokens`
    def __init__(self, *layers):
        super().__init__(OrderedDict((str(place) if place else "tokens", layer) for place, layer in enumerate(layers)))
        self[-1].weight = self[0].weight


class PlaceCrossEntropy(nn.CrossEntropyLoss):
    def forward(self, output, target):
        return super().forward(output.flatten(0, 1), target.flatten())


def parameters(model):
    with torch.no_grad():
        for place, (_, parameter) in enumerate(sorted(model.named_parameters())):
            count = parameter.numel()
            numbers = [0.3 * math.sin(1.7 * k + place) for k in range(count)]
            parameter.copy_(torch.tensor(numbers).view(parameter.shape))


def warmed(optimizer, warmup, curve):
    return torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: (k + 1) / warmup if k < warmup else curve(k - warmup))


def cosine(minimum, total):
    return lambda k: minimum + (1 - minimum) * (1 + math.cos(math.pi * k / total)) / 2


CASES = [
    dict(
        name="linear, relu, mse, sgd", data="input [5]; target [3]", model="linear 4; relu; linear 3",
        train="loss mse; optimizer sgd lr=0.1",
        module=lambda: nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3)),
        loss=nn.MSELoss(), target=values(3),
        optimizer=lambda p: torch.optim.SGD(p, lr=0.1), schedule=lambda o: None),
    dict(
        name="tanh, sigmoid, l1, sgd with nesterov, step", data="input [5]; target [3]",
        model="linear 4 bias=false; tanh; linear 4; sigmoid; linear 3",
        train="loss l1; optimizer sgd lr=0.1 momentum=0.9 nesterov=true weight_decay=0.01; schedule step every=3 steps factor=0.5",
        module=lambda: nn.Sequential(
            nn.Linear(5, 4, bias=False), nn.Tanh(), nn.Linear(4, 4), nn.Sigmoid(), nn.Linear(4, 3)),
        loss=nn.L1Loss(), target=values(3),
        optimizer=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
        schedule=lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5)),
    dict(
        name="gelu, silu, bce, adam, linear with warm-up", data="input [5]; target [3]",
        model="linear 4; gelu; linear 4; gelu approximate=tanh; linear 4; silu; linear 3",
        train="loss bce_with_logits; optimizer adam lr=0.05 beta1=0.8 weight_decay=0.1; schedule linear minimum=0.2 warmup=4 steps",
        module=lambda: nn.Sequential(
            nn.Linear(5, 4), nn.GELU(), nn.Linear(4, 4), nn.GELU("tanh"), nn.Linear(4, 4), nn.SiLU(), nn.Linear(4, 3)),
        loss=nn.BCEWithLogitsLoss(), target=values(3),
        optimizer=lambda p: torch.optim.Adam(p, lr=0.05, betas=(0.8, 0.999), weight_decay=0.1),
        schedule=lambda o: warmed(o, 4, lambda k: 1 - 0.8 * k / 6)),
    dict(
        name="layer_norm, softmax, residual, cross_entropy, adamw, cosine with warm-up, clip",
        data="input [6]; target class 3",
        model="residual { layer_norm; linear 6; tanh }; softmax; linear 3",
        train="loss cross_entropy label_smoothing=0.1; optimizer adamw lr=0.05; schedule cosine minimum=0.1 warmup=2 steps; clip 0.05",
        module=lambda: nn.Sequential(
            Residual(nn.LayerNorm(6), nn.Linear(6, 6), nn.Tanh()), nn.Softmax(-1), nn.Linear(6, 3)),
        loss=nn.CrossEntropyLoss(label_smoothing=0.1), target=classes(3), clip=0.05,
        optimizer=lambda p: torch.optim.AdamW(p, lr=0.05),
        schedule=lambda o: warmed(o, 2, cosine(0.1, 8))),
    dict(
        name="conv2d, batch_norm, pools, cosine", data="input [2, 9, 8]; target class 3", shape=(2, 9, 8),
        model="conv2d 4 kernel=[3, 2] stride=[2, 1] padding=1 dilation=[1, 2] groups=2; batch_norm momentum=0.3; relu; "
        "max_pool 3 stride=2 padding=1; conv2d 4 kernel=1 bias=false; average_pool 2 stride=1 padding=1; flatten; "
        "linear 5; batch_norm; linear 3",
        train="loss cross_entropy; optimizer adamw lr=0.02 weight_decay=0.1; schedule cosine",
        module=lambda: nn.Sequential(
            nn.Conv2d(2, 4, (3, 2), (2, 1), 1, (1, 2), 2), nn.BatchNorm2d(4, momentum=0.3), nn.ReLU(), nn.MaxPool2d(3, 2, 1),
            nn.Conv2d(4, 4, 1, bias=False), nn.AvgPool2d(2, 1, 1), nn.Flatten(), nn.LazyLinear(5), nn.BatchNorm1d(5),
            nn.Linear(5, 3)),
        loss=nn.CrossEntropyLoss(), target=classes(3),
        optimizer=lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.1),
        schedule=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, STEPS)),
    dict(
        name="projections, named values and branches", data="input [2, 6, 6]; target class 3", shape=(2, 6, 6),
        model="stem: conv2d 4 padding=1; relu; residual projection=true { conv2d 6 padding=1 stride=2; batch_norm }; enc: relu; "
        "sequential { conv2d 6 kernel=1; relu }; concat enc; "
        "branches multiply { branch { conv2d 6 kernel=1; sigmoid } gate: branch { conv2d 6 kernel=1 } }; add enc enc; "
        "branches concat axis=3 { branch { } branch { tanh } branch { conv2d 6 kernel=1 } }; "
        "average_pool [1, 3]; flatten; residual projection=true { linear 7; relu }; linear 3",
        train="loss cross_entropy; optimizer sgd lr=0.1",
        module=Branched, loss=nn.CrossEntropyLoss(), target=classes(3),
        optimizer=lambda p: torch.optim.SGD(p, lr=0.1), schedule=lambda o: None),
    dict(
        name="embedding, positions, attention, tied linear, cross_entropy at each place",
        data='source text "none.txt" length=5', tokens=5,
        model="tokens: embedding 8; positions learned; residual { layer_norm; attention heads=2 causal=true }; "
        "residual { layer_norm; linear 12; gelu; linear 8 }; layer_norm; linear vocabulary tied=tokens",
        train="loss cross_entropy label_smoothing=0.1; optimizer sgd lr=0.2 momentum=0.5",
        module=lambda: Gpt(
            nn.Embedding(VOCABULARY, 8), Positions(5, 8), Residual(nn.LayerNorm(8), Attention(8, 2, True)),
            Residual(nn.LayerNorm(8), nn.Linear(8, 12), nn.GELU(), nn.Linear(12, 8)), nn.LayerNorm(8), nn.Linear(8, VOCABULARY)),
        loss=PlaceCrossEntropy(label_smoothing=0.1),
        optimizer=lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5), schedule=lambda o: None),
    dict(
        name="embedding, sinusoidal positions, attention without bias, rms_norm, adamw",
        data='source text "none.txt" length=5', tokens=5,
        model="embedding 6; positions sinusoidal; attention heads=3 bias=false; rms_norm epsilon=1e-3; linear vocabulary",
        train="loss cross_entropy; optimizer adamw lr=0.02",
        module=lambda: nn.Sequential(
            nn.Embedding(VOCABULARY, 6), Waves(), Attention(6, 3, False, bias=False), RootMeanSquareNorm(6, 1e-3),
            nn.Linear(6, VOCABULARY)),
        loss=PlaceCrossEntropy(),
        optimizer=lambda p: torch.optim.AdamW(p, lr=0.02), schedule=lambda o: None),
]


def pairs(case):
    if "tokens" in case:
        return tokens(case["tokens"])
    shape = case.get("shape") or (int(case["data"].split("[")[1].split("]")[0]),)
    return samples(math.prod(shape)).view(SAMPLES, *shape), case["target"]


def train(case):
    model, (inputs, target) = case["module"](), pairs(case)
    model.eval()(inputs)  # gives lazy layers their shape
    parameters(model.train())
    optimizer = case["optimizer"](model.parameters())
    schedule = case["schedule"](optimizer)
    losses = []
    for step in range(STEPS):
        start = step % 3 * BATCH
        loss = case["loss"](model(inputs[start:start + BATCH]), target[start:start + BATCH])
        optimizer.zero_grad()
        loss.backward()
        if "clip" in case:
            nn.utils.clip_grad_norm_(model.parameters(), case["clip"])
        optimizer.step()
        if schedule:
            schedule.step()
        losses.append(loss.item())
    model_state = {name: tensor.double().flatten().tolist() for name, tensor in model.state_dict().items()}
    return dict(name=case["name"], data=case["data"], model=case["model"], train=case["train"], losses=losses, weights=model_state)


if __name__ == "__main__":
    place = os.path.join(os.path.dirname(os.path.abspath(__file__)), "references.json")
    with open(place, "w") as file:
        cases = ",\n".join(json.dumps(train(case)) for case in CASES)
        file.write("[\n" + cases + "\n]\n")
