"""Parses samples in languages for which there is no compiler here: parsed_samples.py FILE..., by the name's
ending. Ends with 1 and tells the lines when one cannot be parsed."""

import pathlib
import sys

import tree_sitter
import tree_sitter_dart
import tree_sitter_swift

GRAMMARS = {".dart": tree_sitter_dart, ".swift": tree_sitter_swift}


def faults(node):
    if node.is_error or node.is_missing:
        yield node.start_point.row + 1
    for child in node.children:
        if child.has_error or child.is_missing:
            yield from faults(child)


failed = False
for name in sys.argv[1:]:
    file = pathlib.Path(name)
    language = tree_sitter.Language(GRAMMARS[file.suffix].language())
    root = tree_sitter.Parser(language).parse(file.read_bytes()).root_node
    lines = list(faults(root)) if root.has_error else []
    print(f"{file.name}: {'cannot be parsed at lines ' + str(lines) if root.has_error else 'parsed'}")
    failed = failed or root.has_error
sys.exit(1 if failed else 0)
