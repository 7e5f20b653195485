"""Prints the greedy continuation of a prompt by transformers, as JSON, to hold beside our program's.

Meant for stories260K (a 260,000-parameter Llama that writes children's stories), but any model folder with a
tokenizer will do. Generation stops early at the model's end token. "margin" is the smallest lead, in logits, of a
chosen token over the runner-up: where it is of the size of rounding (1e-5), two correct programs may part.

torch 2.13.0, transformers 5.18.0; greedy, so there is no seed.
Run: python references/stories260k_golden.py --model DIR --prompt "Once upon a time" [--tokens 200]
"""

import argparse
import json

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer


def main():
    parser = argparse.ArgumentParser(description="Greedy continuation by transformers, as JSON.")
    parser.add_argument("--model", required=True, help="folder with config.json, safetensors and tokenizer")
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--tokens", type=int, default=200, help="at most so many new tokens")
    parser.add_argument("--dtype", choices=("float32", "bfloat16", "float64"), default="float32")
    arguments = parser.parse_args()

    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    model = AutoModelForCausalLM.from_pretrained(arguments.model, dtype=getattr(torch, arguments.dtype)).eval()
    prompt = tokenizer(arguments.prompt, return_tensors="pt")
    output = model.generate(
        input_ids=prompt.input_ids,
        attention_mask=prompt.attention_mask,
        do_sample=False,
        max_new_tokens=arguments.tokens,
        return_dict_in_generate=True,
        output_logits=True,
    )
    prompt_length = prompt.input_ids.shape[1]
    tokens = output.sequences[0, prompt_length:].tolist()
    best = torch.cat(output.logits).topk(2).values
    print(
        json.dumps(
            dict(
                prompt=arguments.prompt,
                prompt_tokens=prompt.input_ids[0].tolist(),
                tokens=tokens,
                text=tokenizer.decode(tokens),
                margin=(best[:, 0] - best[:, 1]).min().item(),
                dtype=arguments.dtype,
                torch=torch.__version__,
                transformers=transformers.__version__,
            )
        )
    )


if __name__ == "__main__":
    main()
