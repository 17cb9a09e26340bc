"""What cannot work on every system is in one module, and does the right thing on each; this test simulates them."""

import ctypes
import errno
import io
import ntpath
import os
import re
import signal
import stat
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner

import cardlint
from cardlint import platform_differences as platform
from cardlint.cli import main as command
from cardlint.cli.app import app
from cardlint.commands import changes, terminal
from cardlint.corpus.errors import OutputError
from cardlint.corpus.lock import Lock
from cardlint.files.write import write_whole
from cardlint.fixing.patch import unified_diff
from cardlint.mcp.fence import Fence
from cardlint.repository_root import is_outside, leads_outside
from cardlint.source import Folder, Source

PACKAGE = Path(cardlint.__file__).parent
SYSTEMS = ("linux", "darwin", "win32")

# What asks for the system, or exists on some of them only.
DIFFERS = re.compile(
    r"sys\.platform|os\.name\b|\b(?:fcntl|msvcrt|ctypes|winreg|pwd|grp|resource|termios)\b(?=$| *\.|,)|get(?:e)?[ug]id"
    r"|os\.(?:fork|kill|mkfifo|chown|[gsl]\w*xattr)\b|pthread_|SIGTERM|SIGHUP|SIGKILL|SIGALRM|os\.O_(?!RDONLY|WRONLY)|uname"
)


def test_no_other_module_asks_for_the_system():
    allowed = {"platform_differences.py", "files/write.py"}  # the latter names the signals that it holds
    wrong = [
        f"{name}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if (name := path.relative_to(PACKAGE).as_posix()) not in allowed and not name.startswith("rules/")
        for line in path.read_text("utf-8").splitlines()
        if DIFFERS.search(line) and not line.lstrip().startswith("#")
    ]
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")


@pytest.fixture(params=["darwin", "win32"])
def ignoring_case(request, monkeypatch):
    """Simulate a system whose files ignore case, on whichever this is."""
    monkeypatch.setattr("sys.platform", request.param)
    names_in = os.listdir

    def found(path):
        folder, name = os.path.split(os.fspath(path))
        if not name:
            return path
        folder = found(folder) if folder else folder
        with suppress(OSError):
            name = next((each for each in names_in(folder or ".") if each.lower() == name.lower()), name)
        return os.path.join(folder, name)  # noqa: PTH118

    for name in ("stat", "lstat", "open", "listdir", "scandir"):
        call = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda path=".", *rest, call=call, **more: call(_on_disk(path, found), *rest, **more)
        )


def _on_disk(path, found):
    return found(path) if isinstance(path, (str, os.PathLike)) else path


@pytest.fixture
def asked(windows, monkeypatch):
    """Return the list of all paths that the system is asked about, on a simulated Windows."""
    paths = []
    for name in ("stat", "lstat", "open", "listdir", "scandir", "readlink"):
        call = getattr(os, name)

        def recorded(path=".", *rest, call=call, **more):
            paths.append(str(path))
            return call(path, *rest, **more)

        monkeypatch.setattr(os, name, recorded)
    return paths


@pytest.mark.parametrize(
    ("system", "methods"), [("linux", ("fork", "forkserver")), ("darwin", ("spawn",) * 2), ("win32", ("spawn",) * 2)]
)
def test_workers_are_started_in_a_safe_way(monkeypatch, system, methods):
    monkeypatch.setattr("sys.platform", system)
    assert platform.start_methods() == methods


@pytest.mark.parametrize("system", SYSTEMS)
def test_windows_has_a_limit_of_processes(monkeypatch, system):
    monkeypatch.setattr("sys.platform", system)
    assert platform.most_processes(4) == 4
    assert platform.most_processes(128) == (61 if system == "win32" else 128)


def test_without_signal_masks_nothing_is_held(monkeypatch):
    monkeypatch.delattr("signal.pthread_sigmask", raising=False)
    monkeypatch.delattr("signal.SIGHUP", raising=False)
    with platform.signals_held("SIGTERM", "SIGHUP"):
        platform.release_signal("SIGINT")
    assert platform.ending_signals() == [signal.SIGINT, signal.SIGTERM]
    ended = []
    monkeypatch.setattr("os._exit", ended.append)
    platform.end_this_process()
    assert ended == [1]


