"""Golden losses, gradients and rewards of the objectives, from TRL's own loss code.

TRL's methods run unchanged on a stand-in for the model: per-token log-probs are leaves, and the
logits [log p, log(1 - p)] over a vocabulary of two make TRL read exactly these log-probs. Autograd
then gives dLoss/dlogp of every token. What is called:
    sigmoid, ipo, sft   DPOTrainer._compute_loss (reference log-probs precomputed)
    simpo               CPOTrainer.get_batch_loss_metrics, cpo_alpha 0
    label smoothing     CPOTrainer.cpo_loss "sigmoid" on log-ratios (DPOTrainer has none for sigmoid)
    orpo                ORPOTrainer.get_batch_loss_metrics (loss over prompt and response included)
Random log-probs from seed 20250213, in float64; TRL's ORPO rounds averages to float32.

Made with Python 3.11, torch 2.13.0 (CPU), transformers 5.18.0, trl 1.13.0:
    python references/make_objective_golden.py src/test/resources/org/longpo/objective/trl-golden.json
"""

import json
import sys
from collections import defaultdict
from types import MethodType, SimpleNamespace

import torch
import transformers
import trl
from trl.experimental.cpo.cpo_trainer import CPOTrainer
from trl.experimental.orpo.orpo_trainer import ORPOTrainer
from trl.trainer.dpo_trainer import DPOTrainer

SEED = 20250213
PROMPT, TOKEN, PAD = 4, 0, 1
CHOSEN_TOKENS, REJECTED_TOKENS = [5, 3, 7], [4, 6, 2]


def identity(x):
    return x


ACCELERATOR = SimpleNamespace(
    device=torch.device("cpu"), gather=identity, gather_for_metrics=identity, reduce=identity
)


def random_logps(lengths, generator):
    return [(-3 * torch.rand(n, generator=generator, dtype=torch.float64) - 0.05) for n in lengths]


def leaves(rows):
    return [row.clone().requires_grad_() for row in rows]


def logits_of(rows, length):
    """[sequences, length, 2]: position t predicts t + 1; after a row's end the value is unused."""
    batch = []
    for row in rows:
        padding = torch.full((length - len(row),), -0.5, dtype=torch.float64)
        logp = torch.cat([row, padding])
        batch.append(torch.stack([logp, torch.log(-torch.expm1(logp))], dim=-1))
    return torch.stack(batch)


class FixedModel:
    """Returns prepared logits whatever it is asked."""

    training = True

    def __init__(self, logits):
        self.logits = logits

    def __call__(self, *args, **kwargs):
        return SimpleNamespace(logits=self.logits)


def batch_of(chosen, rejected, prompts):
    """Sequences prompt + response; the prompt's first token is not predicted."""
    rows = [torch.cat([p, r]) for p, r in zip(prompts + prompts, chosen + rejected)]
    length = 1 + max(len(row) for row in rows)
    return FixedModel(logits_of(rows, length)), length


def dpo(loss_type, beta, chosen, rejected, prompts, reference_chosen, reference_rejected):
    model, length = batch_of(chosen, rejected, prompts)
    responses = chosen + rejected
    completion_mask = torch.zeros(len(responses), length, dtype=torch.long)
    for i, response in enumerate(responses):
        completion_mask[i, PROMPT : PROMPT + len(response)] = 1
    trainer = SimpleNamespace(
        model=model, accelerator=ACCELERATOR, aux_loss_enabled=False, ld_alpha=None,
        precompute_ref_logps=True, f_divergence_type="reverse_kl", loss_types=[loss_type],
        loss_weights=[1.0], beta=beta, use_weighting=False, _total_train_tokens=0, _tp_size=1,
        _metrics=defaultdict(lambda: defaultdict(list)),
    )
    inputs = {
        "input_ids": torch.full((len(responses), length), TOKEN),
        "attention_mask": torch.ones(len(responses), length, dtype=torch.long),
        "completion_mask": completion_mask,
        "ref_chosen_logps": torch.stack([r.sum() for r in reference_chosen]),
        "ref_rejected_logps": torch.stack([r.sum() for r in reference_rejected]),
    }
    loss = DPOTrainer._compute_loss(trainer, model, inputs, False)
    logged = trainer._metrics["train"]
    return loss, {name: values[0] for name, values in logged.items()}


