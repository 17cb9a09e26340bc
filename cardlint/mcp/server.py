"""The server that offers the tools to a client, by the SDK of the protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from io import TextIOWrapper
from threading import Event
from typing import Any, BinaryIO

import anyio
from anyio import CapacityLimiter, to_thread
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from msgspec.structs import replace

from cardlint import __version__
from cardlint.config.errors import ConfigError
from cardlint.linting.interruption import Interrupted
from cardlint.mcp.answers import Answer, ToolError
from cardlint.mcp.arguments import read, schema_of
from cardlint.mcp.session import Session
from cardlint.mcp.tools import INSTRUCTIONS, TOOLS, Tool
from cardlint.reporters.masking import masked
from cardlint.source import without_surrogates
from cardlint.wording import error_in_words, visible

__all__ = ["LONGEST_CALL", "make_server", "serve"]

LONGEST_CALL = 300
"""The seconds after which a call is ended."""

_CALLS_AT_ONCE = 4


def make_server(session: Session, longest_call: float = LONGEST_CALL) -> Server[Any]:
    """Return a server with all tools, which answers several calls at a time, so that a slow one delays no other."""
    limiter = CapacityLimiter(_CALLS_AT_ONCE)

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS.values()])

    async def call_tool(_: ServerRequestContext[Any], call: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(call.name)
        if tool is None:
            raise MCPError(
                types.INVALID_PARAMS, f"unknown tool `{visible(masked(call.name))}`; there are {', '.join(TOOLS)}"
            )
        stopped = Event()

        def go_on() -> None:
            if stopped.is_set():
                raise Interrupted

        work = partial(_result, replace(session, go_on=go_on), tool, call.arguments)
        try:
            with anyio.fail_after(longest_call):
                # a call that is cancelled or takes too long is not waited for
                return await to_thread.run_sync(work, limiter=limiter, abandon_on_cancel=True)
        except TimeoutError:
            return _failed(f"not finished after {longest_call} seconds, so it was ended; check fewer cards in one call")
        finally:
            stopped.set()

    return Server(
        "cardlint",
        version=__version__,
        title="cardlint",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve(session: Session, output: BinaryIO) -> None:
    """Answer a client on standard input and `output` until it closes the input."""
    server = make_server(session)

    async def run() -> None:
        # without explicit streams a rule that prints could write between two messages
        stream = anyio.wrap_file(TextIOWrapper(output, "utf-8", newline="\n"))
        async with stdio_server(stdout=stream) as (read_stream, write_stream):
            await server.run(read_stream, write_stream, server.create_initialization_options())

    anyio.run(run)


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=schema_of(tool.arguments),
        output_schema=schema_of(tool.result),
        annotations=types.ToolAnnotations(
            read_only_hint=not tool.writes, destructive_hint=tool.writes, idempotent_hint=True, open_world_hint=False
        ),
    )


def _result(session: Session, tool: Tool, arguments: Mapping[str, Any] | None) -> types.CallToolResult:
    """Return the answer to a call; every error is one line."""
    try:
        return _answered(tool.answer(session, read(arguments, tool.arguments)))
    except Interrupted:
        return _failed("the call was ended")
    except ToolError as error:
        return _failed(str(error))
    except ConfigError as error:
        return _failed(visible(_in_one_line(error)))
    except Exception as error:  # noqa: BLE001 - a bug must not end the server
        return _failed(f"a bug in cardlint: {error_in_words(error)}")


def _in_one_line(error: ConfigError) -> str:
    """Return the first problem of a configuration, or those of arguments, which are options on the command line."""
    problems = str(error).splitlines()
    return problems[0] if error.source else "; ".join(problem.removeprefix("--") for problem in problems)


def _answered(answer: Answer) -> types.CallToolResult:
    return types.CallToolResult(content=[_content(answer.text)], structured_content=json.loads(answer.json))


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[_content(f"error: {masked(message)}")], is_error=True)


def _content(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=without_surrogates(text))
