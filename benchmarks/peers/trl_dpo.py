"""TRL's DPOTrainer, as its users run it: one row per pair, batch 1, K rows to a document.

The trainer is TRL's own, called through train(). Gradient checkpointing is on, the reference log-probabilities are
computed beforehand (precompute_ref_log_probs) and not timed, nothing is truncated (max_length=None), K rows are
accumulated into one optimizer step. Everything else is TRL's default, save what would only cost it time here: no
logging, no files, no progress bar. A step's seconds and memory run from its first forward pass to its last backward
pass, with the collator's batches already made; the optimizer's time is given apart.

float32 means float32 weights without autocast; bfloat16 means bfloat16 weights, again without autocast.

Run: python trl_dpo.py --model small --context-tokens 4096 --pairs 1
"""

import contextlib
import sys
import tempfile
import time

from measuring import (
    BETA,
    END_TOKEN,
    FIRST_ORDINARY_TOKEN,
    LEARNING_RATE,
    Meter,
    arguments,
    random_document,
    random_llama,
    report,
)

# isort: split
import accelerate
import datasets
import trl
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import PreTrainedTokenizerFast, TrainerCallback
from trl import DPOConfig, DPOTrainer


def word(token):
    """Special tokens are searched for inside words, so their names must not begin another word."""
    return f"w{token}" if token >= FIRST_ORDINARY_TOKEN else f"<{token}>"


def text(tokens):
    return " ".join(map(word, tokens))


def tokenizer_of_words(vocabulary):
    """Word "w17" is token 17: the trainer wants text, and must end up with exactly the document's tokens."""
    words = Tokenizer(WordLevel({word(token): token for token in range(vocabulary)}, unk_token=word(0)))
    words.pre_tokenizer = WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token=word(0), pad_token=word(1), eos_token=word(END_TOKEN)
    )


class OptimizerClock(TrainerCallback):
    """Times the optimizer's updates."""

    def __init__(self):
        self.seconds = []

    def on_pre_optimizer_step(self, *arguments, **kwargs):
        self._started = time.perf_counter()

    def on_optimizer_step(self, *arguments, **kwargs):
        self.seconds.append(time.perf_counter() - self._started)


class MeasuredTrainer(DPOTrainer):
    """Measures the forward and backward passes of every document; training itself is untouched."""

    def measure(self, meter, pairs):
        self.meter, self.pairs, self.row_losses = meter, pairs, []

    def training_step(self, *arguments, **kwargs):
        if len(self.row_losses) % self.pairs == 0:
            self.meter.start()
        loss = super().training_step(*arguments, **kwargs)
        self.row_losses.append(loss.item())
        if len(self.row_losses) % self.pairs == 0:
            self.meter.stop()
        return loss

    def document_losses(self):
        return [sum(self.row_losses[i : i + self.pairs]) for i in range(0, len(self.row_losses), self.pairs)]


def main():
    options = arguments("TRL's DPOTrainer.")
    model = random_llama(options)
    context, pairs = random_document(options)
    prompt = text(context)
    rows = datasets.Dataset.from_list(
        [dict(prompt=prompt, chosen=" " + text(chosen), rejected=" " + text(rejected)) for chosen, rejected in pairs]
    )
    meter, clock = Meter(), OptimizerClock()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        configuration = DPOConfig(
            output_dir=folder,
            per_device_train_batch_size=1,
            gradient_accumulation_steps=options.pairs,
            num_train_epochs=options.warmup + options.repeats,  # an epoch is one document is one optimizer step
            gradient_checkpointing=True,
            precompute_ref_log_probs=True,
            max_length=None,
            beta=BETA,
            learning_rate=LEARNING_RATE,
            bf16=False,
            use_cpu=True,
            seed=options.seed,
            save_strategy="no",
            logging_strategy="no",
            report_to=[],
            disable_tqdm=True,
        )
        trainer = MeasuredTrainer(
            model=model,
            args=configuration,
            train_dataset=rows,
            processing_class=tokenizer_of_words(options.vocabulary),
            callbacks=[clock],
        )
        row = trainer.train_dataset[0]
        if (row["prompt_ids"], row["chosen_ids"], row["rejected_ids"]) != (context, *pairs[0]):
            raise SystemExit("the trainer's tokens are not the document's: its tokenization has changed")
        trainer.measure(meter, options.pairs)
        trainer.train()
    report(
        "trl",
        options,
        meter,
        trainer.document_losses(),
        clock.seconds,
        dict(trl=trl.__version__, accelerate=accelerate.__version__, datasets=datasets.__version__),
    )


if __name__ == "__main__":
    main()