def cpo_family(trainer_class, settings, chosen, rejected, prompts):
    model, _ = batch_of(chosen, rejected, prompts)
    batch = {}
    for side, responses in (("chosen", chosen), ("rejected", rejected)):
        length = PROMPT + max(len(r) for r in responses)
        ids = torch.full((len(responses), length), PAD)
        mask = torch.zeros(len(responses), length, dtype=torch.long)
        labels = torch.full((len(responses), length), -100)
        for i, response in enumerate(responses):
            end = PROMPT + len(response)
            ids[i, :end], mask[i, :end], labels[i, PROMPT:end] = TOKEN, 1, TOKEN
        batch |= {f"{side}_input_ids": ids, f"{side}_attention_mask": mask, f"{side}_labels": labels}
    # concatenated_inputs pads to the longer side, as batch_of has.
    trainer = SimpleNamespace(
        accelerator=ACCELERATOR, aux_loss_enabled=False, is_encoder_decoder=False, pad_token_id=PAD,
        padding_value=PAD, concatenated_inputs=trainer_class.concatenated_inputs,
        get_batch_logps=trainer_class.get_batch_logps, **settings,
    )
    for name in ("concatenated_forward", "cpo_loss", "odds_ratio_loss"):
        if hasattr(trainer_class, name):
            setattr(trainer, name, MethodType(getattr(trainer_class, name), trainer))
    return trainer_class.get_batch_loss_metrics(trainer, model, batch)


def smoothed_dpo(beta, smoothing, chosen, rejected, reference_chosen, reference_rejected):
    ratios = [
        torch.stack([p.sum() - r.sum() for p, r in zip(policy, reference)])
        for policy, reference in ((chosen, reference_chosen), (rejected, reference_rejected))
    ]
    trainer = SimpleNamespace(
        accelerator=ACCELERATOR, alpha=0.0, beta=beta, label_smoothing=smoothing, loss_type="sigmoid"
    )
    losses, chosen_rewards, rejected_rewards = CPOTrainer.cpo_loss(trainer, *ratios)
    metrics = {
        "rewards/chosen": chosen_rewards.mean().item(),
        "rewards/rejected": rejected_rewards.mean().item(),
        "rewards/margins": (chosen_rewards - rejected_rewards).mean().item(),
        "rewards/accuracies": (chosen_rewards > rejected_rewards).double().mean().item(),
    }
    return losses.mean(), metrics


def numbers(rows):
    return [row.detach().tolist() for row in rows]


def gradients(rows):
    return [(torch.zeros_like(row) if row.grad is None else row.grad).tolist() for row in rows]


def main(out):
    generator = torch.Generator().manual_seed(SEED)
    data = {
        "policy_chosen": random_logps(CHOSEN_TOKENS, generator),
        "policy_rejected": random_logps(REJECTED_TOKENS, generator),
        "reference_chosen": random_logps(CHOSEN_TOKENS, generator),
        "reference_rejected": random_logps(REJECTED_TOKENS, generator),
        "prompt": random_logps([PROMPT - 1] * len(CHOSEN_TOKENS), generator),
    }
    cases = []

    def record(objective, settings, pairs, run):
        part = {name: [rows[k] for k in pairs] for name, rows in data.items()}
        chosen, rejected, prompts = (
            leaves(part[n]) for n in ("policy_chosen", "policy_rejected", "prompt")
        )
        loss, metrics = run(chosen, rejected, prompts, part["reference_chosen"], part["reference_rejected"])
        loss.backward()
        wanted = ("rewards/", "logps/", "nll_loss")
        cases.append({
            "objective": objective, "settings": settings, "pairs": pairs, "loss": loss.item(),
            "gradient_chosen": gradients(chosen), "gradient_rejected": gradients(rejected),
            "gradient_prompt": gradients(prompts),
            "metrics": {k: v for k, v in metrics.items() if k.startswith(wanted)},
        })

    everything = list(range(len(CHOSEN_TOKENS)))
    for beta in (0.1, 0.5):
        for kind in ("sigmoid", "ipo"):
            record(kind, {"beta": beta}, everything,
                   lambda c, r, p, rc, rr, kind=kind, beta=beta: dpo(kind, beta, c, r, p, rc, rr))
        for smoothing in (0.0, 0.1):
            record("smoothed", {"beta": beta, "label_smoothing": smoothing}, everything,
                   lambda c, r, p, rc, rr, beta=beta, s=smoothing: smoothed_dpo(beta, s, c, r, rc, rr))
    record("sft", {}, everything, lambda c, r, p, rc, rr: dpo("sft", 0.1, c, r, p, rc, rr))
    for beta, gamma in ((2.0, 0.0), (2.0, 1.0), (2.5, 0.5)):
        settings = {"beta": beta, "simpo_gamma": gamma}
        fixed = {"alpha": 0.0, "label_smoothing": 0.0, "loss_type": "simpo", "cpo_alpha": 0.0}
        record("simpo", settings, everything,
               lambda c, r, p, rc, rr, s=settings | fixed: cpo_family(CPOTrainer, s, c, r, p))
    for k in everything:  # one pair each: TRL's likelihood averages over the tokens of a batch
        record("orpo", {"beta": 0.1}, [k],
               lambda c, r, p, rc, rr: cpo_family(ORPOTrainer, {"beta": 0.1}, c, r, p))
    golden = {
        "versions": {m.__name__: m.__version__ for m in (torch, transformers, trl)},
        "seed": SEED,
        "inputs": {name: numbers(rows) for name, rows in data.items()},
        "cases": cases,
    }
    with open(out, "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
