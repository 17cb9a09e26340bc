"""`cardlint server` as an editor meets it: a real client, and a server in a process or in a thread of this one."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import product
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pytest_lsp import client_capabilities
from pytest_lsp.client import make_test_lsp_client

from cardlint import lint, load_rules, parse, read
from cardlint.fixing.edits import apply
from cardlint.linting.baseline.baseline import subject
from cardlint.reporters.rule_page import markdown_page
from cardlint.run.judge import RunOptions
from cardlint.server.actions import difference
from cardlint.server.positions import Places
from cardlint.server.server import make_server
from cardlint.server.texts import changed

ROOT = Path(__file__).parents[1]
EDITORS = ["visual-studio-code", *(pytest.param(name, marks=pytest.mark.slow) for name in ("neovim", "emacs"))]
PUBLISHED = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS

FRONT = "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n"
OWL = "\n# Owl\n\nTells owls apart. It is meant for woods.\n"
CARD = FRONT + OWL
FIXED = CARD.replace("license: mit\n", "", 1)
TEMPLATE = FRONT.replace("license: mit\n", "", 1) + OWL + "\n## Training data\n\nOf 🦉: {{ model_summary }} in all\n"
SETTINGS = 'ignore = ["duplicate-key"]\n'

BROKEN = """
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule

@rule(severity=Severity.NOTE, group="broken")
def crashing_rule(card):
    "It stumbles."
    print("a rule that prints")
    yield from ()
    raise KeyError("owl")
