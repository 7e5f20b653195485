"""Writes what torch's optimizers do under transformers' schedules, step by step.

src/test/resources/training/optimizer.json: for every case (optimizer, weight decay, schedule, warm-up ratio) the
learning rate of each of 20 steps and the weights after it. The loss is the quadratic 0.5 * sum(c * (w - t)^2), so the
gradient c * (w - t) is exact in any implementation; its norm is clipped to 1.0 with clip_grad_norm_. All in float64:
what remains between two implementations is the order of a few products.

Made with Python 3.11, torch 2.13.0, transformers 5.18.0, on a CPU; there is no randomness.
Regenerate: python references/make_optimizer_golden.py src/test/resources/training/optimizer.json
"""

import json
import math
import sys
from pathlib import Path

import torch
import transformers

STEPS = 20
PEAK = 0.05
START = [1.0, -2.0, 0.5, 3.0]
TARGET = [0.0, 1.0, 0.5, -1.0]
CURVATURE = [1.0, 0.1, 2.0, 0.01]
MAX_NORM = 1.0


def run(optim, weight_decay, schedule, warmup_ratio):
    weight = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    target = torch.tensor(TARGET, dtype=torch.float64)
    curvature = torch.tensor(CURVATURE, dtype=torch.float64)
    kind = {"adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop}[optim]
    optimizer = kind([weight], lr=PEAK, weight_decay=weight_decay)
    warmup = math.ceil(STEPS * warmup_ratio)
    scheduler = transformers.get_scheduler(schedule, optimizer, num_warmup_steps=warmup, num_training_steps=STEPS)
    rates, weights, norms = [], [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        (0.5 * curvature * (weight - target) ** 2).sum().backward()
        norms.append(torch.nn.utils.clip_grad_norm_([weight], MAX_NORM).item())
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
        weights.append(weight.tolist())
    return dict(
        optim=optim,
        weight_decay=weight_decay,
        lr_scheduler_type=schedule,
        warmup_ratio=warmup_ratio,
        learning_rates=rates,
        gradient_norms=norms,
        weights=weights,
    )


cases = [
    run(optim, weight_decay, schedule, warmup_ratio)
    for optim, weight_decay in (("adamw", 0.0), ("adamw", 0.1), ("rmsprop", 0.0), ("rmsprop", 0.1))
    for schedule, warmup_ratio in (
        ("cosine", 0.1),
        ("linear", 0.12),
        ("constant", 0.1),
        ("constant_with_warmup", 0.25),
        ("cosine", 0.0),
    )
]
golden = dict(
    torch=torch.__version__.split("+")[0],
    transformers=transformers.__version__,
    peak=PEAK,
    start=START,
    target=TARGET,
    curvature=CURVATURE,
    max_norm=MAX_NORM,
    cases=cases,
)
path = Path(sys.argv[1])
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden) + "\n")
