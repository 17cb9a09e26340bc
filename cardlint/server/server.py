"""The language server: its requests and notifications from an editor, and its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path, uri_scheme

from cardlint import __version__
from cardlint.config.errors import BaselineError, ConfigError
from cardlint.config.lookup import FILE_NAMES, PYPROJECT
from cardlint.config.selection import Configurations
from cardlint.linting.baseline.file import DEFAULT_FILE
from cardlint.linting.interruption import Interrupted
from cardlint.reporters.masking import masked
from cardlint.rule_definition import Rule
from cardlint.run.judge import RunOptions
from cardlint.server.actions import KINDS, Choice, actions_for, read_choice, resolved
from cardlint.server.background import in_thread
from cardlint.server.completion import TRIGGERS, completions
from cardlint.server.config_file import config_diagnostics, error_diagnostics, is_config_file
from cardlint.server.document import Document
from cardlint.server.hover import hover_at
from cardlint.server.messages import NAME, Abilities, diagnostic_of, grouped
from cardlint.server.texts import OpenText, changed
from cardlint.wording import error_in_words

__all__ = ["DELAY", "Server", "make_server"]

DELAY = 0.25
"""The seconds without typing after which a text is linted."""

_Answer = TypeVar("_Answer")
_NOT_POSSIBLE = "nothing was changed, because it would have changed something else too"


class Server(LanguageServer):
    """A language server that lints the cards and the configuration files in an editor."""

    def __init__(self, options: RunOptions, rules: Mapping[str, Rule], delay: float = DELAY) -> None:
        super().__init__(NAME, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.options = options
        self.rules = rules
        self.delay = delay
        self.abilities = Abilities()
        self.was_shut_down = False
        self._texts: dict[str, OpenText] = {}
        self._documents: dict[str, tuple[int, Document]] = {}
        self._faulty_configs: dict[str, str] = {}  # by the address of the card for which they hold
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._publishing: set[asyncio.Task[None]] = set()  # tasks are kept by nothing else
        self._messages_shown: set[str] = set()

    async def ask(self, uri: str, question: Callable[[Document], _Answer]) -> _Answer | None:
        """Return an answer about the current text, or None if it is not linted; an error in its configuration is shown.

        Raises:
            Interrupted: the text changed before the answer was found.
        """
        document = self._document(uri)
        if document is None:
            return None
        try:
            # in a thread, since it may take long; one at a time, since two questions have much work in common
            async with self._turns.setdefault(uri, asyncio.Lock()):
                answer = await in_thread(lambda: _answer(document, question))
        except (ConfigError, BaselineError) as error:
            if self._is_current(uri, document):
                self._show_error(uri, error)
            return None
        if not self._is_current(uri, document):
            raise Interrupted
        self._clear_config_error(uri)
        return answer

    def _is_current(self, uri: str, document: Document) -> bool:
        return self._documents.get(uri, (0, None))[1] is document

    def document_to_complete(self, uri: str) -> Document | None:
        """Return the current text if it is a card, or a README that may become one, else None."""
        document = self._document(uri)
        with suppress(ConfigError):
            if document is not None and (document.why_skipped is None or document.is_new_readme):
                return document
        return None

    def _document(self, uri: str) -> Document | None:
        text = self._texts.get(uri)
        if text is None or not _is_local(uri):
            return None
        version, document = self._documents.get(uri, (None, None))
        if document is None or version != text.version:
            self.reread(uri)
            document = self._read(text)
            self._documents[uri] = text.version, document
        return document

    def open(self, text: OpenText) -> None:
        """Keep a text that was opened, and publish its findings."""
        self._texts[text.uri] = text
        self.publish(text.uri)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply changes to a text that is open, and publish its findings after a moment without typing."""
        uri = params.text_document.uri
        before = self._texts.get(uri)
        if before is None:
            return
        self.reread(uri)
        after = changed(before.text, params.content_changes, self._encoding)
        self._texts[uri] = OpenText(uri, before.language, params.text_document.version, after)
        self.publish_soon(uri)

    def publish(self, uri: str) -> None:
        """Lint a text that is open and send the findings to the editor, or none if it is not a card."""
        self._stop_waiting(uri)
        text = self._texts.get(uri)
        if text is None:
            return
        path = Path(text.path) if text.path else None
        if path is not None and is_config_file(path):
            self._send(text, config_diagnostics(path, text.text, self.rules, self._encoding))
        else:
            publishing = asyncio.get_running_loop().create_task(self._publish_card(text))
            self._publishing.add(publishing)
            publishing.add_done_callback(self._publishing.discard)

    async def _publish_card(self, text: OpenText) -> None:
        try:
            document = await self.ask(text.uri, _linted)
        except Interrupted:  # the new text is published too
            return
        except Exception as error:  # noqa: BLE001 - a bug must not end the server
            self._log(f"{text.uri}: a bug in cardlint: {error_in_words(error)}")
            document = None
        if self._texts.get(text.uri) is text:
            self._send(text, self._diagnostics(text.uri, document) if document else [])

    def _send(self, text: OpenText, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(text.uri, diagnostics, text.version))

    def _diagnostics(self, uri: str, document: Document) -> list[types.Diagnostic]:
        for bug in document.state.result.bugs:
            self._log(f"{bug.path}: {bug.words}")
        return [diagnostic_of(document, uri, group, self.abilities) for group in grouped(document)]

    def publish_soon(self, uri: str) -> None:
        """Publish after a moment without typing."""
        self._stop_waiting(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(self.delay, self.publish, uri)

    def publish_all(self) -> None:
        """Publish every open text again, since the configuration or other files may have changed."""
        self._messages_shown.clear()
        for uri in list(self._texts):
            self.reread(uri)
            self.publish(uri)

    def forget(self, uri: str) -> None:
        """Remove the findings of a text that was closed."""
        self._stop_waiting(uri)
        self._clear_config_error(uri)
        self._texts.pop(uri, None)
        self.reread(uri)
        self._turns.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def reread(self, uri: str) -> None:
        """Drop the findings of a text, so that it is linted again with the current files around it."""
        _, document = self._documents.pop(uri, (0, None))
        if document is not None:
            document.stop()

    def version_of(self, uri: str) -> int | None:
        """Return the version of a text, or None if it is not open."""
        text = self._texts.get(uri)
        return text.version if text else None

    async def edit_of(self, choice: Choice) -> types.WorkspaceEdit | None:
        """Return the edit of an action that the user chose; if there is none, the reason is shown."""
        edit = None
        if self.version_of(choice.uri) == choice.version:
            with suppress(Interrupted):
                edit = await self.ask(choice.uri, lambda document: resolved(document, choice, self.abilities))
        if edit is None:
            words = "the text has changed" if self.version_of(choice.uri) != choice.version else _NOT_POSSIBLE
            self.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"cardlint: {words}"))
        return edit

    @property
    def _encoding(self) -> str:
        encoding = self.workspace.position_encoding
        return str(getattr(encoding, "value", encoding))

    def _read(self, text: OpenText) -> Document:
        place = Path(text.path) if text.path else None
        return Document(
            text.text,
            place,
            place.as_posix() if place else text.uri,
            options=self.options,
            # created again for every version, since this is cheap and the files may have changed
            configurations=Configurations(
                self.rules, self.options.overrides, file=self.options.config, isolated=self.options.isolated
            ),
            home=self._home(),
            encoding=self._encoding,
            is_markdown=text.language == "markdown",
        )

    def _home(self) -> Path:
        """Return the folder that is open in the editor, whose configuration applies to unsaved texts."""
        folders = list(self.workspace.folders.values())
        root = to_fs_path(folders[0].uri) if folders else self.workspace.root_path
        return Path(root) if root else Path.cwd()

    def _show_error(self, uri: str, error: ConfigError | BaselineError) -> None:
        """Show why a card cannot be linted, once per message, and the problems in the configuration file itself."""
        self._show(str(error))
        if not isinstance(error, ConfigError) or error.path is None:
            return
        address = from_fs_path(str(error.path))
        if address is not None and address not in self._texts:
            self._faulty_configs[uri] = address
            diagnostics = error_diagnostics(error, self._encoding)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(address, diagnostics))

    def _show(self, message: str) -> None:
        if message not in self._messages_shown:
            self._messages_shown.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"cardlint: {masked(message)}"))

    def _clear_config_error(self, uri: str) -> None:
        """Remove the problems of the configuration file of a card, unless another card needs the same file."""
        address = self._faulty_configs.pop(uri, None)
        if address is not None and address not in self._faulty_configs.values() and address not in self._texts:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(address, []))

    def _log(self, message: str) -> None:
        """Log an error that does not affect other findings, once per message."""
        if message not in self._messages_shown:
            self._messages_shown.add(message)
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, masked(message)))

    def _stop_waiting(self, uri: str) -> None:
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()