"""


class Editor:
    """A client with what tests do with it."""

    def __init__(self, client, result, folder):
        self.client = client
        self.capabilities = result.capabilities
        self.folder = folder
        self.encoding = str(result.capabilities.position_encoding)
        self.texts = {}
        self.version = 0

    def uri(self, name):
        return (self.folder / name).as_uri()

    async def open(self, text, name="README.md", language="markdown", uri=None):
        """What the server finds in a text that is opened."""
        uri = self.send(text, name, language, uri)
        return await self.published(uri)

    def send(self, text, name="README.md", language="markdown", uri=None):
        uri = uri or self.uri(name)
        self.version += 1
        self.texts[uri] = text
        item = types.TextDocumentItem(uri, language, self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    async def complete(self, text, name="README.md"):
        """The completions at the mark `|` of a text, with the text after each of them."""
        offset = text.index("|")
        text = text.replace("|", "", 1)
        await self.open(text, name)
        places = Places(text, self.encoding)
        where = types.Position(*places.place(offset))
        asked = types.CompletionParams(types.TextDocumentIdentifier(self.uri(name)), where)
        made = {}
        for item in await self.client.text_document_completion_async(asked):
            assert item.text_edit.insert.start == item.text_edit.replace.start
            assert item.text_edit.insert.end == where
            word = item.text_edit.replace
            start, end = (places.offset(each.line, each.character) for each in (word.start, word.end))
            made[item.label] = text[:start] + item.text_edit.new_text + text[end:]
        return made

    def type(self, text, name="README.md"):
        uri = self.uri(name)
        self.version += 1
        self.texts[uri] = text
        identifier = types.VersionedTextDocumentIdentifier(self.version, uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def published(self, uri=None):
        got = await asyncio.wait_for(self.client.wait_for_notification(PUBLISHED), 30)
        assert got.uri == (uri or self.uri("README.md"))
        return list(got.diagnostics)

    def known(self, name):
        """What the server said of a file last."""
        return list(self.client.diagnostics.get(self.uri(name), ()))

    async def until(self, condition):
        """The value of a condition as soon as it is true; for notifications that come close to each other."""
        for _ in range(1500):
            if value := condition():
                return value
            await asyncio.sleep(0.02)
        raise TimeoutError

    def text_at(self, place, name="README.md"):
        text = self.texts[self.uri(name)]
        places = Places(text, self.encoding)
        start, end = (places.offset(each.line, each.character) for each in (place.start, place.end))
        return text[start:end]

    async def actions(self, place=None, only=None, name="README.md"):
        identifier = types.TextDocumentIdentifier(self.uri(name))
        place = place or types.Range(types.Position(0, 0), types.Position(10**6, 0))
        asked = types.CodeActionParams(identifier, place, types.CodeActionContext([], only))
        offered = await self.client.text_document_code_action_async(asked)
        return [await self.resolved(action) for action in offered]

    async def resolved(self, action):
        """The action with its edit, as an editor has it when the action is chosen."""
        return action if action.edit else await self.client.code_action_resolve_async(action)

    def applied(self, action, name="README.md"):
        """The text once the editor has done what an action says."""
        from cardlint import Edit, Span

        uri = self.uri(name)
        if action.edit.document_changes:
            (change,) = action.edit.document_changes
            assert change.text_document.version == self.version
            edits = change.edits
        else:
            edits = action.edit.changes[uri]
        places = Places(self.texts[uri], self.encoding)
        made = []
        for edit in edits:
            start, end = (places.offset(each.line, each.character) for each in (edit.range.start, edit.range.end))
            made.append(Edit(Span(start, end), edit.new_text))
        return apply(self.texts[uri], made)

    async def help_at(self, mark, offset=0):
        """The text that is shown at the first place of a text in the card."""
        text = self.texts[self.uri("README.md")]
        hover = await self.hover(*Places(text, self.encoding).place(text.index(mark) + offset))
        return hover and hover.contents.value

    async def hover(self, line, character):
        where = types.TextDocumentIdentifier(self.uri("README.md"))
        return await self.client.text_document_hover_async(types.HoverParams(where, types.Position(line, character)))


@contextmanager
def serving():
    """Answer one editor in a thread of this process, at the port that is yielded."""
    server = make_server(RunOptions(), load_rules())

    def answer():
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as stdin, connection.makefile("wb") as stdout:
            server.start_io(stdin, stdout)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(60)
    assert server.was_shut_down


@asynccontextmanager
async def session(client, folder, capabilities):
    """Ask a server that was started, and leave it, as editors do."""
    asked = []

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params):
        asked.extend(params.registrations)

    root = types.WorkspaceFolder(folder.as_uri(), "cards")
    result = await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[root]))
    made = Editor(client, result, folder)
    made.registered = asked
    yield made
    await client.shutdown_session()


def in_editor(test, folder, capabilities=None):
    """Run a test with a server in a thread: starting a process takes longer than the whole test."""

    async def run(port):
        client = make_test_lsp_client()
        await client.start_tcp("127.0.0.1", port)
        try:
            async with session(client, folder, capabilities or client_capabilities("visual-studio-code")) as editor:
                await asyncio.wait_for(test(editor), 60)
            await client.stop()
        finally:  # pygls leaves the connection open
            client.protocol.writer.close()
            with suppress(ConnectionError):
                await client.protocol.writer.wait_closed()

    with serving() as port:
        asyncio.run(run(port))


def in_editor_with_process(test, folder, editor="visual-studio-code", arguments=(), environment=None):
    """Run a test with the server that an editor starts: the command, on standard input and output."""

    async def run():
        client = make_test_lsp_client()
        await client.start_io(sys.executable, "-m", "cardlint", "server", *arguments, env=environment, cwd=folder)
        async with session(client, folder, client_capabilities(editor)) as made:
            await asyncio.wait_for(test(made), 60)
        assert client._server.returncode == 0
        await client.stop()

    asyncio.run(run())


def codes(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


@pytest.mark.parametrize("editor", EDITORS)
def test_an_editor_is_told_what_is_wrong_and_mends_it(tmp_path, editor):
    async def test(editor):
        (found,) = await editor.open(CARD)
        assert (found.code, found.source, found.severity) == (
            "duplicate-key",
            "cardlint",
            types.DiagnosticSeverity.Error,
        )
        assert editor.text_at(found.range) == "license"
        assert "license" in found.message
        assert found.code_description is None  # there is no page on the network yet
        actions = await editor.actions(found.range, [types.CodeActionKind.QuickFix])
        fix = actions[0]
        assert (fix.kind, fix.is_preferred, codes(fix.diagnostics)) == ("quickfix", True, ["duplicate-key"])
        assert editor.applied(fix) == FIXED
        editor.type(FIXED)
        assert await editor.published() == []

    in_editor_with_process(test, tmp_path, editor=editor)


def test_all_safe_fixes_at_once(tmp_path):
    async def test(editor):
        await editor.open(CARD.replace("Owl", "Owl  \nOwl").replace("---\n\n#", "---\n\n#", 1))
        (action,) = await editor.actions(only=[types.CodeActionKind.SourceFixAll])
        assert action.kind == "source.fixAll.cardlint"
        assert "license: mit\nlicense" not in editor.applied(action)
        editor.type(editor.applied(action))
        assert await editor.published() == []
        assert await editor.actions(only=["source.fixAll.cardlint"]) == []
        assert await editor.actions(only=["source.organizeImports"]) == []

    in_editor(test, tmp_path)


def without_resolving():
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.code_action.resolve_support = None
    return capabilities


@pytest.mark.parametrize("capabilities", [None, without_resolving()], ids=["later", "at once"])
def test_an_edit_is_computed_when_its_action_is_chosen_if_the_editor_can_ask_then(tmp_path, capabilities):
    async def test(editor):
        (found,) = await editor.open(CARD)
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri("README.md")), found.range, types.CodeActionContext([])
        )
        offered = await editor.client.text_document_code_action_async(asked)
        titles = [action.title for action in offered]
        assert titles[1:] == [
            "Suppress duplicate-key here",
            "Suppress duplicate-key in this card",
            "cardlint: apply all safe fixes",
        ]
        assert [action.edit is None for action in offered] == [capabilities is None] * 4
        assert [editor.applied(await editor.resolved(action)) == FIXED for action in offered] == [
            True,
            False,
            False,
            True,
        ]

    in_editor(test, tmp_path, capabilities=capabilities)


def test_an_action_for_a_text_that_has_changed_does_nothing(tmp_path):
    async def test(editor):
        await editor.open(CARD)
        asked = types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri("README.md")),
            types.Range(types.Position(0, 0), types.Position(9, 0)),
            types.CodeActionContext([]),
        )
        fix, *_, everything = await editor.client.text_document_code_action_async(asked)
        (tmp_path / "cardlint.toml").write_text(SETTINGS, "utf-8")
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        assert await editor.published() == []
        assert (await editor.resolved(fix)).edit is None
        editor.type(FIXED)
        assert (await editor.resolved(everything)).edit is None
        assert [message.message for message in editor.client.messages] == [
            "cardlint: nothing was changed, because it would have changed something else too",
            "cardlint: the text has changed",
        ]
        everything.data = {"uri": 3}
        assert (await editor.resolved(everything)).edit is None

    in_editor(test, tmp_path)


def test_a_rule_is_suppressed_in_a_section(tmp_path):
    links = "[a]() is one.\n\nAnother is [b]().\n"
    card = f"{FIXED}\n## Links\n\n{links}\n## More\n\n[c]()\n"

    async def test(editor):
        found = await editor.open(card)
        assert codes(found) == ["dead-link"] * 3
        (action,) = [
            each for each in await editor.actions(found[1].range) if each.title == "Suppress dead-link in this section"
        ]
        editor.type(editor.applied(action))
        assert [editor.text_at(each.range) for each in await editor.published()] == ["[c]()"]

    in_editor(test, tmp_path)


@pytest.mark.parametrize("where", ["here", "in this card"])
def test_a_comment_is_written_that_silences(tmp_path, where):
    async def test(editor):
        for card, rule in ((CARD, "duplicate-key"), (TEMPLATE, "unrendered-template")):
            (found,) = await editor.open(card)
            (action,) = [each for each in await editor.actions() if each.title == f"Suppress {rule} {where}"]
            silenced = editor.applied(action)
            assert len(silenced) > len(card)
            editor.type(silenced)
            assert await editor.published() == []
            assert found.code == rule

    in_editor(test, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_those_of_the_editor(tmp_path, encoding):
    capabilities = client_capabilities("visual-studio-code")
    capabilities.general.position_encodings = [encoding]
    column = 3 + {"utf-8": 4, "utf-16": 2, "utf-32": 1}[encoding] + 2

    async def test(editor):
        assert editor.encoding == encoding
        for end, mark in product(["\n", "\r\n", "\r"], ["", "\ufeff"]):
            diagnostics = await editor.open(mark + TEMPLATE.replace("\n", end))
            (found,) = [each for each in diagnostics if each.code == "unrendered-template"]
            assert found.range.start == types.Position(12, column)
            assert found.range.end == types.Position(12, column + len("{{ model_summary }}"))
            assert ("byte-order-mark" in codes(diagnostics)) == bool(mark)

    in_editor(test, tmp_path, capabilities=capabilities)


def test_what_a_finding_is_about_is_shown_under_the_mouse(tmp_path):
    async def test(editor):
        (found,) = await editor.open(CARD)
        hover = await editor.hover(found.range.start.line, found.range.start.character + 2)
        assert hover.contents.kind is types.MarkupKind.Markdown
        about, key, page = hover.contents.value.split("\n\n---\n\n", 2)
        message, helps, fix, diff = about.split("\n\n")
        assert message == "**error** `duplicate-key`: duplicate key `license`, so the Hub refuses the card"
        assert helps == "Delete one of the two."
        assert fix.startswith("Safe fix: ")
        assert diff == "```diff\n- license: mit\n```"
        assert key.startswith("**`license`**: ")
        assert page == markdown_page(load_rules()["duplicate-key"])
        assert hover.range == found.range
        assert await editor.hover(7, 0) is None

    in_editor(test, tmp_path)


def test_a_key_is_explained_under_the_mouse(tmp_path):
    text = (
        "---\nlicense: mit\nlanguage:\n- de\n- xx-YY\nthumbnail_link: x\nmodel-index:\n- name: a\n  results:\n"
        "  - task:\n      type: translation\n---\n\n# Owl\n\nlicense: mit\n"
    )

    async def test(editor):
        await editor.open(text)
        assert "**`license`**: text or a list of texts\n\nThe Hub refuses" in await editor.help_at("license", 3)
        assert "Source: " in await editor.help_at("license")
        assert (await editor.help_at("type: tr", 2)).startswith("**`model-index.results.task.type`**: text")
        assert "Keys: `type`" in await editor.help_at("task:")
        assert await editor.help_at("de\n", 1) == "`de`: deutsch, german"
        assert await editor.help_at("translation") is None
        assert await editor.help_at("license: mit\n", -1) is not None
        assert await editor.hover(15, 2) is None

    in_editor(test, tmp_path)


def test_an_editor_that_shows_no_markdown_gets_text(tmp_path):
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.hover.content_format = [types.MarkupKind.PlainText]

    async def test(editor):
        (found,) = await editor.open(CARD)
        hover = await editor.hover(found.range.start.line, 0)
        assert hover.contents.kind is types.MarkupKind.PlainText
        assert hover.contents.value.startswith("error duplicate-key: ")
        assert "\n\nduplicate-key\n" in hover.contents.value

    in_editor(test, tmp_path, capabilities=capabilities)


def test_other_places_are_named_as_the_editor_can_show_them(tmp_path):
    text = (ROOT / "fixtures/contradicting/README.md").read_text("utf-8")

    async def apart(editor):
        found = next(each for each in await editor.open(text) if each.code == "metric-mismatch")
        assert editor.text_at(found.related_information[0].location.range) in text
        assert found.related_information[0].location.uri == editor.uri("README.md")
        assert "\nline " not in found.message

    async def within(editor):
        found = next(each for each in await editor.open(text) if each.code == "metric-mismatch")
        assert found.related_information is None
        assert "\nline 36: " in found.message

    in_editor(apart, tmp_path)
    in_editor(within, tmp_path, capabilities=types.ClientCapabilities())


def test_a_place_in_another_file_has_the_address_of_that(tmp_path):
    (tmp_path / ".eval_results").mkdir()
    (tmp_path / ".eval_results/é a.yaml").write_text("- dataset:\n    id: owner/🦉\n  value: 0.4\n", "utf-8")

    async def test(editor):
        found = [each for each in await editor.open(FIXED) if each.related_information]
        places = [related.location for each in found for related in each.related_information]
        # the letter of a drive is written small or large
        assert {place.uri.lower() for place in places} == {editor.uri(".eval_results/é a.yaml").lower()}
        assert all(place.range.start.line <= 2 for place in places)

    in_editor(test, tmp_path)


def test_a_client_without_any_abilities_is_served(tmp_path):
    async def test(editor):
        assert codes(await editor.open(CARD)) == ["duplicate-key"]
        assert await editor.actions() == []
        assert editor.registered == []

    in_editor(test, tmp_path, capabilities=types.ClientCapabilities())


def test_only_cards_are_linted_unless_all_markdown_is(tmp_path):
    blog = "---\ntitle: Owls\nlayout: post\n---\n# Owls\n\n## Training data\n\nMore information needed\n"

    async def only_cards(editor):
        assert await editor.open(blog, "post.md") == []
        assert await editor.hover(0, 0) is None
        assert await editor.open(CARD, "card.txt", "plaintext") == []
        assert codes(await editor.open(CARD, "card.md")) == ["duplicate-key"]
        assert codes(await editor.open(CARD, "card.txt2")) == ["duplicate-key"]  # the editor says that it is Markdown
        assert await editor.open(CARD, uri="git:/cards/README.md?HEAD") == []

    async def all_markdown(editor):
        assert "placeholder-section" in codes(await editor.open(blog, "post.md"))

    in_editor(only_cards, tmp_path)
    in_editor_with_process(all_markdown, tmp_path, arguments=["--all-markdown"])


def test_the_configuration_is_that_of_the_file_and_is_read_anew(tmp_path):
    (tmp_path / "quiet").mkdir()
    (tmp_path / "quiet/cardlint.toml").write_text(SETTINGS, "utf-8")

    async def test(editor):
        assert await editor.open(CARD, "quiet/README.md") == []
        assert codes(await editor.open(CARD)) == ["duplicate-key"]
        (tmp_path / "cardlint.toml").write_text(SETTINGS, "utf-8")
        (registration,) = editor.registered
        assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri("README.md")))
        editor.client.text_document_did_save(saved)
        assert await editor.published() == []
        (tmp_path / "cardlint.toml").unlink()
        closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("quiet/README.md")))
        editor.client.text_document_did_close(closed)
        await editor.published(editor.uri("quiet/README.md"))
        event = types.FileEvent((tmp_path / "cardlint.toml").as_uri(), types.FileChangeType.Deleted)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert codes(await editor.published()) == ["duplicate-key"]

    in_editor(test, tmp_path)


def test_what_the_configuration_hides_is_hidden_in_the_editor_too(tmp_path):
    settings = 'baseline = "known.json"\nselect = ["duplicate-key", "empty-section"]\n'
    card = f"{CARD}\n## Training data\n"
    (tmp_path / "cardlint.toml").write_text(settings, "utf-8")
    entry = {"path": "README.md", "rule": "empty-section"}
    finding = {**entry, "subject": hash_of(card, "empty-section")}
    (tmp_path / "known.json").write_text(json.dumps({"version": 2, "findings": [finding]}), "utf-8")

    async def test(editor):
        assert codes(await editor.open(card)) == ["duplicate-key"]
        (tmp_path / "known.json").write_text('{"version": 2, "findings": []}', "utf-8")
        editor.type(card + "\n")
        assert sorted(codes(await editor.published())) == ["duplicate-key", "empty-section"]
        (tmp_path / "cardlint.toml").write_text(f'{settings}min-severity = "warning"\n', "utf-8")
        editor.type(card)
        assert codes(await editor.published()) == ["duplicate-key"]
        (tmp_path / "known.json").unlink()
        editor.type(card + "\n")
        assert await editor.published() == []
        (message,) = [message.message for message in editor.client.messages]
        assert "known.json: no such baseline" in message

    in_editor(test, tmp_path)


def hash_of(text, rule):
    """The subject of the only finding of a rule in a baseline."""
    result = lint(parse(read(text.encode())))
    (found,) = [finding for finding in result.findings if finding.rule.name == rule]
    return subject(found)


def test_a_text_that_was_never_saved_has_the_configuration_of_the_folder(tmp_path):
    (tmp_path / "cardlint.toml").write_text('ignore = ["byte-order-mark"]\n', "utf-8")

    async def test(editor):
        assert codes(await editor.open("\ufeff" + CARD, uri="untitled:Untitled-1")) == ["duplicate-key"]

    in_editor(test, tmp_path)


def test_a_broken_configuration_is_told_once(tmp_path):
    """As a message, and as diagnostics of the configuration file, until it is corrected."""
    (tmp_path / "cardlint.toml").write_text('ignore = ["dupliate-key"]\n', "utf-8")

    async def test(editor):
        editor.send(CARD)
        (problem,) = await editor.until(lambda: editor.known("cardlint.toml"))
        assert problem.message == "unknown rule or group `dupliate-key`\ndid you mean `duplicate-key`?"
        assert problem.range == types.Range(types.Position(0, 10), types.Position(0, 24))
        editor.type(CARD + "\n")
        assert await editor.actions() == []
        (message,) = [message.message for message in editor.client.messages]
        assert "dupliate-key" in message
        assert "cardlint.toml:1" in message
        (tmp_path / "cardlint.toml").write_text(SETTINGS, "utf-8")
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
        assert await editor.until(lambda: not editor.known("cardlint.toml"))

    in_editor(test, tmp_path)


def test_what_is_typed_is_linted_when_nothing_more_is_typed(tmp_path):
    async def test(editor):
        await editor.open(FIXED)
        for letter in "abcdef":
            editor.type(f"{CARD}\n{letter}\n")
        assert codes(await editor.published()) == ["duplicate-key"]
        editor.type(FIXED)
        # who asks before that gets an answer about the text as it is
        assert await editor.actions() == []
        assert await editor.published() == []

    in_editor(test, tmp_path)


def test_a_slow_rule_delays_only_the_findings(tmp_path, monkeypatch):
    """The editor gets other answers meanwhile, and no findings about a text that is not there any more."""
    begun, ended = Event(), Event()

    def slow(card, active, **rest):
        if "slow" not in card.source.text:
            return lint(card, active, **rest)
        begun.set()
        try:
            while True:
                for _ in active:
                    sleep(0.001)
        finally:
            ended.set()

    monkeypatch.setattr("cardlint.server.document.lint", slow)

    async def test(editor):
        editor.send(CARD + "\nslow\n")
        await asyncio.to_thread(begun.wait, 30)
        where = types.TextDocumentIdentifier(editor.uri("README.md"))
        asked = types.CompletionParams(where, types.Position(1, 9))
        assert await editor.client.text_document_completion_async(asked)
        hover = asyncio.ensure_future(editor.hover(1, 1))
        await asyncio.sleep(0.05)
        assert not ended.is_set()
        editor.type(FIXED)
        assert await editor.published() == []
        assert await hover is None
        assert ended.is_set()

    in_editor(test, tmp_path)


def test_messages_about_a_text_that_is_not_open_are_ignored(tmp_path):
    async def test(editor):
        where = types.TextDocumentIdentifier(editor.uri("closed.md"))
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(where))
        assert await editor.actions(name="closed.md") == []
        asked = types.HoverParams(where, types.Position(0, 0))
        assert await editor.client.text_document_hover_async(asked) is None
        assert codes(await editor.open(CARD)) == ["duplicate-key"]
        assert editor.client.messages == []

    in_editor(test, tmp_path)


def test_a_renamed_file_has_the_findings_of_its_new_name(tmp_path):
    (tmp_path / "cardlint.toml").write_text('[per-file-ignores]\n"old.md" = ["duplicate-key"]\n', "utf-8")

    async def test(editor):
        assert await editor.open(CARD, "old.md") == []
        closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("old.md")))
        editor.client.text_document_did_close(closed)
        assert await editor.published(editor.uri("old.md")) == []
        assert codes(await editor.open(CARD, "new.md")) == ["duplicate-key"]
        assert editor.known("old.md") == []

    in_editor(test, tmp_path)


def test_each_of_several_folders_has_its_own_configuration(tmp_path):
    for name, settings in (("one", SETTINGS), ("two", 'ignore = ["byte-order-mark"]\n')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pyproject.toml").write_text(f"[tool.cardlint]\n{settings}", "utf-8")

    async def test(editor):
        folders = [types.WorkspaceFolder((tmp_path / name).as_uri(), name) for name in ("one", "two")]
        event = types.WorkspaceFoldersChangeEvent(added=folders, removed=[])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        assert codes(await editor.open("\ufeff" + CARD, "one/README.md")) == ["byte-order-mark"]
        assert codes(await editor.open("\ufeff" + CARD, "two/README.md")) == ["duplicate-key"]

    in_editor(test, tmp_path)


@pytest.mark.parametrize(
    "card",
    [
        "---\na: &x " + "[" * 98 + "1" + "]" * 98 + "\nb: " + "[" * 18 + "*x" + "]" * 18 + "\n---\n# A\n",
        "---\nlicense: " + "[" * 3000 + "\n---\n# A\n",
        "---\nlicense: mit\n---\n" + "> " * 3000 + "owl\n",
        "---\nlicense: mit\n---\n" + "[a](" * 3000 + "\0\x1b[31m\u202e\n",
    ],
    ids=["aliases", "brackets", "quotes", "links"],
)
def test_a_hostile_card_gets_answers(tmp_path, card):
    async def test(editor):
        await editor.open(card)
        await editor.hover(1, 2)
        await editor.actions()
        editor.type(CARD)
        assert codes(await editor.published()) == ["duplicate-key"]

    in_editor(test, tmp_path)


WORDS = st.text("ab🦉\r\n\x0b\u2028", max_size=4)


@given(
    WORDS,
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), WORDS), max_size=4),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_partial_changes_make_the_text_of_the_editor(text, edits, encoding):
    """Whatever else Python takes for an end of a line."""
    changes, expected = [], text
    for one, other, new in edits:
        places = Places(expected, encoding)
        ends = sorted(min(offset, len(expected)) for offset in (one, other))
        positions = [types.Position(*places.place(offset)) for offset in ends]
        start, end = (places.offset(each.line, each.character) for each in positions)
        changes.append(types.TextDocumentContentChangePartial(types.Range(*positions), new))
        expected = expected[:start] + new + expected[end:]
    assert changed(text, changes, encoding) == expected


def test_what_is_typed_arrives_in_parts(tmp_path):
    async def test(editor):
        assert codes(await editor.open(CARD)) == ["duplicate-key"]
        assert editor.capabilities.text_document_sync.change is types.TextDocumentSyncKind.Incremental
        place = types.Range(types.Position(1, 0), types.Position(2, 0))
        identifier = types.VersionedTextDocumentIdentifier(editor.version + 1, editor.uri("README.md"))
        change = types.TextDocumentContentChangePartial(place, "")
        editor.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        assert await editor.published() == []

    in_editor(test, tmp_path)


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("---\nlicense: mit\npipeline_tag: |\n---\n", "fill-mask", "pipeline_tag: fill-mask\n"),
        ("---\nlicense: apa|\n---\n", "apache-2.0", "license: apache-2.0\n"),
        ("---\nlibrary_name: sent|\n", "sentence-transformers", "library_name: sentence-transformers\n"),
        ("---\r\nlicense: mit\r\nlanguage:\r\n- |\r\n---\r\n", "no", '- "no"\r\n'),
        ("---\nlicense: mit\nlanguage: [de, n|]\n---\n", "nl", "language: [de, nl]\n"),
        ("---\nlicense: mit\nmetrics:\n  - f|\n---\n", "f1", "  - f1\n"),
        ("---\nlicense: mit\nbase|\n---\n", "base_model", "base_model: \n"),
        ("---\nlicense: mit\ninference: |\n---\n", None, ""),
        (
            "---\nmodel-index:\n- name: a\n  results:\n  - task:\n      type: |\n---\n",
            "translation",
            "type: translation\n",
        ),
        ("---\nmodel-index:\n- name: a\n  results:\n  - |\n---\n", "dataset", "  - dataset:\n"),
        ("---\nmodel-index:\n- name: a\n  results:\n  - metrics:\n    - type: |\n---\n", "wer", "    - type: wer\n"),
    ],
)
def test_completion(tmp_path, text, label, after):
    """Keys and values are those of the vocabulary, wherever the YAML of the moment is broken."""

    async def test(editor):
        made = await editor.complete(text)
        assert made if label else not made
        if label:
            assert after in made[label]

    in_editor(test, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "---\nlicense: mit\n---\n\nlicense: |\n",
        "# Owl\n\n- |\n",
        "---\nlicense: mit\nunknown: |\n---\n",
        "---\nsdk: gradio\nlicense: |\n---\n",
        "---\ntitle: A post\nlayout: post\nauthor: me\n---\n\n|",
    ],
)
def test_completion_is_only_for_the_metadata_of_cards(tmp_path, text):
    async def test(editor):
        assert await editor.complete(text) == {}

    in_editor(test, tmp_path)


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        ("---\npipeline_tag: text-|generation\n---\n", "text-to-image", "pipeline_tag: text-to-image\n"),
        ("---\nlic|ens: mit\n---\n", "license", "\nlicense: mit\n"),
        ("---\nlanguage: [d|e, fr]\n---\n", "nl", "[nl, fr]"),
    ],
)
def test_a_completion_replaces_the_word_at_the_cursor(tmp_path, text, label, after):
    async def test(editor):
        assert after in (await editor.complete(text))[label]

    in_editor(test, tmp_path)


@pytest.mark.parametrize("kind", [types.MarkupKind.Markdown, types.MarkupKind.PlainText])
def test_a_completion_of_a_key_explains_it(tmp_path, kind):
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.completion.completion_item.documentation_format = [kind]
    capabilities.text_document.completion.completion_item.insert_replace_support = False

    async def test(editor):
        await editor.open("---\nlic\n---\n")
        asked = types.CompletionParams(types.TextDocumentIdentifier(editor.uri("README.md")), types.Position(1, 2))
        items = await editor.client.text_document_completion_async(asked)
        (item,) = [item for item in items if item.label == "license"]
        assert item.text_edit == types.TextEdit(types.Range(types.Position(1, 0), types.Position(1, 3)), "license: ")
        assert item.documentation.kind == kind
        assert item.documentation.value.startswith("**`license`**: " if kind == "markdown" else "license: ")
        assert sorted(items, key=lambda item: item.sort_text) == list(items)

    in_editor(test, tmp_path, capabilities=capabilities)


def test_a_new_card_is_completed_from_its_first_line(tmp_path):
    async def test(editor):
        assert "license" in await editor.complete("---\n|")
        assert await editor.complete("---\n|", name="notes.md") == {}
        present = await editor.complete("---\nlicense: mit\n|\ntags: []\n---\n")
        assert "language" in present
        assert not {"license", "tags"} & set(present)

    in_editor(test, tmp_path)


def test_a_configuration_file_shows_its_own_problems(tmp_path):
    async def test(editor):
        (found,) = await editor.open('ignore = ["dupliate-key"]\n', "cardlint.toml", "toml")
        assert editor.text_at(found.range, "cardlint.toml") == '"dupliate-key"'
        editor.type(SETTINGS, "cardlint.toml")
        assert await editor.published(editor.uri("cardlint.toml")) == []
        (found,) = await editor.open("[tool.cardlint]\nselect = 3\n", "pyproject.toml", "toml")
        assert found.message == "expected an array of rule or group names, got an integer"
        assert await editor.open("[tool.other]\nselect = 3\n", "pyproject.toml", "toml") == []

    in_editor(test, tmp_path)


def test_several_findings_about_the_whole_card_are_one_diagnostic(tmp_path):
    text = "---\npipeline_tag: text-classification\n---\n" + OWL

    async def test(editor):
        found = await editor.open(text)
        fence = types.Range(types.Position(0, 0), types.Position(0, 3))
        (whole,) = [each for each in found if each.range == fence]
        names = whole.code.split(", ")
        assert len(names) > 1
        assert all(f"{name}: " in whole.message for name in names)
        for action in await editor.actions(fence, [types.CodeActionKind.QuickFix]):
            assert list(action.diagnostics) == [whole]

    in_editor(test, tmp_path)


def test_a_rule_that_fails_or_prints_costs_nothing_else(tmp_path):
    site = tmp_path / "site"
    (site / "broken-1.0.dist-info").mkdir(parents=True)
    (site / "broken.py").write_text(BROKEN, "utf-8")
    (site / "broken-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n", "utf-8")
    (site / "broken-1.0.dist-info/entry_points.txt").write_text("[cardlint.rules]\nbroken = broken\n", "utf-8")

    async def test(editor):
        assert codes(await editor.open(CARD)) == ["duplicate-key"]
        editor.type(FIXED)
        assert await editor.published() == []
        (message,) = [message.message for message in editor.client.log_messages]
        assert "a bug in rule `crashing-rule`: KeyError" in message

    in_editor_with_process(test, tmp_path, environment={**os.environ, "PYTHONPATH": str(site)})


def test_a_secret_is_not_told(tmp_path):
    secret = "hf_" + "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh"

    async def test(editor):
        found = await editor.open(f"{FIXED}\n```python\nlogin(token='{secret}')\n```\n")
        assert "leaked-secret" in codes(found)
        actions = await editor.actions()
        assert not [each for each in found if secret in each.message]
        assert not [each for each in actions if secret in each.title]

    in_editor(test, tmp_path)


def test_halves_of_characters_disturb_nobody(tmp_path):
    async def test(editor):
        found = await editor.open(CARD.replace("Owl", "\ud83e Owl \udca0") + "\n\ud83e\n")
        assert "duplicate-key" in codes(found)

    in_editor(test, tmp_path)


@given(st.text("a\u00e9\u20ac🦉\n\r\u2028\ufeff|"), st.sampled_from(["utf-8", "utf-16-le", "utf-32-le"]))
def test_places_lead_back_to_their_offsets(text, codec):
    places = Places(text, codec.removesuffix("-le"))
    width = len("a".encode(codec))
    for offset in range(len(text) + 1):
        before = re.split("\r\n|\r|\n", text[:offset])
        line, column = places.place(offset)
        if text[offset - 1 : offset + 1] == "\r\n":
            assert places.offset(line, column) == offset - 1
        else:
            assert (line, column) == (len(before) - 1, len(before[-1].encode(codec)) // width)
            assert places.offset(line, column) == offset
    assert places.offset(10**6, 0) == len(text)


def test_a_place_inside_a_character_or_behind_its_line_is_one_of_the_text():
    places = Places("🦉🦉\r\nb", "utf-16")
    assert [places.offset(0, column) for column in range(6)] == [0, 0, 1, 1, 2, 2]
    assert places.offset(1, 99) == 5


@given(st.text("ab\n", max_size=40), st.text("ab\n", max_size=40))
def test_a_difference_makes_one_text_of_the_other(before, after):
    edits = list(difference(before, after))
    assert apply(before, edits) == after
    assert bool(edits) == (before != after)


def test_a_difference_leaves_alone_what_both_have():
    lines = [f"{number}\n" for number in range(9000)]
    changed = [*lines]
    changed[5] = changed[8000] = "x\n"
    (edit,) = difference("".join(lines), "".join(changed))
    assert apply("".join(lines), [edit]) == "".join(changed)
    assert len(list(difference("".join(lines[:100]), "".join([*changed[:90], *lines[90:99]])))) == 2


def test_without_the_extra_the_command_says_what_to_install(tmp_path):
    (tmp_path / "pygls.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pygls'\", name='pygls')\n", "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "cardlint", "server"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: `cardlint server` needs pygls")
    assert "needs pygls; install it with " in done.stderr
    assert "[server]" in done.stderr
    assert done.stdout == ""


def test_an_editor_that_goes_away_leaves_no_server():
    done = subprocess.run(
        [sys.executable, "-m", "cardlint", "server"], input=b"", capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--config", "none.toml"], "no such file"),
        (["--config", "none.toml", "--isolated"], "cannot be used together"),
    ],
)
def test_wrong_usage(tmp_path, arguments, message):
    command = [sys.executable, "-m", "cardlint", "server", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert message in done.stderr
