"""transformers' generate: greedy answers to several instructions about each of several documents.

Prompts are of equal length, so a batch has no padding. The answers about one document are one batch, which is the
faster of what there is: one batch of everything holds more keys and values than caches do, and single requests lose
the batch. Every answer has exactly the wanted length. generate() knows no shared prefix: each row reads its document.

Run: python generate.py --model small --context-tokens 4096 --documents 4 --pairs 8
"""

import os
import statistics
import json
import sys
import time

import torch
import transformers
from measuring import FIRST_ORDINARY_TOKEN, arguments, positive, random_llama

INSTRUCTION_TOKENS = 16


def prompts(options):
    """[documents][answers, tokens]"""

    def tokens(*shape):
        return torch.randint(FIRST_ORDINARY_TOKEN, options.vocabulary, shape)

    for _ in range(options.documents):
        document = tokens(1, options.context_tokens).expand(options.pairs, -1)
        yield torch.cat([document, tokens(options.pairs, INSTRUCTION_TOKENS)], dim=1)


def main():
    def extend(parser):
        parser.add_argument("--documents", type=positive, default=4)
        parser.add_argument("--answer-tokens", type=positive, default=128)
        parser.add_argument("--batch", type=positive, default=8, help="prompts of a call of generate()")

    options = arguments("transformers' generate.", extend)
    model = random_llama(options).eval()
    model.config.use_cache = True
    rows = torch.cat(list(prompts(options)))
    wanted = dict(
        max_new_tokens=options.answer_tokens,
        min_new_tokens=options.answer_tokens,
        do_sample=False,
        use_cache=True,
        pad_token_id=0,
        eos_token_id=None,
    )
    seconds = []
    with torch.inference_mode():
        for _ in range(options.warmup + options.repeats):
            started = time.perf_counter()
            for batch in rows.split(options.batch):
                answers = model.generate(batch, attention_mask=torch.ones_like(batch), **wanted)
                assert answers.shape[1] == batch.shape[1] + options.answer_tokens
            seconds.append(time.perf_counter() - started)
    measured = seconds[options.warmup :]
    print(
        json.dumps(
            dict(
                peer="transformers",
                batch=options.batch,
                seconds=measured,
                median_seconds=statistics.median(measured),
                threads=options.threads,
                load_average=os.getloadavg()[0],
                versions=dict(
                    python=sys.version.split()[0], torch=torch.__version__, transformers=transformers.__version__
                ),
            )
        )
    )


if __name__ == "__main__":
    main()
