"""The best unshared loop: what a careful engineer writes in Python with transformers when nothing is shared.

Per pair one batch of two sequences of equal length (no padding, so no mask and the fast attention kernel), gradient
checkpointing, logits of the response tokens alone, stored reference log-probabilities, and nothing computed that the
preference loss does not need. Pairs go through one after the other, their gradients add up: a larger batch would cost
memory and gain nothing, one sequence already fills the machine.

--save-attention keeps every layer's attention output instead of computing it again in the backward pass: faster than
plain gradient checkpointing, for layers * tokens * (hidden + heads) more numbers per sequence.

Run: python tuned.py --model small --context-tokens 4096 --pairs 1 [--dtype bfloat16] [--save-attention]
"""

import time
from functools import partial

import torch
from measuring import BETA, LEARNING_RATE, Meter, arguments, random_document, random_llama, report
from torch.nn.functional import cross_entropy, logsigmoid
from torch.utils.checkpoint import CheckpointPolicy, create_selective_checkpoint_contexts

ATTENTION = {
    torch.ops.aten._scaled_dot_product_flash_attention_for_cpu.default,
    torch.ops.aten._scaled_dot_product_flash_attention.default,
}


def keep_attention(context, operation, *args, **kwargs):
    return CheckpointPolicy.MUST_SAVE if operation in ATTENTION else CheckpointPolicy.PREFER_RECOMPUTE


def response_log_probs(model, sequences, response_tokens):
    """sequences: [2, tokens] -> [2]: summed log-probabilities of the responses, in nats, float32."""
    # The last position predicts nothing, so one more row than responses, and that row is dropped.
    logits = model(input_ids=sequences, logits_to_keep=response_tokens + 1).logits[:, :-1]
    targets = sequences[:, -response_tokens:]
    nats = cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), reduction="none")
    return -nats.view(targets.shape).sum(dim=1)


def preference_loss(log_probs, reference):
    """-log sigmoid of beta times the chosen's gain over the rejected's (DPO)."""
    gain = log_probs - reference
    return -logsigmoid(BETA * (gain[0] - gain[1]))


def main():
    def extend(parser):
        parser.add_argument("--save-attention", action="store_true", help="keep attention outputs for the backward")

    options = arguments("The best unshared training loop in Python.", extend)
    model = random_llama(options)
    checkpointing = dict(use_reentrant=False)
    if options.save_attention:
        checkpointing["context_fn"] = partial(create_selective_checkpoint_contexts, keep_attention)
    model.gradient_checkpointing_enable(checkpointing)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, fused=True)

    context, pairs = random_document(options)
    batches = [torch.tensor([context + chosen, context + rejected]) for chosen, rejected in pairs]
    with torch.no_grad():
        references = [response_log_probs(model, batch, options.response_tokens) for batch in batches]

    meter, losses, optimizer_seconds = Meter(), [], []
    for _ in range(options.warmup + options.repeats):
        optimizer.zero_grad(set_to_none=True)
        meter.start()
        total = 0.0
        for batch, reference in zip(batches, references):
            log_probs = response_log_probs(model, batch, options.response_tokens)
            loss = preference_loss(log_probs, reference) / options.pairs
            loss.backward()
            total += loss.item()
        meter.stop()
        losses.append(total)
        started = time.perf_counter()
        optimizer.step()
        optimizer_seconds.append(time.perf_counter() - started)
    peer = "tuned, attention saved" if options.save_attention else "tuned"
    report(peer, options, meter, losses, optimizer_seconds)


if __name__ == "__main__":
    main()
