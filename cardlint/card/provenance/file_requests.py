"""The files that code in the body asks of a repository: `hf_hub_download` and similar calls and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import CodeBlock
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["FileRequest", "find_file_requests"]


class FileRequest(Struct, frozen=True):
    """A file that code asks of a repository, both as they are written."""

    repository: str
    name: str
    span: Span


_LONGEST = 400  # characters of a call's arguments
_CALL = LazyPattern(
    r"\b(?P<caller>hf_hub_download|from_pretrained|load_lora_weights|load_textual_inversion|load_from_hub)"
    rf"\((?P<arguments>[^()]{{0,{_LONGEST}}})\)"
)
_TEXT = r"[\"'](?P<text>[^\"'\n{}*]{1,200})[\"']"
_FIRST = LazyPattern(rf"\s*{_TEXT}\s*(?:,|$)")
_NAMED_REPOSITORY = LazyPattern(rf"\b(?:repo_id|pretrained_model_name_or_path)\s*=\s*{_TEXT}")
_NAMED_FILE = LazyPattern(rf"\b(?:filename|weight_name|gguf_file)\s*=\s*{_TEXT}")
_DOWNLOADS = ("hf_hub_download", "load_from_hub")  # whose second argument is the file
_COMMAND = LazyPattern(
    r"^[ \t$]{0,9}(?:huggingface-cli|hf) download (?P<repository>[\w.-]{1,96}/[\w.-]{1,96}) (?P<text>\w[\w./-]{0,200})",
    re.MULTILINE,
)
_SERVED = LazyPattern(
    r"--hf-repo[ =](?P<repository>[\w.-]{1,96}/[\w.-]{1,96})\s[\s\\]{0,20}--hf-file[ =](?P<text>\w[\w./-]{0,200})"
)


def find_file_requests(document: Document) -> Iterator[FileRequest]:
    """Yield every request whose repository and file are written out, in the order of the document."""
    for block in document.walk():
        if isinstance(block, CodeBlock):
            text = block.content.text
            for match in _CALL.finditer(text) if "(" in text else ():
                yield from _of_call(block, match)
            for pattern in (_COMMAND, _SERVED):
                for match in pattern.finditer(text):
                    yield FileRequest(match["repository"], match["text"], block.content.span(*match.span("text")))


def _of_call(block: CodeBlock, match: re.Match[str]) -> Iterator[FileRequest]:
    arguments, start = match["arguments"], match.start("arguments")
    first = _FIRST.match(arguments)
    repository = _NAMED_REPOSITORY.search(arguments) or first
    file = _NAMED_FILE.search(arguments)
    if file is None and first is not None and match["caller"] in _DOWNLOADS:
        file = _FIRST.match(arguments, first.end())
    if repository is not None and file is not None and "subfolder" not in arguments:
        span = block.content.span(start + file.start("text"), start + file.end("text"))
        yield FileRequest(repository["text"], file["text"], span)
