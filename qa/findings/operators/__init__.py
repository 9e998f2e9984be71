"""The operators (算子), one file each; the folder scan registers them."""

import importlib
import pkgutil
from types import MappingProxyType

from qa.findings.operator import _REGISTRY, Operator

for _module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
    importlib.import_module(f"{__name__}.{_module.name}")

OPERATORS: MappingProxyType[str, Operator] = MappingProxyType(_REGISTRY)
