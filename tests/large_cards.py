"""Large cards that are ordinary text of one kind from the first line to the last."""

from collections.abc import Callable

__all__ = ["FAULTY", "FRONT", "KINDS"]

Unit = Callable[[int], str]
"""The text of a kind's n-th unit; no two are the same, since equal texts may be kept once."""

FRONT = "---\nlicense: mit\n---\n\n# lighthouse-small\n\n"
PROSE = "The keeper of lamp {n} writes down the height of the tide each morning, and the wind at noon"


def front_matter(head: str, unit: Unit, foot: str = "") -> Callable[[int], str]:
    """Return the maker of a card whose metadata repeat a unit."""

    def make(size: int) -> str:
        return f"---\n{head}{repeated(unit, size)}{foot}---\n\n# lighthouse-small\n\nText.\n"

    return make


def body(unit: Unit, head: str = "") -> Callable[[int], str]:
    """Return the maker of a card whose body repeats a unit."""

    def make(size: int) -> str:
        return f"{FRONT}{head}{repeated(unit, size)}\n"

    return make


def repeated(unit: Unit, size: int) -> str:
    """Return as many units as have about `size` bytes."""
    some = "".join(unit(n) for n in range(1_000, 1_100))
    return "".join(unit(n) for n in range(max(100 * size // len(some.encode()), 10)))


def prose(n: int) -> str:
    return PROSE.format(n=n)


def results(n: int) -> str:
    return (
        f"  - task:\n      type: text-classification\n    dataset:\n      name: harbor-{n}\n      type: harbor-{n}\n"
        f"    metrics:\n    - type: accuracy\n      value: 0.{n % 1000:03}\n"
    )


KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": body(lambda n: f"{prose(n)}.\n\n"),
    "short paragraphs": body(lambda n: f"Lamp {n} is lit.\n\n"),
    "one paragraph": body(lambda n: f"{prose(n)}.\n"),
    "one line": body(lambda n: f"{prose(n)}. "),
    "text with emphasis": body(lambda n: f"A *lamp* of **harbor {n}** is _lit_ and `kept({n})`.\n\n"),
    "text with formulas": body(lambda n: f"The height is $h_{n} = {n} \\cdot t^2$ at noon.\n\n"),
    "Chinese": body(lambda n: f"守望者每天早晨记录第{n}盏灯的潮水高度，中午记录风向。\n\n"),
    "emoji": body(lambda n: f"🌊 🗼 lamp {n} 🚢 ✨ is lit 🌬️\n\n"),
    "headings": body(lambda n: f"## Lamp {n}\n\n"),
    "headings with text": body(lambda n: f"{'#' * (2 + n % 3)} Lamp {n}\n\n{prose(n)}.\n\n"),
    "underlined headings": body(lambda n: f"Lamp {n}\n-------\n\n"),
    "bold lines": body(lambda n: f"**Lamp {n}**\n\n"),
    "bullets": body(lambda n: f"- lamp {n} is lit\n"),
    "loose bullets": body(lambda n: f"- lamp {n} is lit\n\n"),
    "nested bullets": body(lambda n: f"{'  ' * (n % 4)}- lamp {n} is lit\n"),
    "bullets of labels": body(lambda n: f"- **Lamp {n}:** lit\n"),
    "ordered items": body(lambda n: f"{n}. lamp {n} is lit\n"),
    "tasks": body(lambda n: f"- [x] lamp {n} is lit\n"),
    "quotes": body(lambda n: f"> lamp {n} is lit\n\n"),
    "one quote": body(lambda n: f"> lamp {n} is lit\n"),
    "paragraphs in one quote": body(lambda n: f"> lamp {n} is lit\n>\n"),
    "table rows": body(lambda n: f"| lamp {n} | 0.5 | lit |\n", "| lamp | height | state |\n|---|---|---|\n"),
    "rows of a wide table": body(
        lambda n: f"| lamp {n} |" + " 0.5 |" * 20 + "\n", "| lamp |" + " a |" * 20 + "\n|" + "---|" * 21 + "\n"
    ),
    "tables": body(lambda n: f"| lamp | height |\n|---|---|\n| {n} | 0.5 |\n\n"),
    "results tables": body(lambda n: f"## Harbor {n}\n\n| Metric | Value |\n|---|---|\n| Accuracy | 0.{n} |\n\n"),
    "a training log": body(
        lambda n: f"| 0.{n} | 1.0 | {n} | 0.{n + 7} |\n",
        "## Training results\n\n| Training Loss | Epoch | Step | Validation Loss |\n|---|---|---|---|\n",
    ),
    "links": body(lambda n: f"[lamp {n}](https://example.org/lamps/{n})\n"),
    "links, apart": body(lambda n: f"See [lamp {n}](https://example.org/lamps/{n}) at noon.\n\n"),
    "links to the Hub": body(lambda n: f"- [harbor/lamp-{n}](https://huggingface.co/harbor/lamp-{n})\n"),
    "bare addresses": body(lambda n: f"See https://example.org/lamps/{n} at noon.\n\n"),
    "images": body(lambda n: f"![lamp {n}](https://example.org/lamps/{n}.png)\n\n"),
    "link definitions": body(lambda n: f"[lamp {n}]: https://example.org/lamps/{n}\n"),
    "links by reference": body(lambda n: f"See [lamp {n}].\n\n[lamp {n}]: https://example.org/lamps/{n}\n\n"),
    "footnotes": body(lambda n: f"Lamp {n} is lit.[^{n}]\n\n[^{n}]: At noon.\n\n"),
    "fenced code": body(lambda n: f"```python\nlamp = light({n})\n```\n\n"),
    "one block of code": body(lambda n: f"lamp = light({n})\n", "```python\n"),
    "indented code": body(lambda n: f"    lamp = light({n})\n\nText.\n\n"),
    "formulas": body(lambda n: f"$$\nh = {n} \\cdot t^2\n$$\n\n"),
    "blocks of HTML": body(lambda n: f'<div align="center">\n  <b>lamp {n}</b>\n</div>\n\n'),
    "HTML in text": body(lambda n: f"Lamp <b>{n}</b> is <kbd>lit</kbd> at<br>noon.\n\n"),
    "rows of a table in HTML": body(lambda n: f"<tr><td>lamp {n}</td><td>0.5</td></tr>\n", "<table>\n"),
    "tables in HTML": body(lambda n: f"<table>\n<tr><td>lamp {n}</td><td>0.5</td></tr>\n</table>\n\n"),
    "comments": body(lambda n: f"<!-- lamp {n} is lit -->\n\n"),
    "lines": body(lambda n: f"Lamp {n}\n\n---\n\n"),
    "suppressions": body(lambda n: f"<!-- cardlint-disable-next-line broken-link -->\n\nLamp {n} is lit.\n\n"),
    "placeholders": body(lambda n: f"## Lamp {n}\n\n[More Information Needed]\n\n"),
    "links that lead nowhere": body(lambda n: f"See [lamp {n}](#lamp-{n}-of-the-harbor).\n\n"),
    "headings without a blank": body(lambda n: f"##Lamp {n}\n\nText.\n\n"),
    "the same heading": body(lambda n: f"## Lamps\n\nLamp {n} is lit.\n\n"),
    "tags": front_matter("tags:\n", lambda n: f"- lamp-{n}\n"),
    "the same tag": front_matter("tags:\n", lambda n: "- lamp\n"),
    "languages that are none": front_matter("language:\n", lambda n: f"- lamp{n}\n"),
    "unknown keys": front_matter("", lambda n: f"lamp_{n}: lit\n"),
    "mappings": front_matter("lamps:\n", lambda n: f"- name: lamp {n}\n  state: lit\n"),
    "widget examples": front_matter("widget:\n", lambda n: f"- text: Lamp {n} is lit.\n  example_title: Lamp {n}\n"),
    "results": front_matter("model-index:\n- name: lighthouse-small\n  results:\n", results),
    "a long text in the metadata": front_matter("description: |\n", lambda n: f"  {prose(n)}.\n"),
    "comments in the metadata": front_matter("", lambda n: f"# lamp {n} is lit\n", "license: mit\n"),
}

HYPERPARAMETERS = "The following hyperparameters were used during training:\n"
CODE = "```python\nmodel = AutoModel.from_pretrained({})\n```\n\n"
FAULTY: dict[str, Callable[[int], str]] = {
    "wrong batch sizes": body(
        lambda n: f"{HYPERPARAMETERS}- train_batch_size: 8\n- total_train_batch_size: {8 * (n + 65)}\n\n"
    ),
    "examples to fill in": body(lambda n: CODE.format(f'"your-username/lamp-{n}"')),
    "examples without quotes": body(lambda n: CODE.format(f"harbor/lamp-{n}")),
    "conflicts": body(lambda n: f"<<<<<<< HEAD\nLamp {n}\n=======\nLamp\n>>>>>>> main\n\n"),
    "wrong averages": body(
        lambda n: f"| lamp-{n} | 41.0 | 44.0 | 50.0 | 48.0 |\n",
        "| Model | Gulls | Terns | Auks | Average of the three |\n|---|---|---|---|---|\n",
    ),
    "links to nothing": body(lambda n: f"See [lamp {n}]().\n\n"),
    "empty sections": body(lambda n: "## Training results\n\n## License\n\n"),
    "secrets": body(lambda n: f"Lamp {n}: hf_AbCdEfGhIjKlMnOpQrStUvWxYz{n:08}\n\n"),
    "unused suppressions": body(lambda n: f"<!-- cardlint-disable dead-link -->\n\nLamp {n}\n\n"),
    "misspelt keys": front_matter("license: mit\n", lambda n: f"-lamp_{n}: lit\n"),
    "misspelt keys of examples": front_matter("widget:\n", lambda n: f"- texts: Lamp {n} is lit.\n"),
    "items without a blank": front_matter("tags:\n", lambda n: f"-lamp-{n}\n"),
    "items to be quoted": front_matter("language:\n", lambda n: "- no\n"),
    "ids with a blank": front_matter("datasets:\n", lambda n: f"- harbor/lamp {n}\n"),
    "results in percent": front_matter(
        "model-index:\n- name: lighthouse-small\n  results:\n", lambda n: f"{results(n).rstrip()}%\n"
    ),
}
"""Cards with a fault, and mostly a finding, in every unit; some rules stop at the first of many."""
