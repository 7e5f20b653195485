"""Saves the peers' random model as a Hugging Face checkpoint, for those who read one.

Run: python save_checkpoint.py --model small --dtype float32 --context-tokens 1 --out FOLDER
"""

from measuring import arguments, random_llama


def main():
    options = arguments(
        "Saves the random model.", lambda parser: parser.add_argument("--out", required=True, help="a new folder")
    )
    random_llama(options).save_pretrained(options.out)


if __name__ == "__main__":
    main()