def _linted(document: Document) -> Document:
    """Return the document, with its findings computed."""
    _ = document.findings
    return document


def _answer(document: Document, question: Callable[[Document], _Answer]) -> _Answer | None:
    """Return an answer about a document, or None if it is not linted.

    Raises:
        BaselineError: the baseline cannot be used.
        ConfigError: the configuration cannot be used.
        Interrupted: the document was stopped.
    """
    document.go_on()
    if document.why_skipped is not None:
        return None
    _ = document.baseline  # read here, so that an error in it is shown
    return question(document)


def _is_local(uri: str) -> bool:
    """Return True for a file or an unsaved text: editors also open others, for example the old side of a diff."""
    return uri_scheme(uri) in {"file", "untitled", "buffer", ""}


def make_server(options: RunOptions, rules: Mapping[str, Rule], delay: float = DELAY) -> Server:
    """Return a server with all its handlers; `start_io` starts it."""
    server = Server(options, rules, delay)
    _listen_to_texts(server)
    _listen_to_files(server)
    _answer_requests(server)
    return server


def _listen_to_texts(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.abilities = Abilities(params.capabilities)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.was_shut_down = True

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        server.open(OpenText(item.uri, item.language_id, item.version, item.text))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.change(params)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.reread(params.text_document.uri)
        server.publish(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)


def _listen_to_files(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        if server.abilities.watches_files:
            watched = [types.FileSystemWatcher(f"**/{name}") for name in (*FILE_NAMES, PYPROJECT, DEFAULT_FILE)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watched)
            registration = types.Registration("options", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            with suppress(JsonRpcException):  # an editor may refuse although it announced the ability
                await server.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_files(_: types.DidChangeWatchedFilesParams) -> None:
        server.publish_all()


def _answer_requests(server: Server) -> None:
    options = types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        if not server.abilities.actions:
            return []
        with suppress(Interrupted):
            version = server.version_of(uri)
            identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
            found = await server.ask(uri, lambda document: actions_for(document, identifier, params, server.abilities))
            return found or []
        return []

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        choice = read_choice(action.data)
        if action.edit is None and choice is not None:
            action.edit = await server.edit_of(choice)
        return action

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(TRIGGERS)))
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        document = server.document_to_complete(params.text_document.uri)
        if document is None:
            return []
        offset = document.places.offset(params.position.line, params.position.character)
        return completions(document.places, offset, server.abilities)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        place = params.position

        def look(document: Document) -> types.Hover | None:
            offset = document.places.offset(place.line, place.character)
            return hover_at(document, offset, server.rules, server.abilities)

        with suppress(Interrupted):
            return await server.ask(params.text_document.uri, look)
        return None
