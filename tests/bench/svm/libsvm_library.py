"""LIBSVM's own library, the one that svm-train is linked with, called in memory: no text is read or written."""
import ctypes as ct

import numpy as np


class Node(ct.Structure):
    _fields_ = [("index", ct.c_int), ("value", ct.c_double)]


NODE = np.dtype([("index", "<i4"), ("value", "<f8")], align=True)
Row = ct.POINTER(Node)


class Problem(ct.Structure):
    _fields_ = [("l", ct.c_int), ("y", ct.POINTER(ct.c_double)), ("x", ct.POINTER(Row))]


class Parameter(ct.Structure):
    _fields_ = [("svm_type", ct.c_int), ("kernel_type", ct.c_int), ("degree", ct.c_int), ("gamma", ct.c_double),
                ("coef0", ct.c_double), ("cache_size", ct.c_double), ("eps", ct.c_double), ("C", ct.c_double),
                ("nr_weight", ct.c_int), ("weight_label", ct.POINTER(ct.c_int)),
                ("weight", ct.POINTER(ct.c_double)), ("nu", ct.c_double), ("p", ct.c_double),
                ("shrinking", ct.c_int), ("probability", ct.c_int)]


PRINT = ct.CFUNCTYPE(None, ct.c_char_p)
QUIET = PRINT(lambda text: None)


def rows_of(x):
    """Pointers to rows of nodes, each ended by index −1, and the nodes to be kept alive."""
    nodes = np.zeros((x.shape[0], x.shape[1] + 1), dtype=NODE)
    nodes["index"][:, :-1] = np.arange(1, x.shape[1] + 1)
    nodes["index"][:, -1] = -1
    nodes["value"][:, :-1] = x
    base, stride = nodes.ctypes.data, nodes.strides[0]
    return (Row * len(x))(*[ct.cast(base + i * stride, Row) for i in range(len(x))]), nodes


class Machine:
    """C-SVC with an RBF kernel, with the calls that the worker times."""

    def __init__(self, x, y, c, gamma, tolerance, cache_mb):
        self.library = ct.CDLL("libsvm.so.3")
        self.library.svm_train.restype = ct.c_void_p
        self.library.svm_set_print_string_function(QUIET)
        self.x, self.y = x, np.ascontiguousarray(y, dtype="<f8")
        self.rows, self.nodes = rows_of(x)
        self.problem = Problem(len(y), self.y.ctypes.data_as(ct.POINTER(ct.c_double)), self.rows)
        self.parameter = Parameter(0, 2, 3, gamma, 0.0, cache_mb, tolerance, c, 0, None, None, 0.5, 0.1, 1, 0)
        self.model = None

    def fit(self):
        self.model = self.library.svm_train(ct.byref(self.problem), ct.byref(self.parameter))
        return self

    def decisions(self, count):
        values, out = np.zeros(count), ct.c_double()
        model = ct.c_void_p(self.model)
        for i in range(count):
            self.library.svm_predict_values(model, self.rows[i], ct.byref(out))
            values[i] = out.value
        return values

    def coefficients(self):
        """β = y α of each point. The model's fields are read through its own functions and the decision rule."""
        model = ct.c_void_p(self.model)
        count = self.library.svm_get_nr_sv(model)
        indices, labels = (ct.c_int * count)(), (ct.c_int * 2)()
        self.library.svm_get_sv_indices(model, indices)
        self.library.svm_get_labels(model, labels)
        # struct svm_model: the parameter, nr_class, l, SV, sv_coef, …
        at = ct.sizeof(Parameter) + 2 * ct.sizeof(ct.c_int) + ct.sizeof(ct.c_void_p)
        table = ct.cast(self.model + at, ct.POINTER(ct.POINTER(ct.POINTER(ct.c_double)))).contents
        beta = np.zeros(len(self.y))
        beta[np.array(indices[:]) - 1] = np.ctypeslib.as_array(table[0], (count,))
        return beta if labels[0] == 1 else -beta
