"""Builds app/language/minilm.onnx: the computation of all-MiniLM-L6-v2, its weights left where they are published.

    python training/minilm_graph.py FOLDER      # a folder with the stock model.safetensors

The graph holds no weights. Each initializer points into `model.safetensors` by offset and length (ONNX external data;
safetensors keeps little-endian float32 row by row, which is ONNX's own layout), so the graph stays at some 28 kB and
onnxruntime maps the stock file. Needs `onnx`, the service itself does not.
"""

import json
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHTS = "model.safetensors"
LAYERS, HEADS, WIDTH = 6, 12, 384
HEAD_WIDTH = WIDTH // HEADS
TARGET = Path(__file__).parents[1] / "app" / "language" / "minilm.onnx"


class Graph:
    """Collects nodes and initializers; every method that adds one returns its name."""

    def __init__(self, weights: Path) -> None:
        with weights.open("rb") as file:
            (header_length,) = struct.unpack("<Q", file.read(8))
            self._header = json.loads(file.read(header_length))
        self._data_start = 8 + header_length
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, TensorProto] = {}

    def op(self, kind: str, *inputs: str, name: str = "", **attributes: object) -> str:
        output = name or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def weight(self, name: str) -> str:
        """A tensor of the published file, by reference."""
        entry = self._header[name]
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL)
        tensor.dims.extend(entry["shape"])
        where = {"location": WEIGHTS, "offset": str(self._data_start + start), "length": str(end - start)}
        for key, value in where.items():
            tensor.external_data.add(key=key, value=value)
        self.initializers[name] = tensor
        return name

    def integers(self, *values: int) -> str:
        return self._constant("int_" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value: float) -> str:
        return self._constant(f"float_{value:g}", np.array(value, np.float32))

    def _constant(self, name: str, array: np.ndarray) -> str:
        self.initializers[name] = numpy_helper.from_array(array, name)
        return name

    def linear(self, x: str, layer: str) -> str:
        """PyTorch keeps a linear layer's weight as (out, in); onnxruntime folds the transposition when it loads."""
        turned = self.op("Transpose", self.weight(f"{layer}.weight"), perm=[1, 0])
        return self.op("Add", self.op("MatMul", x, turned), self.weight(f"{layer}.bias"))

    def norm(self, x: str, layer: str) -> str:
        scale, bias = self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)


def embedded_words(graph: Graph) -> str:
    length = graph.op("Gather", graph.op("Shape", "input_ids"), graph.integers(1))
    start, one = graph.integers(0), graph.integers(1)
    positions = graph.op("Slice", graph.weight("embeddings.position_embeddings.weight"), start, length, start)
    first_type = graph.op("Slice", graph.weight("embeddings.token_type_embeddings.weight"), start, one, start)
    words = graph.op("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    return graph.norm(graph.op("Add", graph.op("Add", words, positions), first_type), "embeddings.LayerNorm")


def attention(graph: Graph, x: str, layer: str, mask: str) -> str:
    def heads(part: str, order: Sequence[int]) -> str:
        projected = graph.linear(x, f"{layer}.attention.self.{part}")
        parted = graph.op("Reshape", projected, graph.integers(0, 0, HEADS, HEAD_WIDTH))
        return graph.op("Transpose", parted, perm=list(order))

    query, key, value = heads("query", (0, 2, 1, 3)), heads("key", (0, 2, 3, 1)), heads("value", (0, 2, 1, 3))
    scores = graph.op("Mul", graph.op("MatMul", query, key), graph.number(HEAD_WIDTH**-0.5))
    weights = graph.op("Softmax", graph.op("Add", scores, mask), axis=-1)
    mixed = graph.op("Transpose", graph.op("MatMul", weights, value), perm=[0, 2, 1, 3])
    joined = graph.op("Reshape", mixed, graph.integers(0, 0, WIDTH))
    return graph.linear(joined, f"{layer}.attention.output.dense")


def encoder_layer(graph: Graph, x: str, number: int, mask: str) -> str:
    layer = f"encoder.layer.{number}"
    x = graph.norm(graph.op("Add", x, attention(graph, x, layer, mask)), f"{layer}.attention.output.LayerNorm")
    inner = graph.op("Gelu", graph.linear(x, f"{layer}.intermediate.dense"))
    return graph.norm(graph.op("Add", x, graph.linear(inner, f"{layer}.output.dense")), f"{layer}.output.LayerNorm")


def mean_unit_vector(graph: Graph, x: str, kept: str) -> None:
    """The mean over the tokens that are no padding, scaled to length 1."""
    one = graph.integers(1)
    kept_rows = graph.op("Unsqueeze", kept, graph.integers(2))
    total = graph.op("ReduceSum", graph.op("Mul", x, kept_rows), one, keepdims=0)
    mean = graph.op("Div", total, graph.op("ReduceSum", kept_rows, one, keepdims=0))
    length = graph.op("Sqrt", graph.op("ReduceSum", graph.op("Mul", mean, mean), one, keepdims=1))
    graph.op("Div", mean, length, name="embedding")


def build(weights: Path) -> onnx.ModelProto:
    graph = Graph(weights)
    x = embedded_words(graph)
    kept = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    padding = graph.op("Sub", graph.number(1.0), graph.op("Unsqueeze", kept, graph.integers(1, 2)))
    mask = graph.op("Mul", padding, graph.number(-1e9))
    for number in range(LAYERS):
        x = encoder_layer(graph, x, number, mask)
    mean_unit_vector(graph, x, kept)
    shape = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", WIDTH])
    built = helper.make_graph(graph.nodes, "minilm", inputs, [output], list(graph.initializers.values()))
    return helper.make_model(built, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    TARGET.write_bytes(build(Path(sys.argv[1]) / WEIGHTS).SerializeToString(deterministic=True))
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
