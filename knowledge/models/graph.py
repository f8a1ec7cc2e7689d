"""The multilingual-e5-small encoder written as an ONNX graph."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from knowledge.models.weights import BLOCK, Weights

_MICROSOFT = "com.microsoft"
_EPSILON = 1e-12
_MASKED = -10_000.0
_FLOAT_ACTIVATIONS = 1  # accuracy level of MatMulNBits: exact, and as fast as rounding activations to int8
_OPSET = 21
_IR_VERSION = 10


class EncoderGraph:
    """
    Builds the graph: token ids and mask in, one unit vector per text out.

    With ``four_bit`` every matrix stays in the 4 bits it was packed with; otherwise matrices are written as
    float32, ready to be quantised to int8. The embedding table is 4-bit either way and holds the ``kept`` pieces.
    """

    def __init__(self, weights: Weights, kept: list[int], *, four_bit: bool) -> None:
        self._weights = weights
        self._kept = kept
        self._four_bit = four_bit
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def build(self) -> onnx.ModelProto:
        """Return the finished model."""
        self._shared_constants()
        state = self._embeddings()
        for layer in range(self._weights.shape.layers):
            state = self._layer(state, f"l{layer}.")
        self._pool(state)
        hidden = self._weights.shape.hidden
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", hidden])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def _shared_constants(self) -> None:
        shape = self._weights.shape
        head = shape.hidden // shape.heads
        for name, value in {
            "zero": [0],
            "one": [1],
            "two": [2],
            "last_axis": [-1],
            "mask_axes": [1, 2],
            "split_heads": [0, 0, shape.heads, head],
            "join_heads": [0, 0, shape.hidden],
        }.items():
            self._constant(name, np.array(value, np.int64))
        self._constant("scale", np.array(1 / np.sqrt(head), np.float32))
        self._constant("one_float", np.array(1, np.float32))
        self._constant("masked", np.array(_MASKED, np.float32))

    def _embeddings(self) -> str:
        shape = self._weights.shape
        scales, values = self._weights.quantised("emb.word", shape.vocabulary, shape.hidden)
        scales, values = scales[self._kept], values[self._kept]
        signed = (values.astype(np.int8) - 8).astype(np.uint8) & 15
        table = TensorProto()
        table.name = "words"
        table.data_type = TensorProto.INT4
        table.dims.extend(values.shape)
        table.raw_data = (signed[:, 0::2] | (signed[:, 1::2] << 4)).astype(np.uint8).tobytes()
        self._constants.append(table)
        self._constant("words.scale", scales.astype(np.float16))
        self._node(
            "GatherBlockQuantized",
            ["words", "input_ids", "words.scale"],
            "words.half",
            domain=_MICROSOFT,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        self._node("Cast", ["words.half"], "words.embedded", to=TensorProto.FLOAT)
        types = self._weights.floats("emb.type", shape.types, shape.hidden)[0]
        self._constant("positions", self._weights.floats("emb.pos", shape.positions, shape.hidden) + types)
        self._node("Shape", ["input_ids"], "input.shape")
        self._node("Slice", ["input.shape", "one", "two"], "length")
        self._node("Slice", ["positions", "zero", "length", "zero"], "positions.embedded")
        self._node("Add", ["words.embedded", "positions.embedded"], "embedded")
        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        self._node("Sub", ["one_float", "mask"], "mask.inverted")
        self._node("Mul", ["mask.inverted", "masked"], "mask.scores")
        self._node("Unsqueeze", ["mask.scores", "mask_axes"], "mask.bias")
        return self._layer_norm("embedded", "emb.ln")

    def _layer(self, state: str, layer: str) -> str:
        for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
            projected = self._linear(state, layer + part)
            split = self._node("Reshape", [projected, "split_heads"], f"{layer}{part}.split")
            self._node("Transpose", [split], f"{layer}{part}.heads", perm=order)
        self._node("MatMul", [f"{layer}q.heads", f"{layer}k.heads"], f"{layer}products")
        self._node("Mul", [f"{layer}products", "scale"], f"{layer}scaled")
        self._node("Add", [f"{layer}scaled", "mask.bias"], f"{layer}biased")
        self._node("Softmax", [f"{layer}biased"], f"{layer}attention", axis=-1)
        self._node("MatMul", [f"{layer}attention", f"{layer}v.heads"], f"{layer}context")
        self._node("Transpose", [f"{layer}context"], f"{layer}context.turned", perm=[0, 2, 1, 3])
        joined = self._node("Reshape", [f"{layer}context.turned", "join_heads"], f"{layer}context.joined")
        attended = self._linear(joined, layer + "ao")
        self._node("Add", [state, attended], f"{layer}attended")
        state = self._layer_norm(f"{layer}attended", layer + "aln")
        widened = self._linear(state, layer + "fi", rows=self._weights.shape.feed_forward)
        active = self._node("Gelu", [widened], f"{layer}active", domain=_MICROSOFT)
        narrowed = self._linear(active, layer + "fo", columns=self._weights.shape.feed_forward)
        self._node("Add", [state, narrowed], f"{layer}fed")
        return self._layer_norm(f"{layer}fed", layer + "oln")

    def _pool(self, state: str) -> None:
        self._node("Unsqueeze", ["mask", "last_axis"], "mask.column")
        self._node("Mul", [state, "mask.column"], "visible")
        self._node("ReduceSum", ["visible", "one"], "total", keepdims=0)
        self._node("ReduceSum", ["mask.column", "one"], "count", keepdims=0)
        self._node("Div", ["total", "count"], "mean")
        self._node("ReduceL2", ["mean", "last_axis"], "norm", keepdims=1)
        self._node("Div", ["mean", "norm"], "sentence_embedding")

    def _linear(self, value: str, name: str, *, rows: int = 0, columns: int = 0) -> str:
        rows, columns = rows or self._weights.shape.hidden, columns or self._weights.shape.hidden
        output = f"{name}.out"
        self._constant(f"{name}.b", self._weights.floats(f"{name}.b", rows))
        if not self._four_bit:
            self._constant(f"{name}.w", self._weights.dequantised(f"{name}.w", rows, columns).T)
            product = self._node("MatMul", [value, f"{name}.w"], f"{name}.product")
            return self._node("Add", [product, f"{name}.b"], output)
        scales, values = self._weights.quantised(f"{name}.w", rows, columns)
        blocks = values.reshape(rows, columns // BLOCK, BLOCK)
        self._constant(f"{name}.q", (blocks[:, :, 0::2] | (blocks[:, :, 1::2] << 4)).astype(np.uint8))
        self._constant(f"{name}.s", scales.astype(np.float32).reshape(-1))
        return self._node(
            "MatMulNBits",
            [value, f"{name}.q", f"{name}.s", "", "", f"{name}.b"],
            output,
            domain=_MICROSOFT,
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_FLOAT_ACTIVATIONS,
        )

    def _layer_norm(self, value: str, name: str) -> str:
        for part in ("w", "b"):
            self._constant(f"{name}.{part}", self._weights.floats(f"{name}.{part}", self._weights.shape.hidden))
        inputs = [value, f"{name}.w", f"{name}.b"]
        return self._node("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=_EPSILON)

    def _constant(self, name: str, value: npt.NDArray[Any]) -> None:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))

    def _node(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **options: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **options))
        return output