def test_windows_runs_no_program_of_the_working_folder(windows, monkeypatch, tmp_path):
    (tmp_path / "git.exe").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "sub"]))
    with pytest.raises(FileNotFoundError):
        platform.find_program("git")
    with pytest.raises(changes.UsageError, match="`git` was not found"):
        changes.changed_files(["."], changes.Changes(staged=True))
    installed = tmp_path / "Program Files"
    installed.mkdir()
    (installed / "git.exe").touch()
    monkeypatch.setenv("PATH", os.pathsep.join([".", f'"{installed}"']))
    assert platform.find_program("git") == str(installed / "git.exe")


@pytest.mark.skipif(os.name == "nt", reason="Windows is simulated above")
def test_elsewhere_the_system_looks_for_programs():
    assert platform.find_program("git") == "git"


class Piped(io.TextIOWrapper):
    """A stream as Windows gives it to a program whose output is piped."""

    def __init__(self, encoding="cp1252", *, terminal=False):
        super().__init__(io.BytesIO(), encoding=encoding)
        self.terminal = terminal

    def isatty(self):
        return self.terminal

    def written(self):
        self.flush()
        return self.buffer.getvalue()


@pytest.mark.parametrize(
    ("system", "chosen", "to_terminal", "expected"),
    [
        ("win32", "", False, "模型".encode()),
        ("win32", "cp1252", False, b"????"),
        ("win32", ":strict", False, "模型".encode()),
        ("win32", "", True, b"????"),
        ("linux", "", False, b"????"),  # another encoding than UTF-8 is rare there, and on purpose
    ],
)
def test_piped_names_can_be_read_on_windows(monkeypatch, system, chosen, to_terminal, expected):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    out, err = Piped(terminal=to_terminal), Piped(terminal=to_terminal)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    terminal.prepare_streams()
    out.write("模型")
    assert out.written() == expected


class Kernel:
    """The functions of a console of Windows; an old one refuses to interpret escape sequences."""

    def __init__(self, *, is_console=True, is_old=False):
        self.is_console = is_console
        self.is_old = is_old
        self.mode = 0x3

    def GetConsoleMode(self, handle, mode):  # noqa: N802
        if self.is_console:
            mode._obj.value = self.mode
        return self.is_console

    def SetConsoleMode(self, handle, mode):  # noqa: N802
        if not self.is_old:
            self.mode = mode
        return not self.is_old


@pytest.mark.parametrize(
    ("kernel", "colored"), [(Kernel(), True), (Kernel(is_old=True), False), (Kernel(is_console=False), False)]
)
def test_the_console_of_windows_is_asked_for_colors(windows, monkeypatch, kernel, colored):
    for variable in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(variable, raising=False)
    msvcrt = ModuleType("msvcrt")
    msvcrt.get_osfhandle = lambda descriptor: descriptor
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    stream = Piped(terminal=True)
    stream.fileno = lambda: 1
    assert terminal.style_of(stream).color is colored
    assert kernel.mode == (0x7 if colored else 0x3)


@pytest.mark.parametrize("piped", [True, False])
def test_a_pipe_that_its_reader_closes_is_no_error_on_windows(windows, monkeypatch, capsys, tmp_path, piped):
    def fail(_):
        raise OSError(errno.EINVAL, "Invalid argument")

    reading, writing = os.pipe() if piped else (0, os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT))
    monkeypatch.setattr(command, "_run", fail)
    monkeypatch.setattr("sys.argv", ["cardlint", "rules"])
    monkeypatch.setattr("sys.stdout", Piped())
    monkeypatch.setattr(sys.stdout, "fileno", lambda: writing)
    with pytest.raises(SystemExit) as leaving:
        command.main()
    os.close(writing)
    if piped:
        os.close(reading)
    told = "" if piped else "error: cannot write to standard output: invalid argument\n"
    assert (leaving.value.code, capsys.readouterr().err) == (1 if piped else 2, told)


