#!/usr/bin/env python3
"""orrery-gpu beside PyTorch: the same random weights and inputs through both, and the speed of both.

Needs torch, torchvision, transformers and safetensors, and a CUDA card; no network. The models are torchvision's
ResNet and Hugging Face's BertModel with random weights, whose batch norms are calibrated on random images so that
activations stay in the range of fp16.

For each model: relative error of orrery-gpu and of PyTorch in fp16 against PyTorch in fp32 (‖y − r‖ / ‖r‖ of the
logits or the last hidden state over valid tokens), and for images the share of equal top classes. It fails where our
error is above 1e-2 or above 1.5 times PyTorch's own.

    compare_pytorch.py numerics --program build/bin/orrery-gpu [--models resnet50,bert-large] [--images 256]
    compare_pytorch.py speed --models resnet101:1,32;bert-large-128:1,32 [--variants eager,graph,compile] [--seconds 1]

Speed knows, for the BERT models, also what an engineer would write by hand instead of Hugging Face's layers: one
product for queries, keys and values and PyTorch's fused attention, in a CUDA graph (encoder) or compiled
(encoder-compile); and orrery-gpu itself (ours), right after the others.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WORDS, LONGEST = 30522, 128


def resnet(name, device):
    import torchvision

    torch.manual_seed(1)
    model = getattr(torchvision.models, name)(weights=None).to(device)
    for path, module in model.named_modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            # Untrained branches as strong as their shortcuts make a network in which any rounding grows a
            # hundredfold; trained ones are weaker, and so are these.
            low, high = (0.1, 0.3) if path.endswith("bn3") else (0.5, 1.0)
            torch.nn.init.uniform_(module.weight, low, high)
            torch.nn.init.normal_(module.bias, 0.0, 0.1)
            module.momentum = None  # a plain mean over the calibration
    model.train()
    with torch.no_grad():
        for _ in range(4):
            model(torch.randn(32, 3, 224, 224, device=device))
    return model.eval()


def bert(name, device):
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    large = name == "bert-large"
    config = BertConfig(hidden_size=1024 if large else 768, num_hidden_layers=24 if large else 12,
                        num_attention_heads=16 if large else 12, intermediate_size=4096 if large else 3072)
    return BertModel(config, add_pooling_layer=False).to(device).eval()


class Encoder(torch.nn.Module):
    """A BertModel's layers written by hand; the same weights, the same hidden states."""

    def __init__(self, model):
        super().__init__()
        self.embeddings, self.heads = model.embeddings, model.config.num_attention_heads
        self.layers = torch.nn.ModuleList(model.encoder.layer)
        for layer in self.layers:
            parts = [getattr(layer.attention.self, part) for part in ("query", "key", "value")]
            layer.qkv = torch.nn.Linear(parts[0].in_features, 3 * parts[0].out_features, device="cuda")
            layer.qkv.weight.data = torch.cat([p.weight.data for p in parts])
            layer.qkv.bias.data = torch.cat([p.bias.data for p in parts])

    def attention(self, qkv):
        rows, length, width = qkv.shape
        q, k, v = qkv.view(rows, length, 3, self.heads, width // 3 // self.heads).permute(2, 0, 3, 1, 4)
        mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v)
        return mixed.transpose(1, 2).reshape(rows, length, width // 3)

    def forward(self, tokens):
        x = self.embeddings(input_ids=tokens)
        for layer in self.layers:
            first, second = layer.attention.output, layer.output
            x = first.LayerNorm(first.dense(self.attention(layer.qkv(x))) + x)
            x = second.LayerNorm(second.dense(torch.nn.functional.gelu(layer.intermediate.dense(x))) + x)
        return x


def encoder(model, tokens):
    written = Encoder(model).eval()
    error = relative(written(tokens[:2]), model(tokens[:2]).last_hidden_state)
    if not error < 1e-2:
        raise SystemExit(f"the encoder written by hand is another model: relative error {error}")
    return written


def relative(y, r):
    return ((y.double() - r.double()).norm() / r.double().norm()).item()


def ours(program, model, weights, inputs, folder, extra=()):
    save_file(inputs, folder / "inputs.safetensors")
    subprocess.run([program, "run", "--device", "cuda:0", "--model", model, "--weights", str(weights), "--inputs",
                    str(folder / "inputs.safetensors"), "--output", str(folder / "output.safetensors"), *extra],
                   check=True, stderr=subprocess.DEVNULL)
    return load_file(folder / "output.safetensors")["output"]


def in_batches(model, images, size=64):
    with torch.no_grad():
        return torch.cat([model(images[i:i + size]).float() for i in range(0, len(images), size)]).cpu()


def image_numerics(args, name, folder):
    model = resnet(name, "cuda")
    save_file({k: v.contiguous().cpu() for k, v in model.state_dict().items()}, folder / "weights.safetensors")
    images = torch.randn(args.images, 3, 224, 224, device="cuda")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    r = in_batches(model, images)
    pixels = images.permute(0, 2, 3, 1).contiguous().cpu()
    y = ours(args.program, name, folder / "weights.safetensors", {"pixels": pixels}, folder)
    half = in_batches(model.half(), images.half())
    agree = (y.argmax(1) == r.argmax(1)).float().mean().item()
    peer = (half.argmax(1) == r.argmax(1)).float().mean().item()
    return relative(y, r), relative(half, r), {"images": args.images, "top1_equal": agree, "top1_equal_pytorch": peer}


def text_numerics(args, name, folder):
    model = bert(name, "cuda")
    save_file({k: v.contiguous().cpu() for k, v in model.state_dict().items() if v.is_floating_point()},
              folder / "weights.safetensors")
    batch = 16
    tokens, types = torch.randint(WORDS, (batch, LONGEST)), torch.randint(2, (batch, LONGEST))
    lengths = torch.randint(LONGEST // 4, LONGEST + 1, (batch,))
    mask = (torch.arange(LONGEST)[None] < lengths[:, None])
    torch.backends.cuda.matmul.allow_tf32 = False
    given = dict(input_ids=tokens.cuda(), token_type_ids=types.cuda(), attention_mask=mask.long().cuda())
    with torch.no_grad():
        r = model(**given).last_hidden_state.float().cpu()[mask]
        half = model.half()(**given).last_hidden_state.float().cpu()[mask]
    inputs = {"tokens": tokens.int(), "types": types.int(), "lengths": lengths.int()}
    padded = ours(args.program, name, folder / "weights.safetensors", inputs, folder).reshape(batch, LONGEST, -1)[mask]
    packed = ours(args.program, name, folder / "weights.safetensors", inputs, folder, ["--packed"])
    return max(relative(padded, r), relative(packed, r)), relative(half, r), {
        "padded": relative(padded, r), "packed": relative(packed, r), "tokens": int(lengths.sum())}


def numerics(args):
    good = True
    for name in args.models.split(","):
        with tempfile.TemporaryDirectory() as folder:
            error, peer, more = (image_numerics if name.startswith("resnet") else text_numerics)(
                args, name, Path(folder))
        passed = error < 1e-2 and error <= 1.5 * peer
        good = good and passed
        print(json.dumps({"model": name, "relative_error": error, "pytorch_fp16": peer, **more, "passed": passed}),
              flush=True)
    return 0 if good else 1


def seconds_of(call, least=1.0):
    """Median of five parts of at least `least` seconds together, after a warm-up."""
    for _ in range(3):
        call()
    torch.cuda.synchronize()
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)

    def part(times):
        begin.record()
        for _ in range(times):
            call()
        end.record()
        torch.cuda.synchronize()
        return begin.elapsed_time(end) * 1e-3 / times

    times = max(1, int(least / 5 / max(part(3), 1e-6)))
    return sorted(part(times) for _ in range(5))[2]


def captured(call):
    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        for _ in range(3):
            call()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        call()
    return graph.replay


def compiled(model):
    torch._dynamo.reset()  # or a second size is compiled for any size
    return torch.compile(model, mode="reduce-overhead", dynamic=False)


def speed_calls(name, batch, variants):
    if name.startswith("resnet"):
        model = resnet(name, "cuda").half().to(memory_format=torch.channels_last)
        x = torch.randn(batch, 3, 224, 224, device="cuda").half().to(memory_format=torch.channels_last)
        given = (x,)
    else:
        kind, length = name.rsplit("-", 1)
        model = bert(kind, "cuda").half()
        given = (torch.randint(WORDS, (batch, int(length)), device="cuda"),)
    if "eager" in variants:
        yield "eager", lambda: model(*given)
    if "graph" in variants:
        yield "graph", captured(lambda: model(*given))
    if "compile" in variants:
        fast = compiled(model)
        yield "compile", lambda: fast(*given)
    if "encoder" in variants and not name.startswith("resnet"):
        written = encoder(model, given[0])
        yield "encoder", captured(lambda: written(*given))
    if "encoder-compile" in variants and not name.startswith("resnet"):
        quick = compiled(encoder(model, given[0]))
        yield "encoder-compile", lambda: quick(*given)


def our_speed(program, name, batch, seconds):
    kind, length = name.rsplit("-", 1) if name.startswith("bert") else (name, "1")
    shape = ["--seq", length] if name.startswith("bert") else []
    lines = subprocess.run([program, "bench", "--json", "--no-layers", "--device", "cuda:0", "--model", kind, "--batch",
                            str(batch), "--seconds", str(seconds), *shape], check=True, capture_output=True).stdout
    return [row["data"] for row in map(json.loads, lines.decode().splitlines()) if row["event"] == "bench"][-1]


def speed(args):
    torch.backends.cudnn.benchmark = True
    for row in args.models.split(";"):
        name, batches = row.split(":")
        for batch in map(int, batches.split(",")):
            with torch.no_grad():
                for variant, call in speed_calls(name, batch, args.variants.split(",")):
                    try:
                        rate = batch / seconds_of(call, args.seconds)
                    except RuntimeError as error:
                        print(f"{name} {batch} {variant}: {error}", file=sys.stderr)
                        continue
                    print(json.dumps({"model": name, "batch": batch, "variant": variant, "items_per_s": rate}),
                          flush=True)
            if "ours" in args.variants.split(","):
                rate = our_speed(args.program, name, batch, args.seconds)["items_per_s"]
                print(json.dumps({"model": name, "batch": batch, "variant": "ours", "items_per_s": rate}), flush=True)
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["numerics", "speed"])
    parser.add_argument("--program", default="build/bin/orrery-gpu")
    parser.add_argument("--models", default="resnet50,resnet101,bert-base,bert-large")
    parser.add_argument("--images", type=int, default=256)
    parser.add_argument("--variants", default="eager,graph")
    parser.add_argument("--seconds", type=float, default=1.0, help="measured for each row")
    args = parser.parse_args()
    if not torch.cuda.is_available():
        print("skipped: PyTorch sees no CUDA card")
        return 0
    return numerics(args) if args.what == "numerics" else speed(args)


if __name__ == "__main__":
    sys.exit(main())
