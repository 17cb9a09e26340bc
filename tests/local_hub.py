"""A Hub on this machine: it speaks the few endpoints that the real client asks for models, lists and files."""

import hashlib
import json
import os
import re
import socket
import struct
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_" + "x" * 34
PAGE = 3  # models on a page of a list


@dataclass
class Model:
    """A repository: its files by name, of further revisions too, who may see it, and what the Hub states about it."""

    files: dict[str, bytes]
    revisions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    private: bool = False
    gated: bool = False
    disabled: bool = False
    facts: dict = field(default_factory=dict)

    def at(self, revision):
        """The commit and the files of a revision, None where there is none of this name."""
        for name, files in {"main": self.files, **self.revisions}.items():
            commit = hashlib.sha1(repr(sorted(files.items())).encode()).hexdigest()
            if revision in {name, commit}:
                return commit, files
        return None


@dataclass
class Request:
    """What was asked: the path without its query, decoded."""

    method: str
    path: str
    query: dict[str, list[str]]
    token: str | None


class LocalHub:
    """The state of the server.

    `faults` are answers that a path gives before its true one, in their order, and `cut` is how often its connection is
    reset amid an answer.
    """

    def __init__(self):
        self.models = {}
        self.renamed = {}
        self.collections = {}
        self.faults = {}
        self.cut = {}
        self.most_siblings = None
        self.large = set()
        self.elsewhere = None  # where large files lie
        self.requests = []
        self.lock = threading.Lock()

    def add(self, name, card=None, **more):
        """A model with this card, and other files beside it that are told by `files`."""
        files = dict(more.pop("files", {}))
        if card is not None:
            files["README.md"] = card.encode() if isinstance(card, str) else card
        self.models[name] = Model(files, **more)
        return self.models[name]

    def fail(self, path, status, times=1, headers=None, body=b""):
        self.faults.setdefault(path, []).extend([(status, headers or {}, body)] * times)

    def asked(self, method, start=""):
        return [each.path for each in self.requests if each.method == method and each.path.startswith(start)]

    def answer(self, request):
        """Status, headers and body."""
        with self.lock:
            self.requests.append(request)
            if self.faults.get(request.path):
                return self.faults[request.path].pop(0)
        if request.token not in {None, TOKEN}:
            return refusal(401, "Invalid credentials in Authorization header")
        for pattern, answer in ROUTES:
            match = pattern.fullmatch(request.path)
            if match:
                return answer(self, request, **match.groupdict())
        return refusal(404, "Sorry, we can't find the page you are looking for.")

    def list_models(self, request):
        author = request.query["author"][0]
        names = [
            name
            for name, model in self.models.items()
            if name.split("/")[0] == author and (request.token or not model.private)
        ]
        start = int(request.query.get("cursor", ["0"])[0])
        fields = request.query.get("expand", ())
        page = [self.describe(name, "main", fields) for name in names[start : start + PAGE]]
        headers = {}
        if start + PAGE < len(names):
            wanted = "".join(f"&expand={field}" for field in fields)
            more = f"{self.address}/api/models?author={author}{wanted}&cursor={start + PAGE}"
            headers["Link"] = f'<{more}>; rel="next"'
        return as_json(page, headers)

    def describe(self, name, revision, fields=()):
        """What is stated of a model: of its facts those that are asked for."""
        commit, files = self.models[name].at(revision)
        siblings = [{"rfilename": file} for file in list(files)[: self.most_siblings]]
        facts = {key: value for key, value in self.models[name].facts.items() if key in fields}
        return {"_id": "0", "id": name, "sha": commit, "siblings": siblings, **facts}

    def model(self, request, name, revision="main"):
        revision = unquote(revision or "main")
        if name in self.renamed:
            return moved(f"/api/models/{self.renamed[name]}")
        refused = self.refuse(request, name)
        if refused:
            return refused
        if self.models[name].at(revision) is None:
            return refusal(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return as_json(self.describe(name, revision, request.query.get("expand", ())))

    def tree(self, request, name, revision):
        """All files, which for the client's sake come with ids and sizes."""
        files = self.models[name].at(revision)[1]
        return as_json([{"type": "file", "path": file, "oid": "0", "size": len(data)} for file, data in files.items()])

    def collection(self, request, slug):
        if slug not in self.collections:
            return refusal(404, "Sorry, we can't find the page you are looking for.")
        items = [
            {"_id": str(index), "id": name, "type": kind, "position": index}
            for index, (kind, name) in enumerate(self.collections[slug])
        ]
        facts = {"slug": slug, "title": "Birds", "owner": {}, "items": items, "lastUpdated": "2026-01-01T00:00:00.000Z"}
        return as_json({**facts, "position": 0, "private": False, "theme": "green", "upvotes": 0})

    def resolve(self, request, name, revision, file):
        if name in self.renamed:
            return moved(f"/{self.renamed[name]}/resolve/{revision}/{file}")
        refused = self.refuse(request, name)
        if refused:
            return refused
        model = self.models[name]
        if model.gated:
            return refusal(403 if request.token else 401, f"Access to model {name} is restricted.", "GatedRepo")
        found = model.at(unquote(revision))
        if found is None:
            return refusal(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        commit, files = found
        if file not in files:
            return refusal(404, "Entry not found", "EntryNotFound", {"X-Repo-Commit": commit})
        data = files[file]
        headers = {"X-Repo-Commit": commit, "ETag": f'"{hashlib.sha1(data).hexdigest()}"'}
        if file in self.large:
            place = hashlib.sha256(data).hexdigest()
            linked = {"X-Linked-Etag": f'"{place}"', "X-Linked-Size": str(len(data))}
            return 302, {**headers, **linked, "Location": f"{self.elsewhere}/stored/{place}"}, b""
        return 200, headers, data

    def stored(self, request, place):
        """A large file, by its hash; whoever has that needs no token."""
        for model in self.models.values():
            for data in model.files.values():
                if hashlib.sha256(data).hexdigest() == place:
                    return 200, {"ETag": f'"{place}"'}, data
        return refusal(404, "gone")

    def refuse(self, request, name):
        """Why a model cannot be seen at all; to a stranger, one that is not there looks like a private one."""
        model = self.models.get(name)
        if model is None or (model.private and not request.token):
            if request.token:
                return refusal(404, "Repository not found", "RepoNotFound")
            return refusal(401, "Invalid username or password.")
        return refusal(403, "Access to this resource is disabled.") if model.disabled else None


_NAME = r"(?P<name>[^/]+/[^/]+)"
ROUTES = [
    (re.compile(r"/api/models"), LocalHub.list_models),
    (re.compile(rf"/api/models/{_NAME}(?:/revision/(?P<revision>[^/]+))?"), LocalHub.model),
    (re.compile(rf"/api/models/{_NAME}/tree/(?P<revision>[^/]+)"), LocalHub.tree),
    (re.compile(r"/api/collections/(?P<slug>[^/]+/[^/]+)"), LocalHub.collection),
    (re.compile(rf"/{_NAME}/resolve/(?P<revision>[^/]+)/(?P<file>.+)"), LocalHub.resolve),
    (re.compile(r"/stored/(?P<place>\w+)"), LocalHub.stored),
]


def as_json(value, headers=None):
    return 200, {"Content-Type": "application/json", **(headers or {})}, json.dumps(value).encode()


def moved(path):
    return 307, {"Location": path}, b""


def refusal(status, message, code="", headers=None):
    headers = {"X-Error-Message": message, "Content-Type": "application/json", **(headers or {})}
    if code:
        headers["X-Error-Code"] = code
    return status, headers, json.dumps({"error": message}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever is interrupted hears no answer, and that is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(hub):
    """Let a hub answer; `hub.address` is where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            parts = urlsplit(self.path)
            token = (self.headers["Authorization"] or "").removeprefix("Bearer ") or None
            request = Request(self.command, parts.path, parse_qs(parts.query), token)
            status, headers, body = hub.answer(request)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                if hub.cut.get(parts.path):
                    hub.cut[parts.path] -= 1
                    self.reset(body)
                else:
                    self.wfile.write(body)

        def reset(self, body):
            """Send the half of it, and break off."""
            self.wfile.write(body[: len(body) // 2])
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            self.close_connection = True

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with _Server(("127.0.0.1", 0), Handler) as server:
        port = server.server_address[1]
        hub.address = f"http://127.0.0.1:{port}"
        hub.elsewhere = f"http://localhost:{port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            server.shutdown()
            thread.join()
