#!/usr/bin/env python3
"""The questions of the panel beside PyTorch: five classes of a picture, words behind [MASK].

No weights are fetched: they are made here, small in what they know and real in what they do. torchvision's ResNet-50
with random convolutions gets a classifier fitted to drawn patterns (stripes, checks, discs, …); Hugging Face's
BertForMaskedLM learns a few sentences by heart. Both are saved as safetensors, with labels.txt and vocab.txt beside
them, and orrery-gpu and PyTorch are asked the same: about patterns drawn anew, and about the sentences with a word
masked. It fails where the five answers are not the same ones in the same order, or a probability differs by more than
the tolerance; ties nearer than that may change places. Pictures are asked about in the size that the model looks at,
and larger: there PIL rounds to whole levels after each pass of its resampling and we do not, so that tolerance is its own.

Needs torch, torchvision, transformers, safetensors, pillow and numpy; no card, no network.

    compare_questions.py [--program build/bin/orrery-gpu] [--device cpu] [--keep FOLDER]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

PATTERNS = ["upright stripes", "level stripes", "checks", "disc", "rings", "noise", "slope", "dots"]
SENTENCES = ["the capital of france is paris .", "the capital of italy is rome .", "a roof is made of memory and peak .",
             "water boils at a hundred degrees .", "the moon moves around the earth .",
             "an orrery shows how the planets move ."]
CLASSES, WORDS = 1000, 30522
SEEN, LARGER = 256, 640  # shorter sides


def pattern(kind, rng, side=SEEN):
    y, x = np.mgrid[0:side, 0:side + side // 5] / side
    f, p, cx, cy = rng.uniform(5, 12), rng.uniform(0, 6), rng.uniform(0.4, 0.8), rng.uniform(0.35, 0.65)
    r = np.hypot(x - cx, y - cy)
    values = {"upright stripes": np.sin(6 * f * x + p), "level stripes": np.sin(6 * f * y + p),
              "checks": np.sign(np.sin(4 * f * x + p) * np.sin(4 * f * y + p)), "disc": np.where(r < f / 40, 1, -1),
              "rings": np.sin(12 * f * r), "noise": rng.uniform(-1, 1, x.shape), "slope": 2 * x - 1 + 0.2 * np.sin(p),
              "dots": np.where(np.hypot((f * x) % 1 - 0.5, (f * y) % 1 - 0.5) < 0.25, 1, -1)}[kind]
    low, high = rng.uniform(0, 90, 3), rng.uniform(150, 255, 3)
    return Image.fromarray((low + (high - low) * (values[..., None] + 1) / 2).clip(0, 255).astype(np.uint8))


def resnet(folder, rng):
    import torchvision

    torch.manual_seed(1)
    model = torchvision.models.resnet50(weights=None)
    prepare = torchvision.transforms.Compose([
        torchvision.transforms.Resize(256), torchvision.transforms.CenterCrop(224), torchvision.transforms.ToTensor(),
        torchvision.transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    pictures = [(k, pattern(name, rng)) for _ in range(8) for k, name in enumerate(PATTERNS)]
    x, y = torch.stack([prepare(p) for _, p in pictures]), torch.tensor([k for k, _ in pictures])
    features = torch.nn.Sequential(*list(model.children())[:-1], torch.nn.Flatten())
    for path, module in model.named_modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None  # a plain mean: the statistics of these pictures
            if path.endswith("bn3"):  # branches weaker than their shortcuts, as trained ones are
                torch.nn.init.uniform_(module.weight, 0.1, 0.3)
    with torch.no_grad():
        model.train()
        features(x)
        model.eval()
        f = features(x)
        scale = f.std()
        # Ridge regression on the features: one of PATTERNS, everything else far below.
        a = torch.cat([f / scale, torch.ones(len(f), 1)], 1).double()
        target = torch.nn.functional.one_hot(y, len(PATTERNS)).double() * 8
        w = torch.linalg.solve(a.T @ a + 10 * torch.eye(a.shape[1]), a.T @ target).float()
        model.fc.weight.mul_(0.01), model.fc.bias.fill_(-6)
        model.fc.weight[:len(PATTERNS)], model.fc.bias[:len(PATTERNS)] = w[:-1].T / scale, w[-1]
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "resnet50.safetensors")
    (folder / "labels.txt").write_text("\n".join(PATTERNS + [f"nothing {i}" for i in range(len(PATTERNS), CLASSES)]))
    return model.eval(), prepare


def bert(folder):
    from transformers import BertConfig, BertForMaskedLM, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + sorted({w for s in SENTENCES for w in s.split()})
    (folder / "vocab.txt").write_text("\n".join(words + [f"[unused{i}]" for i in range(WORDS - len(words))]) + "\n")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=True)
    torch.manual_seed(1)
    model = BertForMaskedLM(BertConfig(hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0))
    given = tokenizer(SENTENCES, return_tensors="pt", padding=True)
    parameters = [p for n, p in model.named_parameters() if "word_embeddings" not in n]
    optimizer = torch.optim.AdamW(parameters, lr=2e-4)
    generator = torch.Generator().manual_seed(2)
    for step in range(60):
        tokens, valid = given["input_ids"].clone(), given["attention_mask"].bool() & (given["input_ids"] > 4)
        hidden = valid & (torch.rand(tokens.shape, generator=generator) < 0.25)
        tokens[hidden] = tokenizer.mask_token_id
        loss = model(tokens, attention_mask=given["attention_mask"],
                     labels=torch.where(valid, given["input_ids"], -100)).loss
        optimizer.zero_grad(), loss.backward(), optimizer.step()
    print(f"{len(SENTENCES)} sentences learned, loss {loss.item():.3f}", file=sys.stderr)
    # The decoder shares its weight with the word embedding and its bias with the head: the file holds each once.
    save_file({k: v.contiguous() for k, v in model.state_dict().items()
               if v.is_floating_point() and not k.startswith("cls.predictions.decoder")}, folder / "bert-base.safetensors")
    return model.eval(), tokenizer


def ours(args, *more):
    out = subprocess.run([args.program, more[0], "--json", "--device", args.device, *more[1:]], check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return json.loads(out.splitlines()[-1])["data"]


def compare(name, answers, logits, tolerance):
    """`answers`: ours, best first."""
    p = torch.softmax(logits.double(), 0)
    theirs = p.topk(5)
    worst = max(abs(a["probability"] - p[a["index"]].item()) for a in answers)
    same = all(a["index"] == i or abs(p[a["index"]] - p[i]) < 2 * tolerance for a, i in zip(answers, theirs.indices.tolist()))
    passed = bool(same and worst < tolerance)
    print(json.dumps({"asked": name, "ours": [[a["name"], round(a["probability"], 4)] for a in answers],
                      "pytorch": [[i, round(v, 4)] for v, i in zip(theirs.values.tolist(), theirs.indices.tolist())],
                      "worst_difference": worst, "passed": passed}), flush=True)
    return passed


def ask(args, folder):
    rng = np.random.default_rng(3)
    good = True
    model, prepare = resnet(folder, rng)
    for name in PATTERNS:
        for side, tolerance in ((SEEN, args.tolerance), (LARGER, args.resized_tolerance)):
            picture = pattern(name, rng, side)
            picture.save(folder / "asked.ppm"), picture.save(folder / f"{name.replace(' ', '-')}-{side}.png")
            answer = ours(args, "classify", "--model", "resnet50", "--weights", str(folder / "resnet50.safetensors"),
                          "--image", str(folder / "asked.ppm"))
            with torch.no_grad():
                good &= compare(f"{name}, {side}", answer["classes"], model(prepare(picture)[None])[0], tolerance)
    model, tokenizer = bert(folder)
    for sentence, word in zip(SENTENCES, ["paris", "rome", "memory", "hundred", "moon", "planets"]):
        asked = sentence.replace(word, "[MASK]")
        answer = ours(args, "fill-mask", "--model", "bert-base", "--weights", str(folder / "bert-base.safetensors"),
                      "--text", asked)
        given = tokenizer(asked, return_tensors="pt")
        with torch.no_grad():
            logits = model(**given).logits[0]
        at = given["input_ids"][0].tolist().index(tokenizer.mask_token_id)
        good &= answer["masks"][0]["token"] == at
        good &= compare(asked, answer["masks"][0]["words"], logits[at], args.tolerance)
    return 0 if good else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bin/orrery-gpu")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--keep", type=Path, help="leave weights and pictures in this folder")
    parser.add_argument("--tolerance", type=float, default=1e-3, help="of a probability")
    parser.add_argument("--resized-tolerance", type=float, default=0.03)
    args = parser.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        return ask(args, args.keep)
    with tempfile.TemporaryDirectory() as folder:
        return ask(args, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
