#!/usr/bin/env python3
"""Trains cases of make-references.py in bfloat16 and writes what came out to bfloat16.json, beside this file.

Parameters, activations and gradients are in bfloat16; the optimizer updates float32 masters, whose rounding the
parameters become. The loss sees float32. Batch norm's statistics stay float32, beside a scale and a shift that are rounded.
"""
import importlib.util
import json
import os

import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
SPEC = importlib.util.spec_from_file_location("references", os.path.join(FOLDER, "make-references.py"))
REFERENCES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(REFERENCES)

# By SGD: Adam makes a full step of a gradient that is nothing but rounding, a bias's before a batch norm.
CHANGES = {
    "linear, relu, mse, sgd": {},
    "layer_norm, softmax, residual, cross_entropy, adamw, cosine with warm-up, clip": dict(
        name="layer_norm, softmax, residual, cross_entropy, sgd, clip",
        train="loss cross_entropy label_smoothing=0.1; optimizer sgd lr=0.2 momentum=0.5; clip 0.05",
        optimizer=lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5), schedule=lambda o: None),
    "conv2d, batch_norm, pools, cosine": dict(
        name="conv2d, batch_norm, pools, sgd", train="loss cross_entropy; optimizer sgd lr=0.01 weight_decay=0.1",
        optimizer=lambda p: torch.optim.SGD(p, lr=0.01, weight_decay=0.1), schedule=lambda o: None),
}


def rounded(model, masters):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(masters[name].bfloat16())


def train(case):
    model, (inputs, target) = case["module"](), REFERENCES.pairs(case)
    model.eval()(inputs)
    REFERENCES.parameters(model.train())
    masters = {name: nn.Parameter(value.detach().float()) for name, value in model.named_parameters()}
    model.to(torch.bfloat16)
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.float()
    rounded(model, masters)
    inputs = inputs.float().bfloat16()
    target = target.float() if target.is_floating_point() else target
    optimizer = case["optimizer"](masters.values())
    schedule = case["schedule"](optimizer)
    losses = []
    for step in range(REFERENCES.STEPS):
        start = step % 3 * REFERENCES.BATCH
        output = model(inputs[start:start + REFERENCES.BATCH])
        loss = case["loss"](output.float(), target[start:start + REFERENCES.BATCH])
        model.zero_grad()
        loss.backward()
        for name, parameter in model.named_parameters():
            masters[name].grad = parameter.grad.bfloat16().float()
        if "clip" in case:
            nn.utils.clip_grad_norm_(masters.values(), case["clip"])
        optimizer.step()
        rounded(model, masters)
        if schedule:
            schedule.step()
        losses.append(loss.item())
    state = {name: tensor.double().flatten().tolist() for name, tensor in model.state_dict().items()}
    state.update({name: master.detach().double().flatten().tolist() for name, master in masters.items()})
    return dict(name=case["name"], data=case["data"], model=case["model"], train=case["train"], losses=losses, weights=state)


if __name__ == "__main__":
    chosen = [case | CHANGES[case["name"]] for case in REFERENCES.CASES if case["name"] in CHANGES]
    with open(os.path.join(FOLDER, "bfloat16.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(train(case)) for case in chosen) + "\n]\n")