def test_elsewhere_an_invalid_argument_is_an_error(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert not platform.is_closed_pipe(OSError(errno.EINVAL, ""), sys.stdout)
    assert platform.is_closed_pipe(BrokenPipeError(), sys.stdout)


def test_a_link_is_as_dead_on_a_disk_that_ignores_case_as_on_the_hub(ignoring_case, tmp_path):
    (tmp_path / "Images").mkdir()
    (tmp_path / "Images" / "a.png").touch()
    (tmp_path / "Config.json").write_text("{}")
    card = tmp_path / "README.md"
    card.write_text(
        "# A\n\n![a](images/A.png)\n![b](Images/A.png)\n![c](Images/a.png)\n![d](./Images/../Images/a.png)\n"
    )
    result = CliRunner().invoke(app, ["check", "--isolated", "--no-cache", "--select", "dead-link", str(card)])
    assert [line.split(":")[1] for line in result.stdout.splitlines() if "dead-link" in line] == ["3", "4"]
    folder = Folder(tmp_path)
    assert folder.read("config.json") is None
    assert folder.read_part("config.json", 0, 1) is None
    assert folder.read("Config.json") == b"{}"
    assert folder.names("images") == ()
    assert folder.names("Images") == ("a.png",)
    for name, exists in (("Images/a.png", True), ("images/a.png", False)):
        assert platform.can_be_a_name(PureWindowsPath(name))
        assert platform.is_spelled_as_on_disk(str(tmp_path), PureWindowsPath(name)) is exists
    assert folder.names("") == ("Config.json", "Images", "README.md")


@pytest.mark.parametrize("name", ["a.png.", "a.png ", "A.PNG", "SUB/b.png"])
def test_names_that_windows_takes_for_others_do_not_exist(windows, monkeypatch, tmp_path, name):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.png").touch()
    (tmp_path / "a.png").touch()
    for asks in ("exists", "lexists"):
        monkeypatch.setattr(f"os.path.{asks}", lambda _: True)
    assert not Folder(tmp_path).has(name)
    assert Folder(tmp_path).has("sub/b.png")


NO_NAMES = [
    *("NUL", "nul ", "sub/aux.", "Com1", "C:a.png", "C:/a.png", "README.md:stream", "a\n.png", "*.png", "sub\\b.png"),
    *(
        "..\\a.png",
        "c/..\\a.png",
        "\\\\evil\\share\\a.png",
        "//evil/share/a.png",
        "\\\\.\\pipe\\a",
        "\\\\?\\UNC\\evil\\share\\a",
    ),
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_windows_is_not_asked_for_what_is_not_the_name_of_a_file(asked, tmp_path, name):
    folder = Folder(tmp_path)
    asked.clear()
    assert not folder.has(name)
    assert folder.names(name) == ()
    assert folder.read(name) is None
    assert folder.read_part(name, 0, 1) is None
    assert asked == []


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not have")
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_elsewhere_files_have_such_names(monkeypatch, tmp_path, system):
    monkeypatch.setattr("sys.platform", system)
    for name in ("NUL", "C:a.png", "sub\\b.png"):
        (tmp_path / name).touch()
        assert Folder(tmp_path).has(name)


SERVER = "//evil/share"
LINKS = """# A

![a](\\\\\\\\evil\\share\\a.png)
![b](%5C%5Cevil%5Cshare%5Cb.png)
<img src="\\\\evil\\share\\c.png">
<img src="//evil/share/d.png">
<a href="/\\evil/share/e.png">e</a>
[f](//evil/share/f)
[g](file://evil/share/g)
"""


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": LINKS, "config.json": "{}"},
        {"README.md": f"---\nlicense: other\nlicense_name: x\nlicense_link: {SERVER}/LICENSE\n---\n# A\n"},
        {"README.md": "# A\n", "cardlint.toml": f'extend = "{SERVER}/base.toml"\n'},
        {"README.md": "# A\n", "cardlint.toml": f'baseline = "{SERVER}/baseline.json"\n'},
        {"README.md": "# A\n", "cardlint.toml": f'exclude = ["{SERVER}/*"]\n'},
        {"README.md": "# A\n", ".git": f"gitdir: {SERVER}/git\n"},
        {"README.md": "# A\n", ".git": "gitdir: own\n", "own/commondir": f"{SERVER}/git\n"},
    ],
)
def test_no_repository_makes_windows_connect_to_a_server(asked, monkeypatch, tmp_path, files):
    """The server would learn who the user is, and get a hash of the password."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in (["check", "--no-cache", "."], ["check", "--no-cache", "README.md"], ["show", "README.md"]):
        CliRunner().invoke(app, arguments)
    assert any(path.endswith("README.md") for path in asked)
    assert not [path for path in asked if "evil" in path]


def test_a_path_on_a_server_is_outside_of_others(windows):
    for path in (f"{SERVER}/repository/a", "\\\\evil\\share\\a", "\\\\?\\UNC\\evil\\share\\a"):
        assert is_outside(path, "C:\\repository")
        assert leads_outside(path, "C:\\repository")
        assert not Fence(("C:\\repository",)).holds(path)
    assert not platform.is_on_other_server("\\\\Ours\\cards\\owl\\a", "//ours/cards/owl")
    assert not platform.is_on_other_server("D:\\a", "C:\\repository")
    assert not platform.is_on_other_server("a", "C:\\repository")


def test_letters_and_accents_may_be_stored_apart(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("os.listdir", lambda _: ["cafe\u0301.png"])
    assert platform.is_spelled_as_on_disk(str(tmp_path), "caf\u00e9.png")
    assert not platform.is_spelled_as_on_disk(str(tmp_path), "Caf\u00e9.png")


@pytest.mark.skipif(os.name == "nt", reason="needs a disk that keeps accents apart")
@pytest.mark.parametrize(("system", "found"), [("darwin", True), ("linux", False)])
def test_changed_files_are_found_whose_accents_are_stored_apart(monkeypatch, tmp_path, system, found):
    card = tmp_path / "cafe\u0301" / "u\u0308" / "README.md"
    card.parent.mkdir(parents=True)
    card.write_text("---\nlicense: mit\n---\n# A\n", "utf-8")
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(changes, "_top", lambda _: str(tmp_path))
    names = ["caf\u00e9/\u00fc/README.md", "caf\u00e9/gone.md", "plain/README.md"]
    monkeypatch.setattr(changes, "_names", lambda *_: names)
    assert (str(card) in changes.changed_files(["."], changes.Changes())) is found
    arguments = ["check", "--isolated", "--no-cache", "--changed", "--show-files", str(tmp_path)]
    assert ("/README.md\n" in CliRunner().invoke(app, arguments).stdout) is found


def test_a_path_on_another_drive_stays_as_it_is(monkeypatch):
    monkeypatch.setattr("os.path.relpath", ntpath.relpath)
    assert platform.relative_path("D:\\cards\\a.md", "D:\\") == "cards\\a.md"
    assert platform.relative_path("D:\\cards\\a.md", "C:\\") == "D:\\cards\\a.md"


def test_a_patch_names_no_drive(monkeypatch):
    monkeypatch.setattr("os.path.splitdrive", ntpath.splitdrive)
    patch = unified_diff(Source("C:/other/README.md", "a\n"), Source("C:/other/README.md", "b\n"))
    assert patch.startswith("--- a/other/README.md\n+++ b/other/README.md\n")


def test_a_word_is_quoted_for_the_shell(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    assert platform.quote_for_shell("C:/my cards[hub]") == '"C:/my cards[hub]"'
    assert platform.quote_program("C:/py/python.exe") == "C:/py/python.exe"
    assert platform.quote_program("C:/my py/python.exe") == '"C:/my py/python.exe"'
    assert platform.system_path("/C:/cards") == "C:/cards"
    assert not platform.shell_expands()
    monkeypatch.setattr("sys.platform", "linux")
    assert platform.quote_for_shell("my cards[hub]") == "'my cards[hub]'"
    assert platform.quote_program("/my py/python") == "'/my py/python'"
    assert platform.system_path("/cards") == "/cards"
    assert platform.shell_expands()


@pytest.mark.parametrize(
    ("system", "environment", "expected"),
    [
        ("win32", {"LOCALAPPDATA": "C:\\Local"}, "C:\\Local"),
        ("win32", {}, ""),
        ("darwin", {"XDG_CACHE_HOME": "/x"}, "/home/u/Library/Caches"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/u/.cache"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
def test_each_system_has_a_place_for_caches(monkeypatch, system, environment, expected):
    monkeypatch.setattr("sys.platform", system)
    for variable in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("HOME", "/home/u")
    assert platform.above_cache() == expected


def test_without_users_and_attributes_files_are_written(monkeypatch, tmp_path):
    for name in ("geteuid", "chown", "listxattr"):
        monkeypatch.delattr(os, name, raising=False)
    (tmp_path / "a").touch()
    assert platform.current_user() is None
    platform.copy_owner((tmp_path / "a").stat(), str(tmp_path / "a"))
    platform.copy_attributes(tmp_path / "a", str(tmp_path / "a"))


def test_a_folder_that_cannot_be_opened_is_not_flushed(monkeypatch, tmp_path):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "")  # as Windows answers for each folder

    monkeypatch.setattr("os.open", refuse)
    platform.sync_folder(str(tmp_path))


@pytest.fixture
def locks_of_windows(windows, monkeypatch):
    """Simulate the locks of Windows on whichever system this is."""
    locked = set()
    msvcrt = ModuleType("msvcrt")
    msvcrt.LK_NBLCK = 2

    def locking(descriptor, mode, size):
        file = os.fstat(descriptor).st_ino
        if file in locked:
            raise PermissionError(errno.EACCES, "")
        locked.add(file)

    msvcrt.locking = locking
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    return locked


@pytest.mark.parametrize("system", [pytest.param("posix", marks=pytest.mark.skipif(os.name == "nt", reason="")), "nt"])
def test_a_folder_has_one_writer(request, tmp_path, system):
    locked = request.getfixturevalue("locks_of_windows") if system == "nt" else set()
    first = Lock(tmp_path)
    with pytest.raises(OutputError, match="another run is writing to this folder"):
        Lock(tmp_path)
    first.release()
    locked.clear()  # as Windows does when the file is closed
    Lock(tmp_path).release()


def test_a_folder_with_the_lock_of_windows_is_empty(locks_of_windows, tmp_path):
    pytest.importorskip("pyarrow")
    from cardlint.corpus.store import Store

    for resume in (False, True):
        store = Store(tmp_path, {"rules": []}, resume=resume)
        store.finish()
        store.close()
        locks_of_windows.clear()
    with pytest.raises(OutputError, match="not empty"):
        Store(tmp_path, {"rules": []}, resume=False)


def test_a_read_only_file_that_windows_does_not_replace_leaves_no_other(windows, monkeypatch, tmp_path):
    """Windows neither replaces nor deletes a read-only file."""
    unlink, replaced = os.unlink, os.replace

    def refuse_read_only(call, path, *other):
        if not Path((path, *other)[-1]).stat().st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "Access is denied", str(path))
        call(path, *other)

    monkeypatch.setattr("os.unlink", lambda path: refuse_read_only(unlink, path))
    monkeypatch.setattr("os.replace", lambda path, other: refuse_read_only(replaced, path, other))
    file = tmp_path / "report.json"
    file.write_text("old")
    file.chmod(0o444)
    with pytest.raises(PermissionError):
        write_whole(file, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert file.read_text() == "old"


def test_a_file_system_without_locks_has_none(monkeypatch, tmp_path):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOLCK, "")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert platform.lock_folder(str(tmp_path)) is None


@pytest.mark.parametrize(
    ("arguments", "held"),
    [
        (["check", "--fix", "README.md"], "README.md"),
        (["check", "--fix", "--jobs", "2", "."], "README.md"),
        (["check", "--output-file", "held", "README.md"], "held"),
        (["check", "--report", "json=held", "README.md"], "held"),
        (["check", "--write-baseline", "--baseline", "new", "README.md"], "new"),
    ],
)
def test_a_file_that_another_program_holds_open_is_kept(windows, monkeypatch, tmp_path, arguments, held):
    """Windows replaces no file that an editor or a scanner of viruses has open."""

    def refuse(_, target):
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    card = "---\nlicense: mit\nlicense: mit\n---\n# A\n"
    old = {"README.md": card, "held": '{"cardlint": 1}\n'}
    for name, text in old.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.replace", refuse)
    result = CliRunner().invoke(app, [*arguments[:1], "--isolated", "--no-cache", *arguments[1:]])
    errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert result.exit_code == 2
    assert len(errors) == 1
    assert held in errors[0]
    assert errors[0].lower().endswith("the process cannot access the file")
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == old


def test_a_zip_archive_says_why_it_cannot_run(tmp_path):
    """In an archive of the package with its libraries, those with compiled code cannot be imported."""
    archive = tmp_path / "cardlint.pyz"
    with zipfile.ZipFile(archive, "w") as file:
        for path in PACKAGE.rglob("*.py"):
            file.write(path, path.relative_to(PACKAGE.parent))
        file.writestr("msgspec/__init__.py", "from . import _core\n")
        file.writestr("__main__.py", "from cardlint.__main__ import main\nmain()\n")
    result = subprocess.run([sys.executable, str(archive), "--version"], capture_output=True, check=False, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: cardlint cannot run from a zip archive")
    assert result.stderr.count("\n") == 1
