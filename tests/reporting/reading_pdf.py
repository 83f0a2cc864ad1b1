"""The tags of a PDF: what a screen reader follows."""

import pikepdf


def elements_below(top: pikepdf.Object) -> list[tuple[str, pikepdf.Dictionary]]:
    """Each with its name ('/H1'), in the order in which it is read."""
    found = []

    def walk(node) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), node))
            walk(node.get("/K"))
        elif isinstance(node, pikepdf.Dictionary):
            walk(node.get("/K"))

    walk(top.get("/K"))
    return found
