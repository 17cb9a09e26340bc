"""What holds for all tests."""

import filecmp
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).parents[1] / "cardlint"

# no test is a timed one: what is quick alone may be slow on a machine that is busy
settings.register_profile("thorough", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=25)


def pytest_configure(config):
    settings.load_profile("quick" if "not slow" in config.getoption("markexpr") else "thorough")


def pytest_report_header():
    return f"cardlint: {tested_package()}"


def pytest_sessionstart():
    package = tested_package()
    if package is None:
        stop("cardlint is not installed")
    if differing := differing_files(package):
        stop(f"{package} is an installed copy, and differs from this checkout in {differing[0]}")


def stop(why):
    pytest.exit(f"{why}; run `pip install -e '.[dev]'`", returncode=pytest.ExitCode.USAGE_ERROR)


@cache
def tested_package():
    """Return the folder of the package that commands in processes of their own run; None if there is none."""
    command = [sys.executable, "-P", "-c", "import cardlint; print(cardlint.__path__[0])"]
    found = subprocess.run(command, capture_output=True, check=False, text=True).stdout.strip()
    return Path(found) if found else None


def differing_files(package):
    """Return the modules of the checkout that the package lacks or has in another version."""
    if package == CHECKOUT:
        return []
    names = [path.relative_to(CHECKOUT) for path in CHECKOUT.rglob("*.py")]
    _, different, missing = filecmp.cmpfiles(CHECKOUT, package, names, shallow=False)
    return sorted(map(str, different + missing))


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory):
    """Set what holds for the processes that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        # no test reads what other runs have kept, or leaves anything there
        patch.setenv("CARDLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        # compiling all modules anew takes a process longer than most checks
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        listen_to_signals()
        yield


def listen_to_signals():
    """Have processes that tests start end by signals that this one ignores: in the background, or under `nohup`."""
    for name, ending in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)  # Windows does not have all of them
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, ending)
